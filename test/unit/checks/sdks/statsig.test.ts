import { checkChecks } from '../checks.ts';

describe('Statsig', () => {
  it('takes the first argument of a client, the second of a server', () =>
    checkChecks(`
      //- /browser.ts
      import { StatsigClient } from '@statsig/js-client';
      const client = new StatsigClient('key', { userID: 'u' });
      client.checkGate('client-gate');
             ^^^^^^^^^ client-gate statsig literal
      client.getFeatureGate('client-gate-object').value;
             ^^^^^^^^^^^^^^ client-gate-object statsig literal
      client.getDynamicConfig('client-config').get('no-flag');
             ^^^^^^^^^^^^^^^^ client-config statsig literal
      client.getExperiment('client-experiment');
             ^^^^^^^^^^^^^ client-experiment statsig literal
      client.getLayer('client-layer');
             ^^^^^^^^ client-layer statsig literal
      //- /device.ts
      import { StatsigOnDeviceEvalClient } from '@statsig/js-on-device-eval-client';
      new StatsigOnDeviceEvalClient('key').checkGate('device-gate', { userID: 'u' });
                                           ^^^^^^^^^ device-gate statsig literal
      //- /old.ts
      import Statsig from 'statsig-js';
      Statsig.checkGate('old-client-gate');
              ^^^^^^^^^ old-client-gate statsig literal
      //- /server.ts
      import Statsig from 'statsig-node';
      Statsig.checkGateSync(user, 'server-gate');
              ^^^^^^^^^^^^^ server-gate statsig literal
      Statsig.getConfig({ userID: 'u' }, 'server-config');
              ^^^^^^^^^ server-config statsig literal
      //- /core.ts
      import { Statsig, StatsigUser } from '@statsig/statsig-node-core';
      const statsig = new Statsig('key');
      statsig.checkGate(new StatsigUser({ userID: 'u' }), 'core-gate');
              ^^^^^^^^^ core-gate statsig literal
      statsig.getLayer(user, 'core-layer');
              ^^^^^^^^ core-layer statsig literal
      settings.getConfig('no', 'flag');
    `));

  it('finds hooks, and what tests override', () =>
    checkChecks(`
      //- /a.tsx
      import { useDynamicConfig, useExperiment, useFeatureGate, useGateValue, useStatsigClient } from '@statsig/react-bindings';
      export function A() {
        useGateValue('hook-gate');
        ^^^^^^^^^^^^ hook-gate statsig literal+hook
        useFeatureGate('hook-object').value;
        ^^^^^^^^^^^^^^ hook-object statsig literal+hook
        useDynamicConfig('hook-config');
        ^^^^^^^^^^^^^^^^ hook-config statsig literal+hook
        useExperiment('hook-experiment');
        ^^^^^^^^^^^^^ hook-experiment statsig literal+hook
        const { client } = useStatsigClient();
        return client.checkGate('hooked-client');
                      ^^^^^^^^^ hooked-client statsig literal
      }
      //- /old.tsx
      import { useGate } from 'statsig-react';
      export const Old = () => useGate('old-hook').value;
                               ^^^^^^^ old-hook statsig literal+hook
      //- /a.test.ts
      import { LocalOverrideAdapter } from '@statsig/js-local-overrides';
      const overrides = new LocalOverrideAdapter();
      overrides.overrideGate('set-by-test', true);
                ^^^^^^^^^^^^ set-by-test statsig literal stub test
    `));

  it('finds it in Python and Go', () =>
    checkChecks(`
      //- /a.py
      from statsig import statsig, StatsigUser
      import statsig_python_core
      statsig.check_gate(StatsigUser("u"), "python-gate")
              ^^^^^^^^^^ python-gate statsig literal
      statsig.get_config(user, "python-config")
              ^^^^^^^^^^ python-config statsig literal
      statsig.get_experiment(user=user, experiment="python-experiment")
              ^^^^^^^^^^^^^^ python-experiment statsig literal
      core = statsig_python_core.Statsig("key")
      core.check_gate(user, name="core-gate")
           ^^^^^^^^^^ core-gate statsig literal
      statsig.override_gate("overridden", True)
              ^^^^^^^^^^^^^ overridden statsig literal stub
      //- /airport.py
      gates.check_gate("no-flag", user)
      //- /a.go
      package a
      import statsig "github.com/statsig-io/go-sdk"
      func run(user statsig.User) {
        statsig.CheckGate(user, "go-gate")
                ^^^^^^^^^ go-gate statsig literal
        client := statsig.NewClient("key")
        client.GetExperiment(user, "go-experiment")
               ^^^^^^^^^^^^^ go-experiment statsig literal
        client.GetConfig(user, "go-config")
               ^^^^^^^^^ go-config statsig literal
      }
    `));
});
