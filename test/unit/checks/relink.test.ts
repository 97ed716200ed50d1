import assert from 'node:assert/strict';
import { linkAll } from '../../../server/src/core/flags/linking/checks.ts';
import { moveBetween } from '../../../server/src/core/flags/linking/factsAlike.ts';
import { createFileIndexes } from '../../../server/src/core/flags/linking/fileIndex.ts';
import type { Linked, LinkInput, LinkResult } from '../../../server/src/core/flags/linking/linkMemory.ts';
import { relinkFile } from '../../../server/src/core/flags/linking/relink.ts';
import { createModuleResolver } from '../../../server/src/core/flags/resolve/modules.ts';
import { FLAG_SDKS } from '../../../server/src/core/flags/sdks/registry.ts';
import { setUp } from '../../../server/src/core/hostSetup.ts';
import type { FileFacts } from '../../../server/src/core/languages/facts.ts';
import type { Grammars } from '../../../server/src/core/languages/grammars.ts';
import { languageOfPath } from '../../../server/src/core/languages/registry.ts';
import { factsWith, loadGrammars } from '../../support/facts.ts';
import { parseFixture } from '../../support/fixture.ts';
import { editedAt, fixturesOfChecks, randomNumbers, SHOP } from './editedFixtures.ts';

/** How often each fixture is edited. More find more; a few over all fixtures of all languages find what matters. */
const EDITS = Number(process.env.RELINK_EDITS ?? 12);

