/**
 * Texts that say nothing by themselves are not held where memory counts, and count all the same once somebody wishes for them: what is found is
 * what is found where everything is held.
 */
import assert from 'node:assert/strict';
import { scanRecords } from '../../../server/src/core/flags/telling/scanRecords.ts';
import { createHost } from '../../../server/src/core/host.ts';
import type { Host } from '../../../server/src/core/hostInterface.ts';
import type { FileAccess } from '../../../server/src/sources/files/access.ts';
import { decodeFlagFile } from '../../../server/src/sources/flag-systems/registry.ts';
import { indexRepository, LARGE_TEXT } from '../../../server/src/sources/project/indexing.ts';
import { parseFixture } from '../../support/fixture.ts';
import { allGrammars } from '../../support/world.ts';
import { fixturesOfChecks } from '../checks/editedFixtures.ts';

type Files = ReadonlyMap<string, string>;

/** What is held of these files in the end; `a.*` is what each row is about. */
const ROWS: readonly (readonly [name: string, source: string, held: readonly string[]])[] = [
  [
    'C#: what is called as questions for flags are, of a value that nobody knows',
    `
//- /a.cs
class A { bool B(int style) => style.HasFlag(1) && IsOnline(style) && GetResultFlag(2); }
`,
    [],
  ],
  [
    'C#: a function that may be a question for flags, and who asks it',
    `
//- /a.cs
class A { bool B(object checks) => checks.HasFeature("new-nav"); }
//- /b.cs
class Checks { public bool HasFeature(string feature) => false; }
//- /c.cs
class C { bool Plain(int style) => style.HasFlag(1); }
`,
    ['a.cs', 'b.cs'],
  ],
  [
    'Java: what is asked for a flag, of a class that stands elsewhere',
    `
//- /a.java
class A { boolean b() { return features.isEnabled(Features.NEW_NAV); } }
`,
    ['a.java'],
  ],
  [
    'Kotlin: a note about a runbook beside what says nothing',
    `
//- /a.kt
// runbook: pay.md
fun a(style: Style) = style.hasFlag(1)
`,
    ['a.kt'],
  ],
  [
    'C++: what is read of a list of flags that another file declares',
    `
//- /a.cpp
#include "display.h"
bool a(Display* display) { return display->frontend().newNav && hasFlag(1); }
//- /display.h
#include "features.h"
class Display { public: const FeatureFlags& frontend() const { return mFrontend; } private: FeatureFlags mFrontend; };
//- /features.h
struct FeatureFlags { bool newNav = false; bool newPay = false; bool newCart = false; };
`,
    ['a.cpp', 'display.h', 'features.h'],
  ],
  [
    "Razor: a tag that is an SDK's where another file imports it",
    `
//- /a.cs
using Microsoft.FeatureManagement;
//- /a.cshtml
<feature name="NewNav">New</feature>
`,
    ['a.cs', 'a.cshtml'],
  ],
  [
    'TypeScript: whatever is of interest, since properties may be flags',
    `
//- /a.ts
export const isBold = (style: Style) => style.hasFlag(1);
`,
    ['a.ts'],
  ],
];

describe('texts that say nothing by themselves', () => {
  for (const [name, source, held] of ROWS) {
    it(`are set aside, or not: ${name}`, async () => {
      const { files } = parseFixture(source);
      const { host, found } = await read(files, 0);
      assert.deepEqual(found, (await read(files, undefined)).found);
      assert.deepEqual(
        [...files.keys()].filter(path => host.holds(path)),
        held,
      );
    });
  }

  it('are held where they are too small to matter', async () => {
    const { files } = parseFixture(ROWS[0]![1]);
    assert.ok((await read(files, LARGE_TEXT)).host.holds('a.cs'));
  });

  for (const [name, fixtures] of fixturesOfChecks()) {
    it(`change nothing that is found in ${name}`, async function () {
      this.timeout(120_000);
      for (const source of fixtures) {
        const { files } = parseFixture(source);
        if ([...files.keys()].some(path => NOMINAL.test(path)))
          assert.deepEqual((await read(files, 0)).found, (await read(files, undefined)).found, source);
      }
    });
  }
});

const NOMINAL = /\.(?:cs|java|kt|scala|swift|rs|cpp|cc|c|h|mm)$/;

/** Reads these files as a repository; texts from `setsAsideFrom` on are set aside, none where it is undefined. */
async function read(files: Files, setsAsideFrom: number | undefined) {
  const grammars = await allGrammars();
  const host: Host = createHost({ grammars, decodeFlagFile, now: () => 0 });
  const access: FileAccess = {
    list: async () => [...files.keys()].sort(),
    read: async path => {
      const text = files.get(path);
      return text === undefined ? { kind: 'skipped', reason: 'missing' } : { kind: 'text', text };
    },
  };
  await indexRepository(host, grammars, access, setsAsideFrom === undefined ? {} : { setsAsideFrom });
  const snapshot = host.snapshot(0);
  return { host, found: scanRecords(snapshot, () => true) };
}
