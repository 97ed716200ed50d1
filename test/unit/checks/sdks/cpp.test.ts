import { checkChecks } from '../checks.ts';

describe('SDKs of C++', () => {
  it('Statsig: a client takes the key, the servers the user before it', () =>
    checkChecks(`
      //- /client.cpp
      #include <statsig/statsig.h>
      using namespace statsig;
      void f() {
        StatsigClient::Shared().CheckGate("a");
                                ^^^^^^^^^ a statsig literal
        StatsigClient client;
        client.GetLayer("b");
               ^^^^^^^^ b statsig literal
      }
      //- /core.cpp
      #include "statsig-cpp-core/statsig.h"
      void g(statsig_cpp_core::Statsig& statsig, const statsig_cpp_core::User& user) {
        statsig.checkGate(user, "c");
                ^^^^^^^^^ c statsig literal
      }
    `));

  it('Eppo', () =>
    checkChecks(`
      //- /pay.cpp
      #include "client.hpp"
      void f(eppoclient::EppoClient& client, const eppoclient::Attributes& attributes) {
        client.getBooleanAssignment("a", "user", attributes, false);
               ^^^^^^^^^^^^^^^^^^^^ a eppo literal =false
      }
    `));

  it('Firebase Remote Config', () =>
    checkChecks(`
      //- /pay.cpp
      #include "firebase/remote_config.h"
      void f() {
        auto* config = firebase::remote_config::RemoteConfig::GetInstance(app);
        config->GetBoolean("a");
                ^^^^^^^^^^ a firebase literal
      }
    `));
});
