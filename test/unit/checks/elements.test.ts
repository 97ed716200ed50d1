import { checkChecks } from './checks.ts';

describe('elements of components', () => {
  it('names a flag through a component of the repository', () =>
    checkChecks(`
      //- /Feature.tsx
      import { useBooleanFlagValue } from '@openfeature/react-sdk';
      import { useSplitTreatments } from '@splitsoftware/splitio-react';
      export function Feature({ name, fallback = false, children }: Props) {
        return useBooleanFlagValue(name, fallback) ? children : null;
               ^^^^^^^^^^^^^^^^^^^ dynamic openfeature hook
      }
      export const Treated = ({ names, children }: Props) => children(useSplitTreatments({ names }));
                                                                      ^^^^^^^^^^^^^^^^^^ dynamic split hook
      //- /App.tsx
      import { Feature as Gate, Treated } from './Feature';
      import { Feature } from './other';
      export const App = () => (
        <Gate name="new-nav" fallback={true}>
         ^^^^ new-nav inferred literal+component =true
          <Treated names={['first', 'second']}>{() => null}</Treated>
                           ^^^^^^^ first inferred literal+component
                                    ^^^^^^^^ second inferred literal+component
          <Feature name="no-flag" />
          <Gate>nothing</Gate>
        </Gate>
      );
    `));
});
