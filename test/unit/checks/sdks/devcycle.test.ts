import { checkChecks } from '../checks.ts';

describe('DevCycle', () => {
  it('takes the first argument of a client, the second of a server', () =>
    checkChecks(`
      //- /browser.tsx
      import { initializeDevCycle } from '@devcycle/js-client-sdk';
      import { RenderIfEnabled, useDevCycleClient, useVariable, useVariableValue } from '@devcycle/react-client-sdk';
      const client = initializeDevCycle('key', { user_id: 'u' });
      client.variable('client-variable', false).value;
             ^^^^^^^^ client-variable devcycle literal =false
      client.variableValue('client-value', 'x');
             ^^^^^^^^^^^^^ client-value devcycle literal ="x"
      export function A() {
        useVariable('hook', 1);
        ^^^^^^^^^^^ hook devcycle literal+hook =1
        useVariableValue('hook-value', true);
        ^^^^^^^^^^^^^^^^ hook-value devcycle literal+hook =true
        useDevCycleClient().variableValue('hooked-client', false);
                            ^^^^^^^^^^^^^ hooked-client devcycle literal =false
        return <RenderIfEnabled variableKey="element">x</RenderIfEnabled>;
                ^^^^^^^^^^^^^^^ element devcycle literal+component
      }
      //- /server.ts
      import { initializeDevCycle } from '@devcycle/nodejs-server-sdk';
      const client = initializeDevCycle('key');
      client.variable({ user_id: 'u' }, 'server-variable', false);
             ^^^^^^^^ server-variable devcycle literal =false
      client.variableValue(user, 'server-value', 10);
             ^^^^^^^^^^^^^ server-value devcycle literal =10
      //- /next.ts
      import { setupDevCycle } from '@devcycle/nextjs-sdk/server';
      const { getVariableValue } = setupDevCycle({});
      await getVariableValue('next-value', false);
            ^^^^^^^^^^^^^^^^ next-value devcycle literal =false
      //- /no.ts
      scope.variable('no-flag', false);
      //- /a.py
      from devcycle_python_sdk import DevCycleLocalClient
      client = DevCycleLocalClient("key", options)
      client.variable(user, "python-variable", False)
             ^^^^^^^^ python-variable devcycle literal =false
      client.variable_value(user=user, key="by-keyword", default_value="x")
             ^^^^^^^^^^^^^^ by-keyword devcycle literal ="x"
      //- /a.go
      package a
      import devcycle "github.com/devcyclehq/go-server-sdk/v2"
      func run(user devcycle.User) {
        client, _ := devcycle.NewClient("key", nil)
        client.Variable(user, "go-variable", false)
               ^^^^^^^^ go-variable devcycle literal =false
        client.VariableValue(user, "go-value", "x")
               ^^^^^^^^^^^^^ go-value devcycle literal ="x"
      }
    `));
});
