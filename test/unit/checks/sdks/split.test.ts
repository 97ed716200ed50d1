import { checkChecks } from '../checks.ts';

describe('Split', () => {
  it('takes the second argument of a server, the first of a browser, and reads the call where the package is both', () =>
    checkChecks(`
      //- /server.ts
      import { SplitFactory } from '@splitsoftware/splitio/server';
      const client = SplitFactory({ core: { authorizationKey: 'x' } }).client();
      client.getTreatment('user-1', 'server-flag');
             ^^^^^^^^^^^^ server-flag split literal
      client.getTreatmentWithConfig(user.id, 'server-config', { plan: 'free' });
             ^^^^^^^^^^^^^^^^^^^^^^ server-config split literal
      //- /browser.ts
      import { SplitFactory } from '@splitsoftware/splitio-browserjs';
      const client = SplitFactory({ core: { authorizationKey: 'x', key: 'user-1' } }).client();
      client.getTreatment('browser-flag', { plan: 'free' });
             ^^^^^^^^^^^^ browser-flag split literal
      //- /both.ts
      import { SplitFactory } from '@splitsoftware/splitio';
      const client = SplitFactory({ core: { authorizationKey: 'x' } }).client();
      client.getTreatment('user-1', 'on-a-server');
             ^^^^^^^^^^^^ on-a-server split literal
      client.getTreatment('in-a-browser');
             ^^^^^^^^^^^^ in-a-browser split literal
      client.getTreatment('in-a-browser-too', { plan: 'free' });
             ^^^^^^^^^^^^ in-a-browser-too split literal
      client.getTreatment('with-attributes', attributes);
             ^^^^^^^^^^^^ with-attributes split literal
      client.getTreatment(userId, 'of-some-user');
             ^^^^^^^^^^^^ of-some-user split literal
      //- /no.ts
      class Doctor { getTreatment(patient: string, illness: string) { return [patient, illness]; } }
      new Doctor().getTreatment('patient', 'no-flag');
    `));

  it('makes a check of each item of a list, at its own place', () =>
    checkChecks(`
      //- /flags.ts
      export const SEARCH = 'search';
                            ^^^^^^^^ search split literal declaration
      export const NAMES = ['listed-elsewhere', SEARCH];
                            ^^^^^^^^^^^^^^^^^^ listed-elsewhere split literal declaration
      //- /a.tsx
      import { SplitTreatments, useSplitClient, useSplitTreatments, useTreatment } from '@splitsoftware/splitio-react';
      import { NAMES, SEARCH } from './flags';
      export function A() {
        const { treatments, isReady } = useSplitTreatments({ names: ['first', SEARCH] });
                                                                     ^^^^^^^ first split literal+hook
                                                                              ^^^^^^ search split constant+hook
        useSplitTreatments({ names: NAMES });
        ^^^^^^^^^^^^^^^^^^ listed-elsewhere split constant+hook
        ^^^^^^^^^^^^^^^^^^ search split constant+hook
        useTreatment({ name: 'single' });
        ^^^^^^^^^^^^ single split literal+hook
        useSplitClient().client.getTreatments(['bound-client']);
                                               ^^^^^^^^^^^^^^ bound-client split literal
        return (
          <SplitTreatments names={['element', SEARCH]}>
                                   ^^^^^^^^^ element split literal+component
                                              ^^^^^^ search split constant+component
            {treatments.first.treatment === 'on' && isReady}
                        ^^^^^ first split property reference
          </SplitTreatments>
        );
      }
      export function useFlagged(flag: string) {
        return useSplitTreatments({ names: [flag] }).treatments[flag];
                                            ^^^^ dynamic split hook
      }
      export function useAll(names: string[]) {
        return useSplitTreatments({ names });
               ^^^^^^^^^^^^^^^^^^ dynamic split hook
      }
      export const B = () => useFlagged('through-a-hook') && useAll(['through-a-list', SEARCH]);
                             ^^^^^^^^^^ through-a-hook inferred literal+wrapper
                                                                     ^^^^^^^^^^^^^^^^ through-a-list inferred literal+wrapper
                                                                                       ^^^^^^ search inferred constant+wrapper
      //- /redux.ts
      import { getTreatments, selectTreatmentValue } from '@splitsoftware/splitio-redux';
      store.dispatch(getTreatments({ splitNames: ['fetched'] }));
                                                  ^^^^^^^^^ fetched split literal
      selectTreatmentValue(store.getState().splitio, 'selected', 'user-1', 'off');
      ^^^^^^^^^^^^^^^^^^^^ selected split literal ="off"
    `));

  it('finds it in Python and Go', () =>
    checkChecks(`
      //- /a.py
      from splitio import get_factory
      split = get_factory("key").client()
      split.get_treatment("user-1", "python-flag", {"plan": "free"})
            ^^^^^^^^^^^^^ python-flag split literal
      split.get_treatments("user-1", ["one", "two"])
                                      ^^^^^ one split literal
                                             ^^^^^ two split literal
      split.get_treatment(key="user-1", feature_flag_name="by-keyword")
            ^^^^^^^^^^^^^ by-keyword split literal
      //- /hospital.py
      doctor.get_treatment("no-flag", patient)
      //- /a.go
      package a
      import "github.com/splitio/go-client/v6/splitio/client"
      func run() {
        factory, _ := client.NewSplitFactory("key", nil)
        split := factory.Client()
        split.Treatment("user-1", "go-flag", nil)
              ^^^^^^^^^ go-flag split literal
        split.Treatments("user-1", []string{"go-one", "go-two"}, nil)
                                            ^^^^^^^^ go-one split literal
                                                      ^^^^^^^^ go-two split literal
      }
    `));
});
