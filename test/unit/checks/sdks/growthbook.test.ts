import { checkChecks } from '../checks.ts';

describe('GrowthBook', () => {
  it('finds clients, hooks and elements', () =>
    checkChecks(`
      //- /a.tsx
      import { GrowthBook } from '@growthbook/growthbook';
      import { FeatureString, IfFeatureEnabled, useFeature, useFeatureIsOn, useFeatureValue, useGrowthBook } from '@growthbook/growthbook-react';
      const gb = new GrowthBook({});
      gb.isOn('on');
         ^^^^ on growthbook literal
      gb.isOff('off');
         ^^^^^ off growthbook literal
      gb.getFeatureValue('value', 'blue');
         ^^^^^^^^^^^^^^^ value growthbook literal ="blue"
      gb.evalFeature('evaluated').on;
         ^^^^^^^^^^^ evaluated growthbook literal
      gb.feature('old').value;
         ^^^^^^^ old growthbook literal
      export const A = () => {
        useFeatureIsOn('hook');
        ^^^^^^^^^^^^^^ hook growthbook literal+hook
        useFeatureValue('hook-value', 3);
        ^^^^^^^^^^^^^^^ hook-value growthbook literal+hook =3
        useFeature('hook-feature').on;
        ^^^^^^^^^^ hook-feature growthbook literal+hook
        useGrowthBook().isOn('hooked-client');
                        ^^^^ hooked-client growthbook literal
        return <IfFeatureEnabled feature="element"><FeatureString feature="text" default="Hi" /></IfFeatureEnabled>;
                ^^^^^^^^^^^^^^^^ element growthbook literal+component
                                                    ^^^^^^^^^^^^^ text growthbook literal+component ="Hi"
      };
      //- /b.tsx
      import { IfFeatureEnabled } from './own';
      export const B = () => <IfFeatureEnabled feature="not-theirs">{light.isOn('lamp')}</IfFeatureEnabled>;
                              ^^^^^^^^^^^^^^^^ not-theirs inferred literal+component likely
    `));

  it('finds it in Python and Go, whichever version took the context first', () =>
    checkChecks(`
      //- /a.py
      from growthbook import GrowthBook
      gb = GrowthBook(attributes={})
      gb.is_on("python-on")
         ^^^^^ python-on growthbook literal
      gb.isOff("python-off")
         ^^^^^ python-off growthbook literal
      gb.get_feature_value("python-value", fallback="blue")
         ^^^^^^^^^^^^^^^^^ python-value growthbook literal ="blue"
      gb.eval_feature(key="python-feature").on
         ^^^^^^^^^^^^ python-feature growthbook literal
      //- /lights.py
      from lamps import light
      light.is_on("no-flag")
      //- /new.go
      package a
      import "github.com/growthbook/growthbook-golang"
      func run() {
        client, _ := growthbook.NewClient(ctx)
        client.EvalFeature(ctx, "go-flag")
               ^^^^^^^^^^^ go-flag growthbook literal
      }
      //- /old/old.go
      package old
      import growthbook "github.com/growthbook/growthbook-golang"
      func run() {
        gb := growthbook.New(nil)
        gb.EvalFeature("old-go-flag")
           ^^^^^^^^^^^ old-go-flag growthbook literal
        gb.IsOn("old-on")
           ^^^^ old-on growthbook literal
        gb.GetFeatureValue("old-value", 7)
           ^^^^^^^^^^^^^^^ old-value growthbook literal =7
      }
    `));
});
