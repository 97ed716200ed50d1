import { checkChecks } from '../checks.ts';

describe('Firebase Remote Config', () => {
  it('takes the configuration first as a function, the key alone as a method', () =>
    checkChecks(`
      //- /web.ts
      import { getBoolean, getRemoteConfig, getValue } from 'firebase/remote-config';
      const remoteConfig = getRemoteConfig();
      getBoolean(remoteConfig, 'web-flag');
      ^^^^^^^^^^ web-flag firebase literal
      getValue(remoteConfig, 'web-value').asString();
      ^^^^^^^^ web-value firebase literal
      //- /native.ts
      import remoteConfig, { getString } from '@react-native-firebase/remote-config';
      remoteConfig().getValue('native-flag').asBoolean();
                     ^^^^^^^^ native-flag firebase literal
      getString(remoteConfig(), 'native-text');
      ^^^^^^^^^ native-text firebase literal
      //- /admin.ts
      import { getRemoteConfig } from 'firebase-admin/remote-config';
      const template = await getRemoteConfig().getServerTemplate();
      template.evaluate().getBoolean('server-flag');
                          ^^^^^^^^^^ server-flag firebase literal
    `));

  it('is no other part of Firebase', () =>
    checkChecks(`
      //- /old.ts
      import firebase from 'firebase/compat/app';
      firebase.remoteConfig().getBoolean('old-flag');
                              ^^^^^^^^^^ old-flag firebase literal
      firebase.storage().getString('none');
    `));

  it('finds what a server and a game ask', () =>
    checkChecks(`
      //- /a.py
      from firebase_admin import remote_config
      template = remote_config.init_server_template()
      config = template.evaluate()
      config.get_boolean("in-python")
             ^^^^^^^^^^^ in-python firebase literal
      //- /A.cs
      using Firebase.RemoteConfig;
      class A {
        bool B() => FirebaseRemoteConfig.DefaultInstance.GetValue("in-unity").BooleanValue;
                                                         ^^^^^^^^ in-unity firebase literal
      }
    `));
});
