import { checkChecks } from '../checks.ts';

describe('GO Feature Flag', () => {
  it('finds the module and its instances', () =>
    checkChecks(`
      //- /a.go
      package a
      import (
        ffclient "github.com/thomaspoignant/go-feature-flag"
        "github.com/thomaspoignant/go-feature-flag/ffcontext"
      )
      func run() {
        user := ffcontext.NewEvaluationContext("user-1")
        ffclient.BoolVariation("go-flag", user, false)
                 ^^^^^^^^^^^^^ go-flag go-feature-flag literal =false
        goff, _ := ffclient.New(ffclient.Config{})
        goff.StringVariationDetails("instance", user, "blue")
             ^^^^^^^^^^^^^^^^^^^^^^ instance go-feature-flag literal ="blue"
      }
    `));
});
