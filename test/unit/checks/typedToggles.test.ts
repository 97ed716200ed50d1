import assert from 'node:assert/strict';
import { LISTING_TEXT } from '../../../server/src/core/flags/guessed/typedToggles.ts';
import { checkChecks } from './checks.ts';

describe('objects whose types list flags', () => {
  it('are read by property, destructured, by index, and through functions that give them', () =>
    checkChecks(`
      //- /config.ts
      export type FeatureFlags = { newNav: boolean; dark?: boolean; 'old-cart': boolean };
      export interface Config { flags: FeatureFlags; name: string }
      export const useConfig = (): { config: Config } => read();
      export const loadConfig = (): Config => read();
      //- /page.tsx
      import { loadConfig } from './config';
      import type { Config, FeatureFlags } from './config';
      const NAV = 'newNav';
                  ^^^^^^^^ newNav inferred literal declaration likely
      const config = loadConfig();
      if (config.flags.newNav && config.name) go();
                       ^^^^^^ newNav inferred property likely
      if (config?.flags?.dark) go();
                         ^^^^ dark inferred property likely
      const { flags } = loadConfig();
      if (flags.dark || flags['old-cart'] || flags.other) go();
                ^^^^ dark inferred property likely
                              ^^^^^^^^^^ old-cart inferred property likely
      const { newNav } = flags;
              ^^^^^^ newNav inferred property likely
      go(flags[NAV]);
               ^^^ newNav inferred constant likely
      const byParameter = (flags: FeatureFlags, { dark }: FeatureFlags) => flags.newNav;
                                                  ^^^^ dark inferred property likely
                                                                                 ^^^^^^ newNav inferred property likely
      const inside = ({ flags }: Config) => flags.dark;
                                                  ^^^^ dark inferred property likely
      class Nav { constructor(private config: Config) {} get dark() { return this.config.flags.dark; } }
                                                                                               ^^^^ dark inferred property likely
    `));

  it('are asked through functions whose parameter reaches an index', () =>
    checkChecks(`
      //- /flags.ts
      export interface AppFeatureFlags { newNav: boolean; dark: boolean }
      const flags = load() as AppFeatureFlags;
      export const isOn = (flag: keyof AppFeatureFlags) => flags[flag];
                                                                 ^^^^ dynamic inferred - likely
      //- /page.ts
      import { isOn } from './flags';
      isOn('dark');
      ^^^^ dark inferred literal+wrapper likely
    `));

  it('are believed by the name of a property where nothing declares the object, and only there', () =>
    checkChecks(`
      //- /flags.ts
      export type FlagSet = Partial<FeatureFlags>;
      export interface FeatureFlags { newNav: boolean; dark: boolean }
      export interface Context { flags: FlagSet }
      //- /routes.ts
      import type { FlagSet } from './flags';
      route({ before: ({ context }) => context?.flags?.newNav });
                                                       ^^^^^^ newNav inferred property likely
      route({ before: ({ context: { flags } }) => flags.dark });
                                                        ^^^^ dark inferred property likely
      class Page extends Component<Props> { render() { return this.props.flags.dark; } }
                                                                               ^^^^ dark inferred property likely
      interface Country { flags: string[] }
      const one = (country: Country) => country.flags.dark;
      const own = { flags: { newNav: 1 } };
      own.flags.newNav;
      route({ before: ({ context }) => context.flags.length + context.styles.dark });
    `));

  it('are listed where they are used', () =>
    checkChecks(`
      //- /config.ts
      interface AppConfig { featureFlags: { newNav: boolean; dark: boolean }; theme: { dark: boolean; light: boolean } }
      export const config: AppConfig = load();
      if (config.featureFlags.newNav || config.theme.dark) go();
                              ^^^^^^ newNav inferred property likely
    `));

  it('count as lists of flags only if their names, or checks of what they list, say so', () =>
    checkChecks(`
      //- /compiler.ts
      export interface Flags { verbose: boolean; watch: boolean }
      export interface CliFlags { newNav: boolean; dark: boolean }
      export const run = (flags: Flags, cli: CliFlags) => flags.verbose || cli.newNav;
      //- /ui.ts
      import { useFlags as theirs } from 'launchdarkly-react-client-sdk';
      export type UiFlags = { newNav: boolean; dark: boolean; cart: boolean };
      export const useFlags = () => theirs() as UiFlags;
      //- /page.tsx
      import { useFlags } from './ui';
      import type { UiFlags } from './ui';
      export const Page = () => { const { newNav, dark } = useFlags(); };
                                          ^^^^^^ newNav launchdarkly property
                                                  ^^^^ dark launchdarkly property
      export const shown = (flags: UiFlags) => flags.cart;
                                                     ^^^^ cart launchdarkly property
    `));

  it('are read by an expression from what an SDK hands out', () =>
    checkChecks(`
      //- /page.tsx
      import { useFlags } from 'launchdarkly-react-client-sdk';
      const KEY = 'new-nav';
                  ^^^^^^^^^ new-nav launchdarkly literal declaration
      export const Page = ({ tab }) => { const flags = useFlags(); return flags[KEY] || flags[tab.flag]; };
                                                                                ^^^ new-nav launchdarkly constant
                                                                                              ^^^^^^^^ dynamic launchdarkly -
    `));

  it('are worth parsing a file for, and other types are not', () => {
    for (const text of ['interface UiFlags {', 'type FeatureToggles =', 'class FlagSet {', '  features?: {'])
      assert(LISTING_TEXT.test(text), text);
    for (const text of ['interface Country {', 'type Flag = string', 'flags: string[]', 'features, {'])
      assert(!LISTING_TEXT.test(text), text);
  });

  it('are fields of structs, records and classes in other languages; what is assigned or pointed to is not asked', () =>
    checkChecks(`
      //- /config/features.go
      package config
      type Features struct {
        Probing Flag
        Volumes, Later Flag
        Registry string
      }
      type Config struct { Features *Features }
      func parse(to Features) { read("probing", &to.Probing) }
      //- /deploy/deploy.go
      package deploy
      import "example.com/shop/config"
      func deploy(c *config.Config) {
        if c.Features.Probing == config.Enabled || c.Features.Registry != "" { run() }
                      ^^^^^^^ Probing inferred property likely
        if config.FromContext(ctx).Features.Volumes == config.Enabled { run() }
                                            ^^^^^^^ Volumes inferred property likely
        features := config.FromContext(ctx).Features
        if features.Later != config.Enabled { run() }
                    ^^^^^ Later inferred property likely
      }
      //- /deploy/deploy_test.go
      package deploy
      func TestDeploy() { cfg.Features.Probing = config.Enabled }
      //- /app/Switches.scala
      package app
      case class FeatureSwitches(enablePay: Option[SwitchState], enableSearch: Option[SwitchState])
      case class Settings(featureSwitches: FeatureSwitches, name: String)
      //- /app/Use.scala
      package app
      class Use(settings: Settings) { def f = settings.featureSwitches.enablePay.contains(On) }
                                                                       ^^^^^^^^^ enablePay inferred property likely
      //- /src/flags.rs
      pub struct FeatureFlags { pub new_nav: bool, pub old_cart: bool }
      pub struct Settings { pub flags: FeatureFlags }
      //- /src/page.rs
      use crate::flags::Settings;
      fn draw(settings: &Settings) -> bool { settings.flags.new_nav }
                                                            ^^^^^^^ new_nav inferred property likely
      //- /Flags.cs
      namespace Shop;
      public class FeatureFlagOptions { public string Url { get; set; } }
      public class FeatureToggles { public bool NewNav { get; set; } public bool Dark { get; set; } }
      public class Page {
        private readonly FeatureToggles toggles;
        bool F() => toggles.NewNav;
                            ^^^^^^ NewNav inferred property likely
      }
      //- /shop/settings.py
      class FeatureFlags(BaseModel):
          new_nav: bool = False
          dark: bool
      class Settings:
          flags: FeatureFlags
          def __init__(self): self.flags = FeatureFlags()
      //- /shop/page.py
      from shop.settings import Settings
      def draw(settings: Settings):
          return settings.flags.new_nav
                                ^^^^^^^ new_nav inferred property likely
      //- /Sources/Flags.swift
      struct FeatureFlags { let newNav: Bool
        let dark: Bool }
      //- /Sources/Page.swift
      final class Page { let flags: FeatureFlags
        func f() -> Bool { return flags.dark } }
                                        ^^^^ dark inferred property likely
    `));

  it('are no stores of flags with questions of their own, and no variants of anything else', () =>
    checkChecks(`
      //- /flags.ts
      export class FeatureFlags {
        static cache = new Set<string>();
        static ready = false;
        static isEnabled(flag: Feature) { return this.ready && this.cache.has(flag); }
      }
      FeatureFlags.cache.clear();
      //- /button.tsx
      export const getVariantStyles = (variant: string) => styles[variant];
      getVariantStyles('primary');
      //- /shop.kt
      package shop
      class Products { fun hasVariation(id: String): Boolean = rows.has(id) }
      class Page(val products: Products) { fun f() = products.hasVariation("large") }
    `));

  it('may list lists: what is read below is the flag', () =>
    checkChecks(`
      //- /types.ts
      export type FeatureFlags = Record<string, boolean | undefined>;
      export type Modes = Record<string, string>;
      export interface Toggles { featureFlags: FeatureFlags; modes: Modes; }
      //- /page.ts
      import type { Toggles } from './types';
      export function page(toggles: Toggles) {
        const { featureFlags } = toggles;
        report(toggles.modes, Object.keys(featureFlags));
        return toggles.featureFlags.newNav ? toggles.modes.kiosk : null;
                                    ^^^^^^ newNav inferred property likely
                                                           ^^^^^ kiosk inferred property likely
      }
    `));

  it('are no classes that are called as something to do', () =>
    checkChecks(`
      //- /actions.ts
      export class GetAllFeatureFlags extends Action {
        constructor(public tenant: string, public page: string = null) {
          super();
          this.page = this.page || pageOf(this.tenant);
        }
        guid: string;
        method = 'GET';
      }
    `));

  it('may be objects of constants that the build decides', () =>
    checkChecks(`
      //- /FeatureFlags.kt
      package shop
      object FeatureFlags {
          val newNav = Config.channel.isDebug || Config.channel.isBeta
          const val sync = false
          val pull = Config.channel.isDebug
      }
      object FlagKeys {
          const val NEW_NAV = "new-nav"
          const val SYNC = "sync"
      }
      //- /Page.kt
      package shop
      class Page {
          fun run() {
              if (FeatureFlags.newNav) show(FlagKeys.SYNC)
                               ^^^^^^ newNav inferred property likely
              if (FeatureFlags.sync) load()
                               ^^^^ sync inferred property likely
          }
      }
    `));
});
