import { checkChecks } from '../checks.ts';

describe('LaunchDarkly, beyond variation', () => {
  it('finds flags that a component is given, and flags that are evaluated together', () =>
    checkChecks(`
      //- /nav.tsx
      import { useLDClient, withLDConsumer } from 'launchdarkly-react-client-sdk';
      function Nav({ flags, title }) {
        const { search } = flags;
                ^^^^^^ search launchdarkly property
        return flags.newNav ? title : search;
                     ^^^^^^ newNav launchdarkly property
      }
      export default withLDConsumer()(Nav);
      export function Foot(props) {
        const { flags } = props;
        return useLDClient().variation('hooked-client', false) && flags.newFoot && props.flags.oldFoot;
                             ^^^^^^^^^ hooked-client launchdarkly literal =false
                                                                        ^^^^^^^ newFoot launchdarkly property
                                                                                               ^^^^^^^ oldFoot launchdarkly property
      }
      export const LDFoot = withLDConsumer({ clientOnly: false })(Foot);
      class Side extends React.Component {
        render() { return this.props.flags.side && this.state.flags.open; }
                                           ^^^^ side launchdarkly property
      }
      export const LDSide = withLDConsumer()(Side);
      function Plain({ flags }) { return flags.notFromLaunchDarkly; }
      //- /server.ts
      import { init } from '@launchdarkly/node-server-sdk';
      const client = init('key');
      const state = await client.allFlagsState(context);
      state.getFlagValue('of-all');
            ^^^^^^^^^^^^ of-all launchdarkly literal
      state.allValues()['by-property'];
                        ^^^^^^^^^^^^^ by-property launchdarkly property
      client.migrationVariation('migration', context, 'off');
             ^^^^^^^^^^^^^^^^^^ migration launchdarkly literal ="off"
      //- /browser.ts
      import { initialize } from 'launchdarkly-js-client-sdk';
      initialize('key', context).allFlags()['all-in-browser'];
                                            ^^^^^^^^^^^^^^^^ all-in-browser launchdarkly property
      //- /vue.ts
      import { ldInit, useLDFlag } from 'launchdarkly-vue-client-sdk';
      const on = useLDFlag('composable', false);
                 ^^^^^^^^^ composable launchdarkly literal+hook =false
      //- /ai.ts
      import { init } from '@launchdarkly/node-server-sdk';
      import { initAi } from '@launchdarkly/server-sdk-ai';
      initAi(init('key')).completionConfig('model', context, {});
                          ^^^^^^^^^^^^^^^^ model launchdarkly literal ={}
    `));

  it('knows what tests set', () =>
    checkChecks(`
      //- /a.test.ts
      import { TestData } from '@launchdarkly/node-server-sdk/integrations';
      import { mockFlags } from 'jest-launchdarkly-mock';
      const td = new TestData();
      await td.update(td.flag('set-by-test').variationForAll(true));
                         ^^^^ set-by-test launchdarkly literal stub test
      mockFlags({ 'mocked-flag': true, newNav: false });
                  ^^^^^^^^^^^^^ mocked-flag launchdarkly literal stub test
                                       ^^^^^^ newNav launchdarkly literal stub test
      //- /tests/test_a.py
      from ldclient.integrations.test_data import TestData
      td = TestData.data_source()
      td.update(td.flag("set-by-test").variation_for_all(True))
                   ^^^^ set-by-test launchdarkly literal stub test
      //- /a_test.go
      package a
      import "github.com/launchdarkly/go-server-sdk/v7/testhelpers/ldtestdata"
      func TestA() {
        td := ldtestdata.DataSource()
        td.Update(td.Flag("set-by-test").VariationForAll(true))
                     ^^^^ set-by-test launchdarkly literal stub test
      }
      //- /a.py
      import ldclient
      state = ldclient.get().all_flags_state(context)
      state.get_flag_value("of-all")
            ^^^^^^^^^^^^^^ of-all launchdarkly literal
    `));
});
