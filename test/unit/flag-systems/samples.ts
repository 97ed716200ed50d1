/** One small but complete file of each format, written for these tests. */
import type { DecoderSample } from './contract.ts';

const flagdJson = `{
  "$schema": "https://flagd.dev/schema/v0/flags.json",
  "metadata": { "owner": "team-shop", "flagSetId": "shop" },
  "flags": {
    "new-checkout": {
      "state": "ENABLED",
      "variants": { "on": true, "off": false },
      "defaultVariant": "off",
      "targeting": { "fractional": [{ "var": "userId" }, ["on", 25], ["off", 75]] },
      "metadata": { "type": "release", "created": "2026-01-10", "tags": "checkout, payments" }
    },
    "banner-colour": {
      "state": "ENABLED",
      "variants": { "red": "#f00", "blue": "#00f" },
      "defaultVariant": "blue",
      "targeting": { "if": [{ "$ref": "staff" }, "red"] }
    },
    "old-search": { "state": "DISABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" }
  },
  "$evaluators": { "staff": { "ends_with": [{ "var": "email" }, "@shop.example"] } }
}
`;

export const flagdSample: DecoderSample = {
  path: 'flags/shop.flagd.json',
  text: flagdJson,
  keys: ['new-checkout', 'banner-colour', 'old-search'],
  duplicated: flagdJson.replace('"old-search"', '"new-checkout"'),
  many: count => {
    const flag = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'off' };
    return JSON.stringify({ flags: numbered(count, flag) });
  },
};

const flagdYaml = `metadata:
  owner: team-shop
flags:
  new-checkout:
    state: ENABLED
    variants: &switch
      on: true
      off: false
    defaultVariant: off
    targeting:
      fractional:
        - [on, 25]
        - [off, 75]
  old-search:
    state: DISABLED
    variants: *switch
    defaultVariant: "on"
`;

export const flagdYamlSample: DecoderSample = {
  path: 'flags/shop.flagd.yaml',
  text: flagdYaml,
  keys: ['new-checkout', 'old-search'],
  duplicated: flagdYaml.replace('  old-search:', '  new-checkout:'),
  many: count =>
    `flags:\n${lines(count, i => `  flag-${i}:\n    state: ENABLED\n    variants: { on: true, off: false }\n    defaultVariant: off\n`)}`,
};

const launchdarkly = `{
  "flags": {
    "carrier-rates": {
      "key": "carrier-rates",
      "on": true,
      "variations": [true, false],
      "offVariation": 1,
      "fallthrough": {
        "rollout": { "variations": [{ "variation": 0, "weight": 20000 }, { "variation": 1, "weight": 80000 }] }
      },
      "rules": [
        { "clauses": [{ "attribute": "", "op": "segmentMatch", "values": ["staff"] }], "variation": 0 }
      ],
      "targets": [{ "variation": 0, "values": ["ann", "bob"] }],
      "version": 7
    },
    "label-format": {
      "on": true,
      "variations": ["pdf", "zpl"],
      "offVariation": 0,
      "fallthrough": { "variation": 1 },
      "prerequisites": [{ "key": "carrier-rates", "variation": 0 }]
    }
  },
  "flagValues": { "weekend-dispatch": true },
  "segments": { "staff": { "included": ["ann"] } }
}
`;

export const launchdarklySample: DecoderSample = {
  path: 'flags/launchdarkly.json',
  text: launchdarkly,
  keys: ['carrier-rates', 'label-format', 'weekend-dispatch'],
  duplicated: launchdarkly.replace('"key": "carrier-rates",\n', '').replace('"label-format": {', '"carrier-rates": {'),
  many: count => {
    const flag = { on: true, variations: [true, false], offVariation: 1, fallthrough: { variation: 0 } };
    return JSON.stringify({ flags: numbered(count, flag) });
  },
};

const unleash = `{
  "version": 2,
  "features": [
    {
      "name": "similar-by-fit",
      "type": "release",
      "enabled": true,
      "createdAt": "2025-11-04T11:32:00.000Z",
      "strategies": [
        { "name": "flexibleRollout", "parameters": { "rollout": "30", "stickiness": "userId", "groupId": "fit" } },
        { "name": "default", "constraints": [], "segments": [4] }
      ]
    },
    {
      "name": "recommendations-off",
      "type": "kill-switch",
      "enabled": false,
      "strategies": [{ "name": "default", "parameters": {} }],
      "dependencies": [{ "feature": "similar-by-fit" }]
    }
  ],
  "segments": [{ "id": 4, "name": "staff", "constraints": [] }]
}
`;

export const unleashSample: DecoderSample = {
  path: 'flags/unleash.bootstrap.json',
  text: unleash,
  keys: ['similar-by-fit', 'recommendations-off'],
  duplicated: unleash.replace('"name": "recommendations-off"', '"name": "similar-by-fit"'),
  many: count => {
    const strategies = [{ name: 'flexibleRollout', parameters: { rollout: '20', stickiness: 'default' } }];
    const features = Array.from({ length: count }, (_, i) => ({ name: `flag-${i}`, enabled: true, strategies }));
    return JSON.stringify({ version: 2, features });
  },
};

const manifest = `{
  "$schema": "https://raw.githubusercontent.com/open-feature/cli/main/schema/v0/flag-manifest.json",
  "flags": {
    "free-shipping": { "flagType": "boolean", "defaultValue": false, "description": "No shipping costs." },
    "greeting": { "flagType": "string", "defaultValue": "Hello" },
    "page-size": { "flagType": "integer", "defaultValue": 25 }
  }
}
`;

export const manifestSample: DecoderSample = {
  path: 'flags.json',
  text: manifest,
  keys: ['free-shipping', 'greeting', 'page-size'],
  duplicated: manifest.replace('"greeting"', '"free-shipping"'),
  many: count => JSON.stringify({ flags: numbered(count, { flagType: 'boolean', defaultValue: false }) }),
};

/** So many flags of one kind, under keys of their own. */
export function numbered<T>(count: number, flag: T): Readonly<Record<string, T>> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`flag-${i}`, flag]));
}

/** So many texts, one behind the other. */
export function lines(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('');
}

const flagdResource = `apiVersion: core.openfeature.dev/v1beta1
kind: FeatureFlag
metadata:
  name: shop-flags
spec:
  flagSpec:
    flags:
      new-checkout:
        state: ENABLED
        variants: { "on": true, "off": false }
        defaultVariant: "off"
        targeting:
          if: [{ $ref: staff }, "on", "off"]
      old-search:
        state: DISABLED
        variants: { "on": true, "off": false }
        defaultVariant: "on"
    $evaluators:
      staff:
        ends_with: [{ var: email }, "@shop.example"]
---
apiVersion: core.openfeature.dev/v1beta1
kind: FeatureFlagSource
metadata:
  name: shop-source
spec:
  sources: [{ source: shop-flags, provider: kubernetes }]
`;

/** What OpenFeature's operator for Kubernetes reads. */
export const flagdResourceSample: DecoderSample = {
  path: 'deploy/flags.yaml',
  text: flagdResource,
  keys: ['new-checkout', 'old-search'],
  duplicated: flagdResource.replace('old-search:', 'new-checkout:'),
  many: count =>
    `kind: FeatureFlag\nspec:\n  flagSpec:\n    flags:\n${lines(count, i => `      flag-${i}:\n        state: ENABLED\n        variants: { on: true }\n        defaultVariant: on\n`)}`,
};
