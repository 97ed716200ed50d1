// One shop in four flag systems, for the tests of flag files as a language.

/** flagd: fractional, an evaluator, a rule that never applies. */
export const FLAGD = `
//- /flags/shop.flagd.json
{
  "$schema": "https://flagd.dev/schema/v0/flags.json",
  "flags": {
    "new-checkout": {
      "state": "ENABLED",
      "variants": { "on": true, "off": false },
      "defaultVariant": "off",
      "targeting": {
        "if": [
          { "in": [{ "var": "country" }, ["SE", "NO"]] }, { "fractional": [["on", 25], ["off", 75]] },
          { "$ref": "staff" }, "on",
          { "and": [{ "==": [{ "var": "country" }, "SE"] }, { "==": [{ "var": "plan" }, "pro"] }] }, "on",
          "off"
        ]
      }
    },
    "banner-colour": {
      "state": "ENABLED",
      "variants": { "red": "#f00", "blue": "#00f" },
      "defaultVariant": "blue"
    }
  },
  "$evaluators": { "staff": { "ends_with": [{ "var": "email" }, "@shop.example"] } }
}
`;

export const LAUNCHDARKLY = `
//- /flags/shop.launchdarkly.json
{
  "flags": {
    "carrier-rates": {
      "key": "carrier-rates",
      "on": true,
      "variations": [true, false],
      "offVariation": 1,
      "fallthrough": { "variation": 1 },
      "rules": [
        { "variation": 0, "clauses": [{ "attribute": "plan", "op": "in", "values": ["pro", "team"] }] },
        { "variation": 1, "clauses": [{ "attribute": "plan", "op": "in", "values": ["pro"] }] }
      ]
    },
    "label-format": {
      "on": true,
      "variations": ["pdf", "zpl"],
      "offVariation": 0,
      "fallthrough": { "variation": 1 },
      "prerequisites": [{ "key": "carrier-rates", "variation": 0 }]
    }
  }
}
`;

export const UNLEASH = `
//- /flags/unleash.bootstrap.json
{
  "version": 2,
  "features": [
    {
      "name": "similar-by-fit", "type": "release", "enabled": true,
      "strategies": [
        { "name": "flexibleRollout", "parameters": { "rollout": "100", "stickiness": "default", "groupId": "x" } },
        { "name": "default", "segments": [4] }
      ]
    },
    {
      "name": "recommendations-off", "type": "kill-switch", "enabled": true,
      "strategies": [{ "name": "default" }],
      "dependencies": [{ "feature": "similar-by-fit" }]
    }
  ],
  "segments": [{ "id": 4, "name": "staff", "constraints": [] }]
}
`;

export const YAML = `
//- /flags/shop.flagd.yaml
flags:
  new-checkout:
    state: ENABLED
    variants: &switch
      "on": true
      "off": false
    defaultVariant: "off"
    targeting:
      if:
        - in: [{ var: country }, [SE]]
        - "on"
  old-search:
    state: DISABLED
    variants: *switch
    defaultVariant: "on"
`;
