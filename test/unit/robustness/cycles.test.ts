/** What refers to itself, by any number of steps: reading ends, and what stands beside the circle is found. */
import assert from 'node:assert/strict';
import { worldOf } from '../../support/world.ts';
import { askEverything } from './everything.ts';

const TS = "import { OpenFeature } from '@openfeature/server-sdk';\nconst client = OpenFeature.getClient();\n";

const CIRCLES: Readonly<Record<string, string>> = {
  'imports and exports again': `
//- /a.ts
export * from './b';
export { A as B } from './b';
export const OWN = 'own';
//- /b.ts
export * from './a';
export { B as A } from './a';
export * from './b';
//- /main.ts
${TS}import { A, OWN } from './a';
import * as all from './b';
client.getBooleanValue(A, false);
client.getBooleanValue(all.B, false);
client.getBooleanValue(OWN, false);
client.getBooleanValue(all.OWN, false);
`,
  'constants of two files': `
//- /a.ts
import { B } from './b';
export const A = B;
export const OBJECT = { ...OBJECT, key: B, own: 'own' };
//- /b.ts
import { A } from './a';
export const B = A + B;
//- /main.ts
${TS}import { A, OBJECT } from './a';
const x = \`\${y}\`;
const y = x;
const z = z;
client.getBooleanValue(A, false);
client.getBooleanValue(x, false);
client.getBooleanValue(z, false);
client.getBooleanValue(OBJECT.key, false);
client.getBooleanValue(OBJECT.own, false);
`,
  'classes that inherit in a circle': `
//- /main.ts
${TS}class A extends B { ask(key: string) { return super.ask(key); } }
class B extends C {}
class C extends A { flags = client; }
interface I extends J {}
interface J extends I {}
new A().ask('lost');
new B().flags.getBooleanValue('inherited', false);
client.getBooleanValue('own', false);
`,
  'wrappers that call each other': `
//- /main.ts
${TS}const isOn = (key: string): boolean => isOff(key);
const isOff = (key: string): boolean => !isOn(key) || client.getBooleanValue(key, false);
function again(key: string) { return again(\`x\${key}\`); }
isOn('own');
again('lost');
`,
  'Python modules and classes': `
//- /a.py
from b import *
from b import KEY as OTHER
class A(B): pass
OWN = "own"
//- /b.py
from a import *
from a import OTHER as KEY
class B(A): pass
//- /main.py
from openfeature import api
from a import A, OTHER, OWN
client = api.get_client()
client.get_boolean_value(OTHER, False)
client.get_boolean_value(A.KEY, False)
client.get_boolean_value(OWN, False)
`,
  'Go constants and types': `
//- /main.go
package main
import "github.com/open-feature/go-sdk/openfeature"
const a = b
const b = c + a
const c = a
type T struct { *T; U }
type U struct { T }
var client = openfeature.NewClient("x")
func f(t T) bool { return t.U.T.U.ask(a) }
func g() { client.BooleanValue(ctx, b, false, nil); client.BooleanValue(ctx, "own", false, nil) }
`,
  'Java types': `
//- /src/main/java/shop/A.java
package shop;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.OpenFeatureAPI;
class A extends B { static final String KEY = B.KEY; }
class B extends A implements I { static final String KEY = A.KEY + I.KEY; }
interface I extends I { String KEY = B.KEY; }
class Main {
  private final Client client = OpenFeatureAPI.getInstance().getClient();
  boolean ask() { return client.getBooleanValue(A.KEY, false) || client.getBooleanValue("own", false); }
}
`,
  'C# types': `
//- /A.cs
using OpenFeature;
class A : B { public const string Key = B.Key; }
class B : A, I { public const string Key = A.Key; }
partial class Main {
  private readonly FeatureClient client = Api.Instance.GetClient();
  async Task Ask() { await client.GetBooleanValueAsync(A.Key, false); await client.GetBooleanValueAsync("own", false); }
}
`,
  'Ruby modules': `
//- /a.rb
require 'open_feature/sdk'
module A; include B; KEY = B::KEY; end
module B; include A; KEY = A::KEY; end
class C < D; end
class D < C; include A; end
CLIENT = OpenFeature::SDK.build_client
CLIENT.fetch_boolean_value(flag_key: A::KEY, default_value: false)
CLIENT.fetch_boolean_value(flag_key: D::KEY, default_value: false)
CLIENT.fetch_boolean_value(flag_key: 'own', default_value: false)
`,
  'PHP classes': `
//- /a.php
<?php
namespace Shop;
use OpenFeature\\OpenFeatureAPI;
class A extends B { const KEY = B::KEY; }
class B extends A { const KEY = self::KEY; }
trait T { use T; }
$client = OpenFeatureAPI::getInstance()->getClient();
$client->getBooleanValue(A::KEY, false);
$client->getBooleanValue(B::KEY, false);
$client->getBooleanValue('own', false);
`,
};

