/**
 * Types that are wished for: files that declare them are read, so that words that all code is full of must ask for none where no flags are
 * concerned.
 */
import assert from 'node:assert/strict';
import { mayAskPlainly } from '../../../server/src/core/flags/linking/prefilter.ts';
import { worldOf } from '../../support/world.ts';

const ROWS: readonly (readonly [name: string, source: string, types: readonly string[]])[] = [
  [
    'Kotlin: nothing of a map, of what is made of a text and said to be no flag, and of a question that only an SDK could answer',
    `
//- /a.kt
package a
class A {
  private val pattern = Pattern("x")
  private val logger: Logger = loggerOf("a")
  fun a() = Registry.get(Key) || Holder.live.getValue() || Client.getBooleanValue("k")
}
`,
    [],
  ],
  [
    'Kotlin: what is made as a flag',
    `
//- /a.kt
package a
class A {
  val nav = FeatureToggle("new-nav")
}
`,
    ['FeatureToggle'],
  ],
  [
    'Kotlin: what is asked by a word that all code is full of, where there are such flags',
    `
//- /a.kt
package a
class ExperimentalOption(val key: String)
fun a() = Holder.value()
`,
    ['Holder'],
  ],
  [
    'C#: what is given to a service, where one is named',
    `
//- /a.cs
class A {
  IFeatureToggleService toggles;
  bool A() => cache.Get(Record.One);
}
`,
    ['Record'],
  ],
  [
    'C#: nothing of what is given to anything else',
    `
//- /a.cs
class A {
  bool A() => cache.Get(Record.One);
}
`,
    [],
  ],
  [
    'C++: nothing that questions without a key are asked of, and no parameter of a template',
    `
//- /a.cc
#include "switches.h"
template <typename T> class A : public T {
  Window* window;
  bool a() { return window->getVariant() || T::isEnabled("key"); }
};
`,
    [],
  ],
  [
    'C++: nothing that anything but a constant is asked of, nor what an SDK could be asked where nothing names one',
    `
//- /a.cc
#include "switches.h"
class A {
  Window* window;
  Cache* cache = Cache("new-nav");
  bool a() { return window->isActive() || cache->getValue("key", false); }
};
`,
    [],
  ],
  [
    'C++: what a constant is made of',
    `
//- /a.cc
#include "switches.h"
const auto kNewNav = FeatureToggle("new-nav");
`,
    ['FeatureToggle'],
  ],
  [
    'C++: nothing that classes extend, where the SDK has macros alone',
    `
//- /a.cc
#include "base/feature_list.h"
BASE_FEATURE(kNewNav, "NewNav", base::FEATURE_DISABLED_BY_DEFAULT);
class Window : public Widget, public Delegate {};
`,
    [],
  ],
];

describe('types that are wished for', () => {
  for (const [name, source, types] of ROWS)
    it(name, async () => {
      const { host } = await worldOf(source);
      assert.deepEqual([...host.wishes().types].sort(), types);
    });

  it('lead to who asks them by the names of what holds them, but for tests', async () => {
    const { host } = await worldOf(`
//- /a.cs
class FeatureToggle {
  public readonly string Key;
  public FeatureToggle(string key) { Key = key; }
}
class Flags { public static readonly FeatureToggle NewNav = new FeatureToggle("new-nav"); }
//- /Shop.Tests/ATest.cs
class ATest { private readonly FeatureToggle testee = new FeatureToggle("new-nav"); }
`);
    const { words } = host.wishes();
    assert.ok(words.has('NewNav.'));
    assert.ok(!words.has('testee.'));
  });

  it('are asked of files that hold a question, not of all that hold the name of a value', () => {
    for (const name of ['isEnabled', 'IsOn(', 'is_on(', 'boolVariation', 'getVariant', 'isFeatureEnabled'])
      assert.ok(mayAskPlainly(name), name);
    for (const name of ['StringValue', 'getBooleanValue', 'configValue', 'getJSONAssignment', 'override_config'])
      assert.ok(!mayAskPlainly(name), name);
  });
});
