/** One small but complete file of each format that lists flags in a repository, or that a vendor's SDK is started with. */
import type { DecoderSample } from './contract.ts';
import { lines, numbered } from './samples.ts';

const statsig = `{
  "dynamic_configs": [
    { "name": "page_size", "type": "dynamic_config", "entity": "dynamic_config", "salt": "c", "enabled": true,
      "defaultValue": { "size": 20 },
      "rules": [{ "name": "staff", "passPercentage": 100, "conditions": [{ "type": "user_field", "field": "email", "operator": "str_contains_any", "targetValue": ["@shop.example"] }], "returnValue": { "size": 50 } }] }
  ],
  "feature_gates": [
    { "name": "new_checkout", "type": "feature_gate", "entity": "feature_gate", "salt": "a", "enabled": true, "defaultValue": false,
      "rules": [{ "name": "all", "passPercentage": 25, "conditions": [{ "type": "public" }], "returnValue": true, "salt": "b" }] },
    { "name": "old_search", "type": "feature_gate", "salt": "d", "enabled": false, "defaultValue": false, "rules": [] }
  ],
  "layer_configs": [],
  "has_updates": true,
  "time": 1770000000000
}
`;

export const statsigSample: DecoderSample = {
  path: 'config/statsig.json',
  text: statsig,
  keys: ['new_checkout', 'old_search', 'page_size'],
  duplicated: null,
  many: count => {
    const gates = Array.from({ length: count }, (_, i) => ({ name: `g${i}`, salt: 'x', enabled: true, rules: [] }));
    return JSON.stringify({ feature_gates: gates, dynamic_configs: [] });
  },
};

const statsigByName = `{
  "has_updates": true,
  "feature_gates": {
    "new_checkout": { "type": "feature_gate", "salt": "a", "enabled": true, "defaultValue": false, "idType": "userID",
      "rules": [{ "name": "all", "passPercentage": 25, "conditions": ["1"], "returnValue": true, "salt": "b" }] },
    "old_search": { "type": "feature_gate", "salt": "c", "enabled": true, "defaultValue": false,
      "rules": [{ "name": "x", "passPercentage": 100, "conditions": ["2"], "returnValue": true, "salt": "d" }] }
  },
  "dynamic_configs": {},
  "condition_map": {
    "1": { "type": "public" },
    "2": { "type": "user_field", "field": "plan", "operator": "any", "targetValue": ["pro"] }
  }
}
`;

export const statsigByNameSample: DecoderSample = {
  path: 'config/statsig-v2.json',
  text: statsigByName,
  keys: ['new_checkout', 'old_search'],
  duplicated: statsigByName.replace('"old_search"', '"new_checkout"'),
  many: count =>
    JSON.stringify({ feature_gates: numbered(count, { salt: 'x', enabled: true, rules: [] }), dynamic_configs: {} }),
};

const optimizely = `{
  "version": "4", "projectId": "1", "accountId": "2", "revision": "7", "environmentKey": "production",
  "typedAudiences": [{ "id": "10", "name": "staff", "conditions": ["or", { "match": "exact", "name": "plan", "type": "custom_attribute", "value": "staff" }] }],
  "audiences": [], "attributes": [{ "id": "1", "key": "plan" }], "events": [], "groups": [],
  "rollouts": [
    { "id": "r1", "experiments": [
      { "id": "e1", "key": "staff", "status": "Running", "audienceIds": ["10"], "layerId": "r1", "forcedVariations": {},
        "variations": [{ "id": "v1", "key": "on", "featureEnabled": true }], "trafficAllocation": [{ "entityId": "v1", "endOfRange": 10000 }] },
      { "id": "e2", "key": "everyone", "status": "Running", "audienceIds": [], "layerId": "r1", "forcedVariations": {},
        "variations": [{ "id": "v2", "key": "on", "featureEnabled": true }], "trafficAllocation": [{ "entityId": "v2", "endOfRange": 2500 }] }
    ] }
  ],
  "experiments": [],
  "featureFlags": [
    { "id": "1", "key": "new_checkout", "rolloutId": "r1", "experimentIds": [], "variables": [] },
    { "id": "2", "key": "old_search", "rolloutId": "", "experimentIds": [], "variables": [] }
  ]
}
`;

export const optimizelySample: DecoderSample = {
  path: 'config/optimizely.json',
  text: optimizely,
  keys: ['new_checkout', 'old_search'],
  duplicated: optimizely.replace('"key": "old_search"', '"key": "new_checkout"'),
  many: count => {
    const flags = Array.from({ length: count }, (_, i) => ({
      id: String(i),
      key: `flag-${i}`,
      rolloutId: '',
      experimentIds: [],
    }));
    return JSON.stringify({ version: '4', projectId: '1', rollouts: [], featureFlags: flags });
  },
};

export const gitlabSample: DecoderSample = {
  path: 'config/feature_flags/development/new_checkout.yml',
  text: `---
name: new_checkout
description: The new checkout.
feature_issue_url: https://gitlab.example.com/shop/-/issues/1
introduced_by_url: https://gitlab.example.com/shop/-/merge_requests/2
rollout_issue_url: https://gitlab.example.com/shop/-/issues/3
milestone: '17.2'
group: group::payments
type: gitlab_com_derisk
default_enabled: false
`,
  keys: ['new_checkout'],
  duplicated: null,
  many: null,
};

