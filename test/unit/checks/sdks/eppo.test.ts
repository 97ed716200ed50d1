import { checkChecks } from '../checks.ts';

describe('Eppo', () => {
  it('takes the flag first and the default last', () =>
    checkChecks(`
      //- /a.ts
      import * as EppoSdk from '@eppo/node-server-sdk';
      const client = EppoSdk.getInstance();
      client.getBooleanAssignment('flag', 'user-1', { plan: 'free' }, false);
             ^^^^^^^^^^^^^^^^^^^^ flag eppo literal =false
      client.getStringAssignment('text', 'user-1', {}, 'blue');
             ^^^^^^^^^^^^^^^^^^^ text eppo literal ="blue"
      client.getJSONAssignmentDetails('json', 'user-1', {}, { a: 1 });
             ^^^^^^^^^^^^^^^^^^^^^^^^ json eppo literal ={"a":1}
      client.getBanditAction('bandit', 'user-1', {}, actions, 'none');
             ^^^^^^^^^^^^^^^ bandit eppo literal ="none"
      homework.getBooleanAssignment(3);
      //- /a.py
      import eppo_client
      client = eppo_client.get_instance()
      client.get_boolean_assignment("python-flag", "user-1", {}, False)
             ^^^^^^^^^^^^^^^^^^^^^^ python-flag eppo literal =false
      client.get_numeric_assignment(flag_key="by-keyword", subject_key="user-1", subject_attributes={}, default=1.5)
             ^^^^^^^^^^^^^^^^^^^^^^ by-keyword eppo literal =1.5
      //- /a.go
      package a
      import "github.com/Eppo-exp/golang-sdk/v6/eppoclient"
      func run(ctx context.Context) {
        client, _ := eppoclient.InitClient(eppoclient.Config{})
        client.GetBoolAssignment("go-flag", "user-1", attributes, false)
               ^^^^^^^^^^^^^^^^^ go-flag eppo literal =false
        client.GetStringAssignmentContext(ctx, "with-context", "user-1", attributes, "x")
               ^^^^^^^^^^^^^^^^^^^^^^^^^^ with-context eppo literal ="x"
      }
    `));
});