describe('circles', function () {
  this.timeout(60_000);

  for (const [name, source] of Object.entries(CIRCLES)) {
    it(`end: ${name}`, async () => {
      const { snapshot } = await worldOf(source);
      for (const path of snapshot.files.keys()) askEverything(snapshot, path, 30);
      const own = (snapshot.checks.get('own') ?? []).filter(({ role }) => role === 'check');
      assert.ok(own.length > 0, [...snapshot.checks.keys()].join());
    });
  }

  it('end: values that lead many ways to what nobody knows', async () => {
    const asked = (step: number) =>
      Array.from({ length: 30 }, () => `if (now()) return client${step + 1}();`).join(' ');
    const steps = Array.from({ length: 40 }, (_, step) => `function client${step}() { ${asked(step)} }`);
    const { snapshot } = await worldOf(`
//- /main.ts
${TS}${steps.join('\n')}
client0().getBooleanValue('lost', false);
client.getBooleanValue('own', false);
`);
    assert.equal(snapshot.checks.get('own')?.length, 1);
  });

  it('end: prerequisites of flags, parents of flags, aliases and files about each other', async () => {
    const on = '"on": true, "variations": [true, false], "offVariation": 1, "fallthrough": {"variation": 0}';
    const ring = (count: number) =>
      Array.from({ length: count }, (_, i) => {
        const after = [1, 7].map(step => `{"key": "f${(i + step) % count}", "variation": 0}`).join();
        return `"f${i}": {${on}, "prerequisites": [${after}, {"key": "f${i}", "variation": 0}]}`;
      }).join();
    const { snapshot } = await worldOf(`
//- /flags/ld.json
{"flags": {${ring(300)}}}
//- /flags/unleash.json
{"version": 2, "features": [
  {"name": "child", "enabled": true, "strategies": [{"name": "default"}], "dependencies": [{"feature": "parent"}]},
  {"name": "parent", "enabled": true, "strategies": [{"name": "default"}], "dependencies": [{"feature": "child"}]}
]}
//- /flags/a.flagd.yaml
flags: &all
  self: { state: ENABLED, variants: { on: true }, defaultVariant: "on", targeting: { $ref: loop }, again: *all }
$evaluators: { loop: { $ref: loop } }
//- /flags/b.flagd.json
{"flags": {"around": {"state": "ENABLED", "variants": {"on": true}, "defaultVariant": "on", "targeting": {"$ref": "a"}}},
 "$evaluators": {"a": {"and": [{"$ref": "b"}, {"$ref": "b"}]}, "b": {"or": [{"$ref": "a"}, {"$ref": "a"}]}}}
//- /docs/runbooks/a.md
# A
[b](b.md)
//- /docs/runbooks/b.md
# B
[a](a.md#a)
//- /docs/incidents/a.md
---
id: INC-1
runbooks: [docs/runbooks/a.md]
errors: &e [*e, Error]
---
# INC-1
`);
    for (const key of ['f0', 'f299', 'child', 'parent', 'around']) assert.ok(snapshot.flags.has(key), key);
    for (const path of snapshot.files.keys()) askEverything(snapshot, path);
  });
});