const chromium = `// Lists all flags with who owns them.
[
  {
    "name": "new-checkout",
    "owners": [ "ann@chromium.org", "team-payments@google.com" ],
    "expiry_milestone": 140
  },
  {
    "name": "old-search",
    // Kept for the people who test it.
    "owners": [ "bob" ],
    "expiry_milestone": -1
  }
]
`;

export const chromiumSample: DecoderSample = {
  path: 'chrome/browser/flag-metadata.json',
  text: chromium,
  keys: ['new-checkout', 'old-search'],
  duplicated: chromium.replace('"old-search"', '"new-checkout"'),
  many: count =>
    JSON.stringify(
      Array.from({ length: count }, (_, i) => ({ name: `flag-${i}`, owners: ['a'], expiry_milestone: 9 })),
    ),
};

const kubernetes = `- name: NewCheckout
  versionedSpecs:
  - default: false
    lockToDefault: false
    preRelease: Alpha
    version: "1.30"
  - default: true
    lockToDefault: true
    preRelease: GA
    version: "1.33"
- name: OldSearch
  versionedSpecs:
  - default: true
    lockToDefault: false
    preRelease: Beta
    version: "1.31"
`;

export const kubernetesSample: DecoderSample = {
  path: 'test/reference/versioned_feature_list.yaml',
  text: kubernetes,
  keys: ['NewCheckout', 'OldSearch'],
  duplicated: kubernetes.replace('OldSearch', 'NewCheckout'),
  many: count =>
    lines(
      count,
      i => `- name: Gate${i}\n  versionedSpecs:\n  - default: true\n    preRelease: Beta\n    version: "1.31"\n`,
    ),
};

const flipper = `{
  "version": 1,
  "features": {
    "new_checkout": { "boolean": null, "groups": ["staff"], "actors": ["User;1"], "expression": null, "percentage_of_actors": "25", "percentage_of_time": null },
    "old_search": { "boolean": "true", "groups": [], "actors": [], "expression": null, "percentage_of_actors": null, "percentage_of_time": null }
  }
}
`;

export const flipperSample: DecoderSample = {
  path: 'config/flipper.json',
  text: flipper,
  keys: ['new_checkout', 'old_search'],
  duplicated: flipper.replace('"old_search"', '"new_checkout"'),
  many: count =>
    JSON.stringify({ version: 1, features: numbered(count, { boolean: null, percentage_of_actors: '5' }) }),
};

const appsettings = `{
  "Logging": { "LogLevel": { "Default": "Information" } },
  "FeatureManagement": {
    "NewCheckout": { "EnabledFor": [{ "Name": "Percentage", "Parameters": { "Value": 25 } }] },
    "OldSearch": false,
    "GiftWrap": {
      "RequirementType": "All",
      "EnabledFor": [
        { "Name": "TimeWindow", "Parameters": { "Start": "Fri, 01 May 2026 00:00:00 GMT" } },
        { "Name": "Microsoft.Percentage", "Parameters": { "Value": 50 } }
      ]
    }
  }
}
`;

export const appsettingsSample: DecoderSample = {
  path: 'src/Shop/appsettings.json',
  text: appsettings,
  keys: ['NewCheckout', 'OldSearch', 'GiftWrap'],
  duplicated: appsettings.replace('"OldSearch"', '"NewCheckout"'),
  many: count => JSON.stringify({ FeatureManagement: numbered(count, true) }),
};

const microsoft = `{
  "feature_management": {
    "feature_flags": [
      { "id": "NewCheckout", "enabled": true, "description": "The new checkout.",
        "conditions": { "client_filters": [{ "name": "Microsoft.Targeting", "parameters": { "Audience": {
          "Users": ["ann"], "Groups": [{ "Name": "staff", "RolloutPercentage": 100 }], "DefaultRolloutPercentage": 25 } } }] } },
      { "id": "OldSearch", "enabled": false }
    ]
  }
}
`;

export const microsoftSample: DecoderSample = {
  path: 'src/Shop/appsettings.Staging.json',
  text: microsoft,
  keys: ['NewCheckout', 'OldSearch'],
  duplicated: microsoft.replace('"OldSearch"', '"NewCheckout"'),
  many: count =>
    JSON.stringify({
      feature_management: { feature_flags: Array.from({ length: count }, (_, i) => ({ id: `f${i}`, enabled: true })) },
    }),
};

const edx = `"""Toggles of the shop."""
from edx_toggles.toggles import WaffleFlag

# .. toggle_name: shop.new_checkout
# .. toggle_implementation: WaffleFlag
# .. toggle_default: False
# .. toggle_description: Shows the new checkout
#   to everyone who asks for it.
# .. toggle_use_cases: temporary
# .. toggle_creation_date: 2025-11-04
# .. toggle_target_removal_date: 2026-02-01
# .. toggle_tickets: https://shop.example/issues/1
NEW_CHECKOUT = WaffleFlag('shop.new_checkout', __name__)

# .. toggle_name: FEATURES['OLD_SEARCH']
# .. toggle_implementation: DjangoSetting
# .. toggle_default: True
# .. toggle_use_cases: circuit_breaker
OLD_SEARCH = True
`;

export const edxSample: DecoderSample = {
  path: 'shop/toggles.py',
  text: edx,
  keys: ['shop.new_checkout', "FEATURES['OLD_SEARCH']"],
  duplicated: edx.replace("FEATURES['OLD_SEARCH']", 'shop.new_checkout'),
  many: count => lines(count, i => `# .. toggle_name: shop.flag_${i}\n# .. toggle_default: False\nx = ${i}\n`),
};
