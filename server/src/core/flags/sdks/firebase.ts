/**
 * Firebase Remote Config: parameters by their key, with defaults that are set elsewhere. The names are those that firebase-config
 * for Android and FirebaseRemoteConfig for iOS are known by; they are not yet compared with the packages themselves.
 */
import { type FlagSdk, JVM } from '../sdk.ts';
import { methods, returning, surface } from './forms.ts';

const KEY = { position: 0, names: ['key', 'forKey'] };

const READS = {
  ...returning('boolean', 'getBoolean'),
  ...returning('number', 'getLong', 'getDouble'),
  ...returning('string', 'getString'),
  ...returning(null, 'getValue'),
};

export const firebase: FlagSdk = {
  id: 'firebase',
  surfaces: [
    surface({
      languages: JVM,
      packages: ['com.google.firebase.remoteconfig', 'com.google.firebase.remoteconfig.*'],
      types: ['FirebaseRemoteConfig'],
      calls: [methods(READS, KEY, null, { common: true })],
    }),
    surface({
      languages: JVM,
      packages: ['com.google.firebase', 'com.google.firebase.ktx'],
      calls: [methods(READS, KEY, null, { common: true, on: ['remoteConfig'] })],
    }),
    surface({
      languages: ['swift'],
      packages: ['FirebaseRemoteConfig', 'FirebaseRemoteConfigSwift', 'Firebase'],
      types: ['RemoteConfig'],
      calls: [methods({ configValue: null }, KEY)],
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
  ],
};
