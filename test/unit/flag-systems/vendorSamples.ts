/** One small but complete file of each vendor's format, written for these tests. */
import type { DecoderSample } from './contract.ts';
import { lines, numbered } from './samples.ts';

const goFeatureFlag = `new-checkout:
  variations: &switch
    "on": true
    "off": false
  targeting:
    - name: staff
      query: email ew "@shop.example"
      variation: "on"
  defaultRule:
    percentage:
      "on": 25
      "off": 75
  metadata:
    owner: team-shop
    description: The new checkout.
banner-colour:
  variations:
    red: "#f00"
    blue: "#00f"
  defaultRule:
    variation: blue
old-search:
  variations: *switch
  defaultRule:
    variation: "on"
  disable: true
`;

export const goFeatureFlagSample: DecoderSample = {
  path: 'flags/goff.yaml',
  text: goFeatureFlag,
  keys: ['new-checkout', 'banner-colour', 'old-search'],
  duplicated: goFeatureFlag.replace('old-search:', 'new-checkout:'),
  many: count =>
    lines(count, i => `flag-${i}:\n  variations: { on: true, off: false }\n  defaultRule:\n    variation: off\n`),
};

const goFeatureFlagInJson = `{
  "new-checkout": {
    "variations": { "on": true, "off": false },
    "defaultRule": { "progressiveRollout": {
      "initial": { "variation": "off", "percentage": 0, "date": "2026-05-01T00:00:00Z" },
      "end": { "variation": "on", "percentage": 100, "date": "2026-07-01T00:00:00Z" } } }
  },
  "old-search": {
    "variations": { "on": true, "off": false },
    "defaultRule": { "variation": "off" },
    "scheduledRollout": [{ "date": "2026-09-01T00:00:00Z", "defaultRule": { "variation": "on" } }]
  }
}
`;

export const goFeatureFlagJsonSample: DecoderSample = {
  path: 'flags/goff.json',
  text: goFeatureFlagInJson,
  keys: ['new-checkout', 'old-search'],
  duplicated: goFeatureFlagInJson.replace('"old-search"', '"new-checkout"'),
  many: count =>
    JSON.stringify(
      numbered(count, { variations: { on: true, off: false }, defaultRule: { percentage: { on: 5, off: 95 } } }),
    ),
};

const flipt = `version: "1.2"
namespace: default
flags:
  - key: new-checkout
    name: New checkout
    type: BOOLEAN_FLAG_TYPE
    enabled: false
    rollouts:
      - segment:
          key: staff
          value: true
      - threshold:
          percentage: 25
          value: true
  - key: banner
    name: Banner
    enabled: true
    variants:
      - key: red
        attachment: { colour: "#f00" }
      - key: blue
    rules:
      - segment: staff
        distributions:
          - variant: red
            rollout: 50
          - variant: blue
            rollout: 50
segments:
  - key: staff
    name: Staff
    match_type: ALL_MATCH_TYPE
    constraints:
      - { type: STRING_COMPARISON_TYPE, property: team, operator: eq, value: staff }
`;

export const fliptSample: DecoderSample = {
  path: 'flipt/features.yaml',
  text: flipt,
  keys: ['new-checkout', 'banner'],
  duplicated: flipt.replace('key: banner', 'key: new-checkout'),
  many: count =>
    `flags:\n${lines(count, i => `- key: flag-${i}\n  name: f\n  type: BOOLEAN_FLAG_TYPE\n  enabled: true\n`)}`,
};

const configcat = `{
  "p": { "u": "https://cdn.example.com", "r": 0, "s": "c2FsdA==" },
  "s": [{ "n": "staff", "r": [{ "a": "Email", "c": 32, "l": ["@shop.example"] }] }],
  "f": {
    "newCheckout": {
      "t": 0,
      "r": [{ "c": [{ "s": { "s": 0, "c": 0 } }], "s": { "v": { "b": true }, "i": "a1" } }],
      "p": [{ "p": 25, "v": { "b": true }, "i": "a2" }, { "p": 75, "v": { "b": false }, "i": "a3" }],
      "v": { "b": false },
      "i": "a3"
    },
    "pageSize": { "t": 2, "v": { "i": 25 }, "i": "b1" },
    "greeting": {
      "t": 1,
      "r": [{ "c": [{ "p": { "f": "newCheckout", "c": 0, "v": { "b": true } } }], "s": { "v": { "s": "Hi" }, "i": "c2" } }],
      "v": { "s": "Hello" },
      "i": "c1"
    }
  }
}
`;

