import { checkChecks } from '../checks.ts';

describe("Microsoft's feature management beyond .NET", () => {
  it('finds it in JavaScript, Python, Go and Spring', () =>
    checkChecks(`
      //- /a.ts
      import { ConfigurationObjectFeatureFlagProvider, FeatureManager } from '@microsoft/feature-management';
      const features = new FeatureManager(new ConfigurationObjectFeatureFlagProvider(settings));
      await features.isEnabled('in-js', { userId: 'u' });
                     ^^^^^^^^^ in-js feature-management literal
      await features.getVariant('variant-in-js', { userId: 'u' });
                     ^^^^^^^^^^ variant-in-js feature-management literal
      //- /a.py
      from featuremanagement import FeatureManager
      features = FeatureManager(settings)
      features.is_enabled("in-python", "user")
               ^^^^^^^^^^ in-python feature-management literal
      //- /a.go
      package a
      import fm "github.com/microsoft/Featuremanagement-Go/featuremanagement"
      func run(manager *fm.FeatureManager) {
        manager.IsEnabled("in-go")
                ^^^^^^^^^ in-go feature-management literal
        manager.IsEnabledWithAppContext("with-context", user)
                ^^^^^^^^^^^^^^^^^^^^^^^ with-context feature-management literal
      }
      //- /Pay.java
      package shop;
      import com.azure.spring.cloud.feature.management.FeatureManager;
      import com.azure.spring.cloud.feature.management.web.FeatureGate;
      class Pay {
        private final FeatureManager features;
        @FeatureGate(feature = "gate", fallback = "/old")
         ^^^^^^^^^^^ gate feature-management literal+attribute
        boolean f() { return features.isEnabledAsync("in-spring").block(); }
                                      ^^^^^^^^^^^^^^ in-spring feature-management literal
      }
    `));
});
