import assert from 'node:assert/strict';
import { linkAll } from '../../../server/src/core/flags/linking/checks.ts';
import { createFileIndexes } from '../../../server/src/core/flags/linking/fileIndex.ts';
import { growInParts } from '../../../server/src/core/flags/linking/grow.ts';
import type { Linked, LinkInput } from '../../../server/src/core/flags/linking/linkMemory.ts';
import { toTheEnd } from '../../../server/src/core/flags/linking/linkSteps.ts';
import { createModuleResolver } from '../../../server/src/core/flags/resolve/modules.ts';
import { FLAG_SDKS } from '../../../server/src/core/flags/sdks/registry.ts';
import { setUp } from '../../../server/src/core/hostSetup.ts';
import type { FileFacts } from '../../../server/src/core/languages/facts.ts';
import { languageOfPath } from '../../../server/src/core/languages/registry.ts';
import { factsWith, loadGrammars } from '../../support/facts.ts';
import { parseFixture } from '../../support/fixture.ts';
import { fixturesOfChecks, randomNumbers } from './editedFixtures.ts';

/** How often the files of each fixture come in another order. */
const ORDERS = Number(process.env.GROW_ORDERS ?? 6);

/** Files that say nothing by themselves, but are looked up by some that do. */
const IMPORTED = `
//- /src/keys.ts
export { PAY } from './pay';
//- /src/pay.ts
export const PAY = 'new-pay';
//- /src/page.ts
import { OpenFeature } from '@openfeature/server-sdk';
import { PAY } from './keys';
if (OpenFeature.getClient().getBooleanValue(PAY, false)) console.log('new');
//- /src/other.ts
export const other = 1;
//- /go/page.go
package page

import (
  "example.com/shop/go/keys"
  "github.com/open-feature/go-sdk/openfeature"
)

func Page(client *openfeature.Client) { println(client.Boolean(nil, keys.Pay, false, nil)) }
//- /go/keys/keys.go
package keys

const Pay = "go-pay"
//- /go/keys/more.go
package keys

const More = "more"
//- /lib/keys.py
PAY = "py-pay"
//- /lib/page.py
from openfeature import api
from .keys import PAY
on = api.get_client().get_boolean_value(PAY, False)
`;

/** Of what a module gives on, what is here is asked first; and an SDK's objects of flags by further names, the more files there are. */
const GIVEN_ON = `
//- /src/all.ts
export * from './early';
export * from './late';
export * from './both';
//- /src/early.ts
export const EARLY = 'early';
//- /src/late.ts
export const LATE = 'late';
//- /src/both.ts
export const EARLY = 'too early';
export { useLights as useLamps } from './hook';
//- /src/hook.ts
import { useFlags } from 'launchdarkly-react-client-sdk';
export const useLights = () => useFlags();
//- /src/page.ts
import { OpenFeature } from '@openfeature/server-sdk';
import { EARLY, LATE, useLamps } from './all';
if (OpenFeature.getClient().getBooleanValue(LATE, EARLY)) console.log(useLamps().newNav);
//- /src/shown.ts
import { OpenFeature } from '@openfeature/server-sdk';
import { LATE } from './all';
if (OpenFeature.getClient().getBooleanValue(LATE, false)) console.log('late');
`;

interface Counted {
  /** How often files came, and how often no others had to be linked. */
  readonly came: number;
  readonly grown: number;
}

/** Links a fixture's files as they come, in both ways: those of the lowest rank first. */
async function comeInOrder(source: string, orders: number, rankOf: (path: string) => number): Promise<Counted> {
  const { files: texts } = parseFixture(source);
  const grammars = await loadGrammars(...[...texts.keys()].flatMap(path => languageOfPath(path)?.id ?? []));
  const all = [...texts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, text]): readonly (readonly [string, FileFacts])[] => {
      const language = languageOfPath(path);
      const facts = language === null ? null : factsWith(grammars, language.id, text);
      return facts === null ? [] : [[path, facts]];
    });
  const { patterns, isExcluded } = setUp(grammars, texts.get('flagbook.json') ?? '');
  const setting: Omit<LinkInput, 'files'> = {
    modules: createModuleResolver(new Set(texts.keys()), new Map()),
    sdks: FLAG_SDKS,
    patterns,
    knownKeys: new Set(['new-checkout', 'newNav']),
    indexFile: createFileIndexes(FLAG_SDKS),
    isExcluded,
  };
  let [came, grown] = [0, 0];
  for (let order = 0; order < orders; order++) {
    const rank = new Map(all.map(([path]) => [path, rankOf(path)]));
    let linked: Linked | null = null;
    for (let round = 0; round < 3; round++) {
      const input: LinkInput = { ...setting, files: new Map(all.filter(([path]) => rank.get(path)! <= round)) };
      const whole = linkAll(input);
      const more: Linked | null = linked === null ? null : toTheEnd(growInParts(linked, input, all.length));
      if (linked !== null) came++;
      if (more !== null) {
        grown++;
        assert.deepEqual(plain(more), plain(whole), `${[...rank].join(' ')}, round ${round}, of${source}`);
      }
      linked = more ?? whole;
    }
  }
  return { came, grown };
}

function plain({ result, memory }: Linked) {
  const { survey, shares } = memory;
  return {
    checks: [...result.checks],
    listed: [...result.listed],
    missing: [...result.missing].sort(),
    callersOf: [...result.callersOf].sort(),
    undeclared: [...result.undeclared].sort(),
    renamed: [...survey.renamed].map(([name, others]) => [name, [...others].sort()] as const).sort(),
    reads: [...shares].map(([path, { reads }]) => [
      path,
      [...reads].map(([at, names]) => [at, [...names].sort()]).sort(),
    ]),
  };
}

describe('linking files that came', () => {
  for (const [name, fixtures] of fixturesOfChecks()) {
    it(`gives what linking everything does: ${fixtures.length} fixtures of ${name}, in any order`, async function () {
      this.timeout(120_000);
      const random = randomNumbers(name.length * 11 + fixtures.length);
      for (const source of fixtures) await comeInOrder(source, ORDERS, () => random(3));
    });
  }

  it('asks first what is here of what a module gives on', async () => {
    const random = randomNumbers(7);
    const { grown } = await comeInOrder(GIVEN_ON, 60, () => random(3));
    assert.ok(grown > 20, String(grown));
  });

  it('links no others where what came says something only to who imports it', async () => {
    const { came, grown } = await comeInOrder(IMPORTED, 1, path => (/page/.test(path) ? 0 : /keys/.test(path) ? 1 : 2));
    assert.deepEqual([came, grown], [2, 2]);
  });
});