/** A repository whose files are edited one at a time, linked again each time in both ways. */
function repositoryOf(grammars: Grammars, texts: ReadonlyMap<string, string>) {
  const factsAt = (path: string, text: string): FileFacts | null => {
    const language = languageOfPath(path);
    return language === null ? null : factsWith(grammars, language.id, text);
  };
  const current = new Map(texts);
  const files = new Map<string, FileFacts>();
  for (const [path, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const facts = factsAt(path, text);
    if (facts !== null) files.set(path, facts);
  }
  const setup = setUp(grammars, texts.get('flagbook.json') ?? '');
  const indexFile = createFileIndexes(FLAG_SDKS);
  const setting = {
    modules: createModuleResolver(new Set(texts.keys()), new Map()),
    sdks: FLAG_SDKS,
    patterns: setup.patterns,
    knownKeys: new Set(['new-checkout', 'newNav']),
    indexFile,
    isExcluded: setup.isExcluded,
  };
  let linked: Linked = linkAll({ ...setting, files: new Map(files) });
  let again = 0;
  return {
    paths: [...files.keys()],
    text: (path: string) => current.get(path)!,
    again: () => again,
    edit(path: string, after: string): void {
      const before = current.get(path)!;
      const facts = factsAt(path, after)!;
      current.set(path, after);
      files.set(path, facts);
      const input: LinkInput = { ...setting, files: new Map(files) };
      const whole = linkAll(input);
      const own = relinkFile(linked, input, path, moveBetween(before, after));
      if (own !== null) {
        again++;
        const what = `${path} from\n${before}\nto\n${after}\n`;
        assert.deepEqual(plain(own.result), plain(whole.result), what);
      }
      linked = own ?? whole;
    },
  };
}

function plain({ checks, missing, callersOf, undeclared, listed }: LinkResult) {
  return {
    checks: [...checks],
    listed: [...listed],
    missing: [...missing].sort(),
    callersOf: [...callersOf].sort(),
    undeclared: [...undeclared].sort(),
  };
}

describe('linking one edited file again', () => {
  for (const [name, fixtures] of fixturesOfChecks()) {
    it(`gives what linking everything does: ${fixtures.length} fixtures of ${name}, edited at random`, async function () {
      this.timeout(Math.max(120_000, EDITS * 5000));
      const random = randomNumbers(name.length * 7 + fixtures.length);
      let [edits, again] = [0, 0];
      for (const source of fixtures) {
        const { files } = parseFixture(source);
        const languages = [...files.keys()].flatMap(path => languageOfPath(path)?.id ?? []);
        const repository = repositoryOf(await loadGrammars(...languages), files);
        const { paths } = repository;
        for (let count = 0; paths.length > 0 && count < EDITS; count++) {
          const path = paths[random(paths.length)]!;
          const other = repository.text(paths[random(paths.length)]!);
          const text = editedAt(random, repository.text(path), other, files.get(path)!);
          repository.edit(path, text);
          edits++;
        }
        again += repository.again();
      }
      assert.ok(again * 10 > edits, `Only ${again} of ${edits} edits were linked by themselves.`);
    });
  }
});

describe('linking again what declares something', () => {
  const edits: readonly (readonly [what: string, path: string, before: string, after: string])[] = [
    ['a key in a constant that other files use', '/src/keys.ts', "'new-pay'", "'old-pay'"],
    ['a key in an object that other files use', '/src/keys.ts', "'other-two'", "'other-2'"],
    ['a renamed constant that other files use', '/src/keys.ts', 'NEW_PAY', 'OLD_PAY'],
    ['a constant that goes away', '/src/keys.ts', "export const NEW_PAY = 'new-pay';\n", ''],
    ['a constant more', '/src/keys.ts', 'export const NEW_PAY', "export const MORE = 'more';\nexport const NEW_PAY"],
    [
      'a constant more, in the file of wrappers',
      '/src/client.ts',
      'export const client',
      'const x = 1;\nexport const client',
    ],
    ['a local name in a wrapper', '/src/client.ts', "const start = 'team-'", "const begin = 'team-'"],
    ['a start of keys', '/src/client.ts', "'team-'; return", "'squad-'; return"],
    ['what an accessor asks', '/src/client.ts', 'client.getBooleanValue(NEW_PAY', "client.getBooleanValue('other'"],
    ['an accessor that goes away', '/src/client.ts', 'client.getBooleanValue(NEW_PAY, false)', 'NEW_PAY'],
    ['an import that goes away', '/src/client.ts', "import { NEW_PAY } from './keys';\n", ''],
    ['an import of another name', '/src/page.ts', 'FeatureFlags, NEW_PAY', 'FeatureFlags, OTHERS as NEW_PAY'],
    ['a function more', '/src/page.ts', 'export function page', 'export function other() {}\nexport function page'],
    ['a name that another file passes on', '/src/index.ts', 'NEW_PAY as PAY', 'NEW_PAY as CASH'],
    ['a constant behind a name that is passed on', '/src/keys.ts', "NEW_PAY = 'new-pay'", "NEW_PAY = 'newer-pay'"],
    ['a constant in Python', '/lib/keys.py', '"py-pay"', '"py-cash"'],
    ['a constant in Go', '/go/flags/keys.go', '"go-pay"', '"go-cash"'],
  ];
  for (const [what, path, before, after] of edits) {
    it(what, async () => {
      const { files } = parseFixture(`${SHOP}${PASSED_ON}`);
      const languages = [...files.keys()].flatMap(at => languageOfPath(at)?.id ?? []);
      const repository = repositoryOf(await loadGrammars(...languages), files);
      const at = path.slice(1);
      const text = repository.text(at);
      assert.ok(text.includes(before));
      repository.edit(at, text.replaceAll(before, after));
      repository.edit(at, text);
      assert.equal(repository.again(), 2, 'Everything was linked.');
    });
  }
});

/** Names that a file passes on, and constants of other languages. */
const PASSED_ON = `
//- /src/index.ts
export { NEW_PAY as PAY } from './keys';
export * from './client';
//- /src/cart.ts
import { isOn, PAY } from './index';
export const cart = () => isOn(PAY);
//- /lib/keys.py
PAY = "py-pay"
//- /lib/app.py
from openfeature import api
from .keys import PAY
client = api.get_client()
def pay():
    return client.get_boolean_value(PAY, False)
//- /go/flags/keys.go
package flags
const Pay = "go-pay"
//- /go/flags/ask.go
package flags
import "github.com/open-feature/go-sdk/openfeature"
var client = openfeature.NewDefaultClient()
func ask() { client.Boolean(ctx, Pay, false, openfeature.EvaluationContext{}) }
`;
