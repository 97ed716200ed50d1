import { checkChecks } from './checks.ts';

describe('checks in Rust', () => {
  it('follows clients through fields, traits, holders and parameters, and resolves keys across files', () =>
    checkChecks(`
      //- /src/flags.rs
      pub const PAY: &str = "const-pay";
                            ^^^^^^^^^^^ const-pay openfeature literal declaration
      pub mod keys { pub static FAST: &str = "in-module"; }
                                             ^^^^^^^^^^^ in-module openfeature literal declaration
      pub enum Flag { Search, Cart }
      impl Flag {
        pub const PREFIX: &'static str = "team-";
        pub fn key(&self) -> &'static str {
          match self {
            Flag::Search => "by-match",
                            ^^^^^^^^^^ by-match openfeature literal declaration
            Self::Cart => "unused",
          }
        }
      }
      //- /src/pay.rs
      use crate::flags::{keys::FAST, Flag, PAY};
      use open_feature::{provider::FeatureProvider, Client};
      struct Pay { client: Arc<Client> }
      impl Pay {
        async fn charge(&self, provider: web::Data<dyn FeatureProvider>, id: &str) -> bool {
          self.client.get_bool_value("field", None, None).await.unwrap_or(false);
                      ^^^^^^^^^^^^^^ field openfeature literal
          provider.resolve_int_value("parameter", &ctx).await;
                   ^^^^^^^^^^^^^^^^^ parameter openfeature literal
          self.client.get_string_value(PAY, None, None).await;
                      ^^^^^^^^^^^^^^^^ const-pay openfeature constant
          self.client.get_string_value(FAST, None, None).await;
                      ^^^^^^^^^^^^^^^^ in-module openfeature constant
          self.client.get_bool_value(Flag::Search.key(), None, None).await;
                      ^^^^^^^^^^^^^^ by-match openfeature literal
          self.client.get_bool_value(&format!("new-{}", id), None, None).await;
                      ^^^^^^^^^^^^^^ new-* openfeature template
          // self.client.get_bool_value("commented", None, None)
          let text = "self.client.get_bool_value(quoted)";
          other.is_enabled("no-flag")
        }
      }
    `));

  it('knows where LaunchDarkly, Unleash, Flagsmith and ConfigCat take the key, and follows wrappers', () =>
    checkChecks(`
      //- /src/lib.rs
      use launchdarkly_server_sdk::Client;
      pub trait Flags { fn is_on(&self, key: &str, fallback: bool) -> bool; }
      pub struct Ld { client: Client }
      impl Flags for Ld {
        fn is_on(&self, key: &str, fallback: bool) -> bool {
          self.client.bool_variation(&self.ctx, key, fallback)
                      ^^^^^^^^^^^^^^ dynamic launchdarkly -
        }
      }
      fn page(flags: &dyn Flags) { if flags.is_on("wrapped", true) { go() } }
                                            ^^^^^ wrapped inferred literal+wrapper =true
      //- /src/other.rs
      use configcat::Client;
      use flagsmith::Flags;
      use unleash_api_client::client::Client as Unleash;
      fn a(unleash: &Unleash<F>) { unleash.is_enabled_str("u", None, true); }
                                           ^^^^^^^^^^^^^^ u unleash literal =true
      fn b(flags: Flags) { flags.is_feature_enabled("f").unwrap(); }
                                 ^^^^^^^^^^^^^^^^^^ f flagsmith literal
      async fn c(client: &Client) { client.get_value("c", false, None).await; }
                                           ^^^^^^^^^ c configcat literal =false
    `));
});
