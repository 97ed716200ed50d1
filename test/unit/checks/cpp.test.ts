import { checkChecks } from './checks.ts';

describe('checks in C++', () => {
  it('follows clients through fields, pointers, makers and aliases of namespaces, and resolves keys across files', () =>
    checkChecks(`
      //- /src/keys.h
      #pragma once
      #define FEATURE_MACRO "macro"
                            ^^^^^^^ macro launchdarkly literal declaration
      namespace shop::keys {
      inline constexpr char kPay[] = "const-pay";
                                     ^^^^^^^^^^^ const-pay launchdarkly literal declaration
      struct Flags { static constexpr std::string_view kFast{"in-struct"}; };
                                                             ^^^^^^^^^^^ in-struct launchdarkly literal declaration
      }
      //- /src/pay.h
      #include <launchdarkly/server_side/client.hpp>
      namespace shop {
      class Pay {
       public:
        bool Charge(const launchdarkly::Context& context, const std::string& id);
       private:
        std::unique_ptr<launchdarkly::server_side::IClient> client_;
      };
      }
      //- /src/pay.cc
      #include "src/pay.h"
      #include "src/keys.h"
      namespace shop {
      bool Pay::Charge(const launchdarkly::Context& context, const std::string& id) {
        client_->BoolVariation(context, "field", false);
                 ^^^^^^^^^^^^^ field launchdarkly literal =false
        client_->StringVariation(context, keys::kPay, "none");
                 ^^^^^^^^^^^^^^^ const-pay launchdarkly constant ="none"
        client_->IntVariation(context, std::string(shop::keys::Flags::kFast), 3);
                 ^^^^^^^^^^^^ in-struct launchdarkly constant =3
        client_->BoolVariation(context, "new-" + id, false);
                 ^^^^^^^^^^^^^ new-* launchdarkly template =false
        client_->BoolVariationDetail(context, FEATURE_MACRO, true);
                 ^^^^^^^^^^^^^^^^^^^ macro launchdarkly constant =true
        // client_->BoolVariation(context, "commented", false);
        auto text = "client_->BoolVariation(context, quoted)";
        return other->BoolVariation(context);
      }
      }
      //- /src/main.cpp
      #include <launchdarkly/client_side/client.hpp>
      using namespace launchdarkly;
      namespace ld = launchdarkly::client_side;
      int main() {
        auto client = std::make_unique<ld::Client>(std::move(config), context);
        client->BoolVariation("made", true);
                ^^^^^^^^^^^^^ made launchdarkly literal =true
        client_side::Client other(std::move(config));
        return other.IntVariation("used", 1);
                     ^^^^^^^^^^^^ used launchdarkly literal =1
      }
    `));

  it('knows where the other SDKs take the key, and follows wrappers through interfaces and prototypes', () =>
    checkChecks(`
      //- /src/flags.h
      namespace app {
      class Flags {
       public:
        virtual bool IsOn(const std::string& key, bool fallback) const = 0;
      };
      bool IsFast(const char* key);
      bool IsNewPayOn();
      }
      //- /src/flags.cc
      #include "openfeature/client.h"
      #include "flags.h"
      namespace app {
      class RemoteFlags : public Flags {
       public:
        explicit RemoteFlags(std::shared_ptr<openfeature::Client> client) : client_(std::move(client)) {}
        bool IsOn(const std::string& key, bool fallback) const override {
          return client_->GetBooleanValue(key, fallback);
                          ^^^^^^^^^^^^^^^ dynamic openfeature -
        }
       private:
        std::shared_ptr<openfeature::Client> client_;
      };
      bool IsFast(const char* key) {
        static RemoteFlags flags(Make());
        return flags.IsOn(key, false);
                     ^^^^ dynamic inferred wrapper =false
      }
      bool IsNewPayOn() { return IsFast("pay"); }
                                 ^^^^^^ pay inferred literal+wrapper =false
      }
      //- /src/page.cpp
      #include "flags.h"
      void Render(const app::Flags& flags) {
        if (flags.IsOn("wrapped", true)) Draw();
                  ^^^^ wrapped inferred literal+wrapper =true
        if (app::IsFast("free")) Draw();
                 ^^^^^^ free inferred literal+wrapper =false
        if (app::IsNewPayOn()) Draw();
                 ^^^^^^^^^^ pay inferred accessor reference
      }
      //- /src/others.cpp
      #include <configcat/configcat.h>
      #include "firebase/remote_config.h"
      #include <unleash/unleashclient.h>
      #include "statsig.h"
      using namespace configcat;
      void Ask(statsig_cpp_core::Statsig& statsig, unleash::UnleashClient unleashClient) {
        auto client = ConfigCatClient::get("sdk-key");
        client->getValue("c", false);
                ^^^^^^^^ c configcat literal =false
        auto* config = ::firebase::remote_config::RemoteConfig::GetInstance(app);
        config->GetBoolean("f");
                ^^^^^^^^^^ f firebase literal
        unleashClient.isEnabled("u", context);
                      ^^^^^^^^^ u unleash literal
        statsig.checkGate(user, "s");
                ^^^^^^^^^ s statsig literal
      }
      //- /src/bindings.c
      #include <launchdarkly/server_side/bindings/c/sdk.h>
      int main(void) { return LDServerSDK_BoolVariation(sdk, context, "in-c", false); }
                              ^^^^^^^^^^^^^^^^^^^^^^^^^ in-c launchdarkly literal =false
    `));

  it("knows Chromium's features, where they are declared and what tests set", () =>
    checkChecks(`
      //- /browser/features.h
      #include "base/feature_list.h"
      namespace shop::features {
      BASE_DECLARE_FEATURE(kPay);
      COMPONENT_EXPORT(SHOP) BASE_DECLARE_FEATURE(kShort);
      }
      //- /browser/features.cc
      #include "browser/features.h"
      namespace shop::features {
      BASE_FEATURE(kPay,
                   "NewPay",
                   ^^^^^^^^ NewPay chromium literal declaration
      #if BUILDFLAG(IS_MAC)
                   base::FEATURE_ENABLED_BY_DEFAULT
      #else
                   base::FEATURE_DISABLED_BY_DEFAULT
      #endif
      );
      BASE_FEATURE(kShort, base::FEATURE_DISABLED_BY_DEFAULT);
                    ^^^^^ Short chromium literal declaration
      const base::Feature kOld{"OldName", base::FEATURE_DISABLED_BY_DEFAULT};
                               ^^^^^^^^^ OldName chromium literal declaration
      bool IsOld() { return base::FeatureList::IsEnabled(kOld); }
                                               ^^^^^^^^^ OldName chromium flag-object
      }
      //- /browser/page.cc
      #include "browser/features.h"
      namespace shop {
      void Page::Draw() {
        if (base::FeatureList::IsEnabled(features::kPay) && !done_) Go();
                               ^^^^^^^^^ NewPay chromium flag-object
        DCHECK(base::FeatureList::IsEnabled(::shop::features::kShort));
                                  ^^^^^^^^^ Short chromium flag-object
        registry->IsEnabled(features::kPay);
      }
      }
      //- /browser/page_unittest.cc
      #include "base/test/scoped_feature_list.h"
      TEST_F(PageTest, Draws) {
        base::test::ScopedFeatureList list;
        list.InitAndEnableFeature(shop::features::kPay);
             ^^^^^^^^^^^^^^^^^^^^ NewPay chromium flag-object stub test
      }
      TEST_F(PageTest, Declares) {
        static BASE_FEATURE(kLocal, "Local", FEATURE_DISABLED_BY_DEFAULT);
                                    ^^^^^^^ Local chromium literal declaration test
      }
    `));
});