export const configcatSample: DecoderSample = {
  path: 'config/configcat.json',
  text: configcat,
  keys: ['newCheckout', 'pageSize', 'greeting'],
  duplicated: configcat.replace('"pageSize"', '"newCheckout"'),
  many: count => JSON.stringify({ p: { u: 'x', r: 0, s: 'x' }, f: numbered(count, { t: 0, v: { b: true }, i: 'a' }) }),
};

const split = `- new-checkout:
    treatment: "on"
    keys: [ann, bob]
- new-checkout:
    treatment: "off"
- banner:
    treatment: blue
    config: "{\\"size\\": 3}"
`;

export const splitSample: DecoderSample = {
  path: 'flags/split.yaml',
  text: `${split}- solo: { treatment: "off", keys: ann }\n`,
  keys: ['new-checkout', 'banner', 'solo'],
  duplicated: null,
  many: count => lines(count, i => `- flag-${i}:\n    treatment: "on"\n`),
};

const splitInLines = `# who gets what
new-checkout on
banner   blue
old-search off
`;

export const splitLinesSample: DecoderSample = {
  path: 'config/features.split',
  text: splitInLines,
  keys: ['new-checkout', 'banner', 'old-search'],
  duplicated: splitInLines.replace('old-search', 'new-checkout'),
  many: count => lines(count, i => `flag-${i} on\n`),
};

const growthbook = `{
  "status": 200,
  "features": {
    "new-checkout": {
      "defaultValue": false,
      "rules": [
        { "condition": { "email": { "$regex": "@shop.example$" } }, "force": true },
        { "force": true, "coverage": 0.25, "hashAttribute": "id" }
      ]
    },
    "button-copy": {
      "defaultValue": "Buy",
      "rules": [
        { "key": "copy", "variations": ["Buy", "Order"], "weights": [0.5, 0.5], "coverage": 1, "hashVersion": 2,
          "parentConditions": [{ "id": "new-checkout", "condition": { "value": true }, "gate": true }] }
      ]
    },
    "page-size": { "defaultValue": 25 }
  },
  "dateUpdated": "2026-03-02T10:12:00Z"
}
`;

export const growthbookSample: DecoderSample = {
  path: 'config/growthbook.json',
  text: growthbook,
  keys: ['new-checkout', 'button-copy', 'page-size'],
  duplicated: growthbook.replace('"page-size"', '"new-checkout"'),
  many: count =>
    JSON.stringify({ features: numbered(count, { defaultValue: false, rules: [{ force: true, coverage: 0.1 }] }) }),
};

const flagsmith = `{
  "id": 1,
  "name": "Production",
  "api_key": "B62qaMZNwfiqT76p38ggrQ",
  "project": {
    "id": 1,
    "name": "Shop",
    "segments": [
      {
        "id": 1,
        "name": "staff",
        "rules": [{ "type": "ALL", "rules": [], "conditions": [{ "operator": "EQUAL", "property_": "plan", "value": "staff" }] }],
        "feature_states": [{ "feature": { "id": 1, "name": "new_checkout", "type": "STANDARD" }, "enabled": true }]
      }
    ]
  },
  "feature_states": [
    { "feature": { "id": 1, "name": "new_checkout", "type": "STANDARD" }, "enabled": false, "feature_state_value": null },
    { "feature": { "id": 2, "name": "banner", "type": "MULTIVARIATE" }, "enabled": true, "feature_state_value": "red",
      "multivariate_feature_state_values": [
        { "id": 1, "percentage_allocation": 30, "multivariate_feature_option": { "value": "blue" } }
      ] }
  ]
}
`;

export const flagsmithSample: DecoderSample = {
  path: 'config/flagsmith.json',
  text: flagsmith,
  keys: ['new_checkout', 'banner'],
  duplicated: null,
  many: count => {
    const states = Array.from({ length: count }, (_, i) => ({ feature: { id: i, name: `flag-${i}` }, enabled: true }));
    return JSON.stringify({ api_key: 'x', project: { segments: [] }, feature_states: states });
  },
};
