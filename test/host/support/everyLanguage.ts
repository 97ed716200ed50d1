// A check in each language beside the demo shop's: a constant in one file, and a file that asks with it.

export interface LanguageFixture {
  readonly name: string;
  /** As VS Code calls the language. */
  readonly id: string;
  /** Where the key is written. */
  readonly keys: { readonly path: string; readonly text: string };
  readonly check: { readonly path: string; readonly text: string };
  /** What stands for the key in the call. */
  readonly key: string;
}

/** The flag that all of them ask for, and another one. */
export const askedFlag = 'new-pay';
export const otherFlag = 'other-pay';

export const languageFixtures: readonly LanguageFixture[] = [
  {
    name: 'Java',
    id: 'java',
    keys: { path: 'java/Keys.java', text: 'public class Keys {\n  public static final String PAY = "new-pay";\n}\n' },
    check: {
      path: 'java/Pay.java',
      text: 'import dev.openfeature.sdk.Client;\n\nclass Pay {\n  private final Client client;\n  Pay(Client client) { this.client = client; }\n  boolean on() { return client.getBooleanValue(Keys.PAY, false); }\n}\n',
    },
    key: 'Keys.PAY',
  },
  {
    name: 'Kotlin',
    id: 'kotlin',
    keys: { path: 'kotlin/Keys.kt', text: 'package k\n\nobject Keys {\n  const val PAY = "new-pay"\n}\n' },
    check: {
      path: 'kotlin/Pay.kt',
      text: 'package k\n\nimport dev.openfeature.kotlin.sdk.Client\n\nclass Pay(private val client: Client) {\n  fun on() = client.getBooleanValue(Keys.PAY, false)\n}\n',
    },
    key: 'Keys.PAY',
  },
  {
    name: 'Scala',
    id: 'scala',
    keys: { path: 'scala/Keys.scala', text: 'package s\n\nobject Keys {\n  val Pay = "new-pay"\n}\n' },
    check: {
      path: 'scala/Pay.scala',
      text: 'package s\n\nimport dev.openfeature.sdk.Client\n\nclass Pay(client: Client) {\n  def on: Boolean = client.getBooleanValue(Keys.Pay, false)\n}\n',
    },
    key: 'Keys.Pay',
  },
  {
    name: 'C#',
    id: 'csharp',
    keys: {
      path: 'csharp/Keys.cs',
      text: 'namespace Shop;\n\npublic static class Keys\n{\n    public const string Pay = "new-pay";\n}\n',
    },
    check: {
      path: 'csharp/Pay.cs',
      text: 'using OpenFeature;\n\nnamespace Shop;\n\npublic class Pay(IFeatureClient client)\n{\n    public Task<bool> On() => client.GetBooleanValueAsync(Keys.Pay, false);\n}\n',
    },
    key: 'Keys.Pay',
  },
  {
    name: 'Ruby',
    id: 'ruby',
    keys: { path: 'ruby/keys.rb', text: 'module Keys\n  PAY = "new-pay"\nend\n' },
    check: {
      path: 'ruby/pay.rb',
      text: "require 'open_feature/sdk'\n\nclass Pay\n  def on?\n    OpenFeature::SDK.build_client.fetch_boolean_value(flag_key: Keys::PAY, default_value: false)\n  end\nend\n",
    },
    key: 'Keys::PAY',
  },
  {
    name: 'PHP',
    id: 'php',
    keys: { path: 'php/Keys.php', text: "<?php\n\nclass Keys\n{\n    public const PAY = 'new-pay';\n}\n" },
    check: {
      path: 'php/Pay.php',
      text: '<?php\n\nuse OpenFeature\\interfaces\\flags\\Client;\n\nclass Pay\n{\n    public function __construct(private Client $client) {}\n\n    public function on(): bool\n    {\n        return $this->client->getBooleanValue(Keys::PAY, false);\n    }\n}\n',
    },
    key: 'Keys::PAY',
  },
  {
    name: 'Swift',
    id: 'swift',
    keys: { path: 'swift/Keys.swift', text: 'enum Keys {\n  static let pay = "new-pay"\n}\n' },
    check: {
      path: 'swift/Pay.swift',
      text: 'import OpenFeature\n\nstruct Pay {\n  let client: Client\n  func on() -> Bool { client.getBooleanValue(key: Keys.pay, defaultValue: false) }\n}\n',
    },
    key: 'Keys.pay',
  },
  {
    name: 'Rust',
    id: 'rust',
    keys: { path: 'rust/src/keys.rs', text: 'pub const PAY: &str = "new-pay";\n' },
    check: {
      path: 'rust/src/pay.rs',
      text: 'use crate::keys::PAY;\nuse open_feature::Client;\n\npub async fn on(client: &Client) -> bool {\n    client.get_bool_value(PAY, None, None).await.unwrap_or(false)\n}\n',
    },
    key: 'PAY, None',
  },
  {
    name: 'C++',
    id: 'cpp',
    keys: {
      path: 'cpp/keys.h',
      text: '#pragma once\n\nnamespace shop {\ninline constexpr char kPay[] = "new-pay";\n}\n',
    },
    check: {
      path: 'cpp/pay.cc',
      text: '#include "keys.h"\n#include "openfeature/client.h"\n\nnamespace shop {\nbool On(openfeature::Client& client) { return client.GetBooleanValue(kPay, false); }\n}\n',
    },
    key: 'kPay',
  },
];

