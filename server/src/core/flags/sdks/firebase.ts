/**
 * Firebase Remote Config: parameters by their key, with defaults that are set elsewhere. Read from @firebase/remote-config 0.9,
 * firebase-admin 13.10, @react-native-firebase/remote-config 26.4 and the repositories of Firebase's SDKs for Android, Apple's
 * platforms, C++ and Unity and of the admin SDKs for Java and Python as of 2026.
 */
import { ECMASCRIPT, type FlagSdk, JVM } from '../sdk.ts';
import { functions, methods, returning, surface } from './forms.ts';

const READS = {
  ...returning('boolean', 'getBoolean'),
  ...returning('number', 'getLong', 'getDouble'),
  ...returning('string', 'getString'),
  ...returning(null, 'getValue'),
};

const ECMASCRIPT_READS = {
  ...returning('boolean', 'getBoolean'),
  ...returning('number', 'getNumber'),
  ...returning('string', 'getString'),
  ...returning(null, 'getValue'),
};

export const firebase: FlagSdk = {
  id: 'firebase',
  surfaces: [
    surface({
      languages: ECMASCRIPT,
      packages: [
        'firebase/remote-config',
        '@firebase/remote-config',
        '@angular/fire/remote-config',
        '@react-native-firebase/remote-config',
      ],
      calls: [
        functions(ECMASCRIPT_READS, 1, null, { common: true }),
        // React Native's, before the functions: `remoteConfig().getValue("key")`.
        methods(ECMASCRIPT_READS, 0, null, { common: true }),
      ],
    }),
    surface({
      languages: ECMASCRIPT,
      packages: ['firebase-admin/remote-config'],
      // Of what a template of the server evaluates to.
      calls: [methods(ECMASCRIPT_READS, 0, null, { common: true })],
    }),
    surface({
      languages: ECMASCRIPT,
      packages: ['firebase/app', 'firebase/compat/app'],
      calls: [methods(ECMASCRIPT_READS, 0, null, { common: true, on: ['remoteConfig'] })],
    }),
    surface({
      languages: JVM,
      packages: ['com.google.firebase.remoteconfig', 'com.google.firebase.remoteconfig.*'],
      types: ['FirebaseRemoteConfig', 'ServerConfig'],
      calls: [methods(READS, 0, null, { common: true })],
    }),
    surface({
      languages: JVM,
      packages: ['com.google.firebase', 'com.google.firebase.ktx'],
      calls: [methods(READS, 0, null, { common: true, on: ['remoteConfig'] })],
    }),
    surface({
      languages: ['swift'],
      packages: ['FirebaseRemoteConfig', 'FirebaseRemoteConfigSwift', 'Firebase'],
      types: ['RemoteConfig'],
      calls: [methods({ configValue: null }, { position: 0, names: ['forKey'] })],
    }),
    surface({
      languages: ['cpp'],
      packages: ['firebase.remote_config', 'firebase.remote_config.*', 'firebase/remote_config.h'],
      types: ['RemoteConfig'],
      calls: [
        methods(
          {
            ...returning('boolean', 'GetBoolean'),
            ...returning('number', 'GetLong', 'GetDouble'),
            ...returning('string', 'GetString'),
            ...returning('object', 'GetData'),
          },
          0,
          null,
          { common: true },
        ),
      ],
    }),
    surface({
      languages: ['python'],
      packages: ['firebase_admin', 'firebase_admin.*'],
      // Of what a template of the server evaluates to.
      calls: [
        methods(
          {
            ...returning('boolean', 'get_boolean'),
            ...returning('number', 'get_int', 'get_float'),
            ...returning('string', 'get_string'),
          },
          { position: 0, names: ['key'] },
          null,
          { common: true, on: ['evaluate'] },
        ),
      ],
    }),
    surface({
      languages: ['csharp'],
      packages: ['Firebase.RemoteConfig'],
      types: ['FirebaseRemoteConfig'],
      calls: [methods({ GetValue: null }, { position: 0, names: ['key'] }, null, { common: true })],
    }),
  ],
};
