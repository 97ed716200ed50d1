// Ways in which repositories put a library of their own around flags: what stands between a call and the check that it reaches.
import { checkChecks } from './checks.ts';

describe('ways to a flag library of the repository', () => {
  it('lead through a constant that carries its key, also where only the key tells what is asked', () =>
    checkChecks(`
      //- /FlagClient.kt
      package shop
      import com.google.firebase.remoteconfig.FirebaseRemoteConfig
      interface FlagClientType { fun getBoolean(FlagKey: FlagKey): Boolean }
      enum class FlagKey(val key: String) {
          DARK("dark_mode"),
               ^^^^^^^^^^^ dark_mode inferred literal declaration
      }
      class FlagClient(private val remoteConfig: FirebaseRemoteConfig) : FlagClientType {
          override fun getBoolean(key: FlagKey): Boolean = remoteConfig.getBoolean(key.key)
                                                                        ^^^^^^^^^^ dynamic firebase -
      }
      //- /Page.kt
      package shop
      class Page(private val client: FlagClientType) {
          fun run(env: Environment) {
              if (client.getBoolean(FlagKey.DARK)) dark()
                         ^^^^^^^^^^ dark_mode inferred enum+wrapper
              if (env.flagClient().getBoolean(FlagKey.DARK)) dark()
                                   ^^^^^^^^^^ dark_mode inferred enum+wrapper likely
              if (env.anything.getBoolean(FlagKey.DARK)) dark()
                               ^^^^^^^^^^ dark_mode inferred enum+wrapper likely
              env.anything.getBoolean("not-a-flag")
          }
      }
    `));

  it('lead through what a library makes to stand for a type: mocks and containers', () =>
    checkChecks(`
      //- /src/main/kotlin/Toggles.kt
      package shop
      import io.acme.UnleashService
      enum class Toggle(val id: String) {
          PAY("shop.pay"),
              ^^^^^^^^^^ shop.pay inferred literal declaration likely
      }
      class Toggles(private val unleashService: UnleashService) {
          fun isEnabled(toggle: Toggle): Boolean = unleashService.isEnabled(toggle.id)
      }
      class Job(private val toggles: Toggles) {
          fun run() { if (toggles.isEnabled(Toggle.PAY)) go() }
                                  ^^^^^^^^^ shop.pay inferred enum+wrapper likely
      }
      //- /src/test/kotlin/JobTest.kt
      package shop
      import io.mockk.every
      import io.mockk.mockk
      class JobTest {
          private val made = mockk<Toggles>()
          private val declared: Toggles = mockk()
          fun test() {
              every { made.isEnabled(Toggle.PAY) } returns true
                           ^^^^^^^^^ shop.pay inferred enum+wrapper stub likely test
              every { declared.isEnabled(Toggle.PAY) } returns true
                               ^^^^^^^^^ shop.pay inferred enum+wrapper stub likely test
          }
      }
    `));

  it('are told by a key whose type speaks of features, whatever they are called', () =>
    checkChecks(`
      //- /crates/preview/src/lib.rs
      pub enum PreviewFeature {
          NativeAuth,
          ^^^^^^^^^^ NativeAuth inferred literal declaration likely
      }
      pub struct Preview { bits: u32 }
      impl Preview {
          pub fn is_enabled(&self, flag: PreviewFeature) -> bool { self.bits.contains(flag) }
          pub fn has(&self, flag: PreviewFeature) -> bool { self.bits.contains(flag) }
      }
      pub fn is_enabled(flag: PreviewFeature) -> bool { current().contains(flag) }
      //- /crates/app/src/main.rs
      use preview::{Preview, PreviewFeature};
      fn run(preview: Preview) {
          if preview.is_enabled(PreviewFeature::NativeAuth) {}
                     ^^^^^^^^^^ NativeAuth inferred enum+wrapper likely
          if preview::is_enabled(PreviewFeature::NativeAuth) {}
                      ^^^^^^^^^^ NativeAuth inferred enum+wrapper likely
      }
      //- /crates/preview/Cargo.toml
      [package]
      name = "preview"
    `));

  it('lead to the source of what is imported as built, and to an interface beside its container symbol', () =>
    checkChecks(`
      //- /packages/flags/package.json
      { "name": "@shop/flags" }
      //- /packages/flags/src/types.ts
      export const Client = Symbol('Client');
      export interface Client { getValueAsync(key: string, fallback: boolean): Promise<boolean>; }
      //- /packages/flags/src/client.ts
      import * as configcat from 'configcat-node';
      import type { Client } from './types';
      export class RealClient implements Client {
        constructor(private readonly client: configcat.IConfigCatClient) {}
        getValueAsync(key: string, fallback: boolean) { return this.client.getValueAsync(key, fallback); }
                                                                           ^^^^^^^^^^^^^ dynamic configcat -
      }
      class NoClient implements Client { getValueAsync(key: string, fallback: boolean) { return later(fallback); } }
      let client: Client | undefined;
      const made = configcat.getClient('k');
      export function getClient(): Client {
        if (!process.env.KEY) client = new NoClient();
        else client = new RealClient(made);
        return client;
      }
      //- /packages/app/src/page.ts
      import { getClient } from '@shop/flags/lib/client';
      export const isNew = () => getClient().getValueAsync('new-cart', false);
                                             ^^^^^^^^^^^^^ new-cart inferred literal+wrapper =false
    `));

  it('lead into another Go module of the repository', () =>
    checkChecks(`
      //- /components/common/go.mod
      module github.com/acme/shop/common-go
      //- /components/common/lights/lights.go
      package lights
      import "github.com/open-feature/go-sdk/openfeature"
      func On(client *openfeature.Client, name string) bool { return client.Boolean(ctx, name, false, e) }
                                                                            ^^^^^^^ dynamic openfeature - =false
      //- /components/server/go.mod
      module github.com/acme/shop/server
      //- /components/server/main.go
      package main
      import "github.com/acme/shop/common-go/lights"
      func main() { lights.On(client, "new-cart") }
                           ^^ new-cart inferred literal+wrapper =false
    `));
});