/** A check in each template language, and in the single-file components: the key stands in the template itself. */
export interface TemplateFixture {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

export const templateFixtures: readonly TemplateFixture[] = [
  {
    name: 'Vue',
    path: 'templates/Pay.vue',
    text: '<template>\n  <p v-if="client.getBooleanValue(\'new-pay\', false)">pay</p>\n</template>\n<script setup lang="ts">\nimport { OpenFeature } from \'@openfeature/web-sdk\';\nconst client = OpenFeature.getClient();\n</script>\n',
  },
  {
    name: 'Svelte',
    path: 'templates/Pay.svelte',
    text: "<script>\n  import { OpenFeature } from '@openfeature/web-sdk';\n  const client = OpenFeature.getClient();\n</script>\n{#if client.getBooleanValue('new-pay', false)}<p>pay</p>{/if}\n",
  },
  {
    name: 'Angular',
    path: 'templates/pay.component.html',
    text: '<p *appFeature="\'new-pay\'">pay</p>\n',
  },
  {
    name: 'Razor',
    path: 'templates/Pay.cshtml',
    text: '@using Microsoft.FeatureManagement\n@inject IFeatureManager Features\n<p>@(await Features.IsEnabledAsync("new-pay"))</p>\n',
  },
  {
    name: 'Django',
    path: 'templates/pay.djhtml',
    text: '{% load waffle_tags %}\n{% flag "new-pay" %}<p>pay</p>{% endflag %}\n',
  },
  {
    name: 'Jinja',
    path: 'templates/pay.jinja2',
    text: "{% if is_feature_enabled('new-pay') %}<p>pay</p>{% endif %}\n",
  },
  {
    name: 'Blade',
    path: 'templates/pay.blade.php',
    text: "@feature('new-pay')\n<p>pay</p>\n@endfeature\n",
  },
  {
    name: 'Twig',
    path: 'templates/pay.html.twig',
    text: "{% if feature('new-pay') %}<p>pay</p>{% endif %}\n",
  },
  { name: 'ERB', path: 'templates/pay.html.erb', text: "<% if Flipper.enabled?('new-pay') %><p>pay</p><% end %>\n" },
  { name: 'Haml', path: 'templates/pay.html.haml', text: "- if Flipper.enabled?('new-pay')\n  %p pay\n" },
];

/** A flagd file with the asked flag at these per cent, and the other one off. */
export function flagFile(percentage: number): string {
  const variants = { on: true, off: false };
  const targeting = {
    fractional: [
      ['on', percentage],
      ['off', 100 - percentage],
    ],
  };
  return `${JSON.stringify(
    {
      flags: {
        [askedFlag]: { state: 'ENABLED', variants, defaultVariant: 'off', targeting },
        [otherFlag]: { state: 'DISABLED', variants, defaultVariant: 'off' },
      },
    },
    null,
    2,
  )}\n`;
}
