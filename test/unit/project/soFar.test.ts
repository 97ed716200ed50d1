// What is told while a repository is read: checks of the texts that are there, which the whole repository tells as well, and nothing that
// would have to be taken back. Files come in any order, some are linked meanwhile, and somebody types. And while many files are read
// again: what everything would tell that is there by then.
import assert from 'node:assert/strict';
import { createHost } from '../../../server/src/core/host.ts';
import type { Host } from '../../../server/src/core/hostInterface.ts';
import { languageOfPath } from '../../../server/src/core/languages/registry.ts';
import type { Check } from '../../../server/src/core/model.ts';
import type { Snapshot } from '../../../server/src/core/snapshot.ts';
import { decodeFlagFile } from '../../../server/src/sources/flag-systems/registry.ts';
import { loadGrammars } from '../../support/facts.ts';
import { parseFixture } from '../../support/fixture.ts';
import { wishedPaths } from '../../support/wishes.ts';
import { editedAt, fixturesOfChecks, randomNumbers, SHOP } from '../checks/editedFixtures.ts';

const now = () => 0;
/** Nobody else has to run. */
const pause = () => undefined;

async function hostOf(paths: Iterable<string>): Promise<Host> {
  const all = new Set(paths);
  const languages = [...all].flatMap(path => languageOfPath(path)?.id ?? []);
  const host = createHost({ grammars: await loadGrammars(...languages), decodeFlagFile, now });
  host.setPaths(all, new Map());
  return host;
}

describe('while a repository is read', () => {
  for (const [name, fixtures] of fixturesOfChecks()) {
    it(`tells of ${name} what the whole repository does`, async function () {
      this.timeout(120_000);
      const random = randomNumbers(name.length + fixtures.length);
      for (const source of fixtures) {
        const { files } = parseFixture(source);
        if (files.size > 1) await readAtRandom(files, random);
      }
    });
  }

  it('knows an open document and what it imports as soon as these are read', async () => {
    const { files } = parseFixture(SHOP);
    const host = await hostOf(files.keys());
    host.setCompleteness('reading');
    host.openDocument('src/page.ts', files.get('src/page.ts')!);
    assert.deepEqual(keysIn(host.snapshot(0), 'src/page.ts'), []);
    assert.deepEqual(wishedPaths(host.wishes()), ['src/client.ts', 'src/keys.ts', 'src/team.ts']);
    for (const path of ['src/client.ts', 'src/team.ts', 'src/keys.ts']) host.setText(path, files.get(path)!);
    await host.prepareLinks(pause);
    const whole = await hostOf(files.keys());
    for (const [path, text] of files) whole.setText(path, text);
    const known = keysIn(whole.snapshot(0), 'src/page.ts').filter(key => key !== null);
    assert.deepEqual(keysIn(host.snapshot(0), 'src/page.ts'), known);
  });

  it('links once for many requests, however many files come in between', async () => {
    const { files } = parseFixture(SHOP);
    const host = await hostOf([...files.keys(), ...Array.from({ length: 30 }, (_, at) => `other/${at}.ts`)]);
    host.setCompleteness('reading');
    for (const [path, text] of files) host.setText(path, text);
    host.openDocument('src/page.ts', files.get('src/page.ts')!);
    let turns = 0;
    const counting = () => {
      turns++;
      return undefined;
    };
    await host.prepareLinks(counting);
    const first = turns;
    for (let at = 0; at < 30; at++) {
      host.setText(`other/${at}.ts`, files.get('src/client.ts')!);
      await host.prepareLinks(counting);
      assert.ok(keysIn(host.snapshot(0), 'src/page.ts').length > 5);
    }
    assert.equal(turns, first, 'files that no open document imports link nothing');
  });

  it('ends a link of everything however many files come in between, and links the rest behind it', async () => {
    const { files } = parseFixture(SHOP);
    const host = await hostOf(files.keys());
    host.setCompleteness('reading');
    for (const [path, text] of files) if (path !== 'src/team.ts') host.setText(path, text);
    assert.deepEqual(keysIn(host.snapshot(0), 'src/client.ts'), []);
    let turns = 0;
    const wishes = await host.linkRead(() => {
      turns++;
      host.setText('src/team.ts', `// ${turns}\n${files.get('src/team.ts')!}`);
      return undefined;
    });
    assert.ok(turns > 10);
    assert.ok(wishes?.words.has('isOn'));
    assert.deepEqual(keysIn(host.snapshot(0), 'src/client.ts'), ['new-pay']);
    host.setCompleteness('complete');
    assert.ok(keysIn(host.snapshot(0), 'src/page.ts').includes('team-cart'));
  });

  it('gives a link up when it is told to', async () => {
    const { files } = parseFixture(SHOP);
    const host = await hostOf(files.keys());
    host.setCompleteness('reading');
    for (const [path, text] of files) host.setText(path, text);
    let turns = 0;
    const goesOn = () => ++turns < 4;
    assert.equal(await host.linkRead(pause, goesOn), null);
    assert.equal(turns, 4);
  });
});

describe('while files of a repository are read again', () => {
  for (const [name, fixtures] of fixturesOfChecks()) {
    it(`tells of ${name} what everything says that is there by then`, async function () {
      this.timeout(120_000);
      const random = randomNumbers(name.length + fixtures.length);
      for (const [at, source] of fixtures.entries()) {
        const { files } = parseFixture(source);
        if (files.size > 1 && at % 5 === 0) await changeAtRandom(files, random);
      }
    });
  }

  it('goes on telling what was known before, where nothing of it changed', async () => {
    const { files } = parseFixture(SHOP);
    const host = await hostOf([...files.keys(), 'src/other.ts']);
    for (const [path, text] of files) host.setText(path, text);
    const before = keysIn(host.snapshot(0), 'src/page.ts');
    host.setCompleteness('reading');
    host.setText('src/other.ts', files.get('src/client.ts')!);
    const known = keysIn(host.snapshot(0), 'src/page.ts');
    assert.ok(known.length > 5);
    assert.deepEqual(
      known,
      before.filter(key => key !== null),
    );
    host.setText('src/keys.ts', 'export const nothing = 1;');
    assert.ok(!keysIn(host.snapshot(0), 'src/page.ts').includes('new-pay'));
  });
});

/** Changes files of a host that has linked all of them, and asks in between. */
async function changeAtRandom(files: ReadonlyMap<string, string>, random: (limit: number) => number): Promise<void> {
  const texts = new Map(files);
  const sources = [...files.keys()].filter(path => languageOfPath(path) !== null);
  if (sources.length === 0) return;
  const open = sources[random(sources.length)]!;
  const wholeOf = async (): Promise<Host> => {
    const whole = await hostOf(files.keys());
    for (const [path, text] of texts) whole.setText(path, text);
    whole.openDocument(open, files.get(open)!);
    return whole;
  };
  const host = await wholeOf();
  host.snapshot(0);
  host.setCompleteness('reading');
  for (let step = 0; step < 4; step++) {
    const path = sources[random(sources.length)]!;
    const other = texts.get(sources[random(sources.length)]!)!;
    texts.set(path, editedAt(random, texts.get(path)!, other, files.get(path)!));
    host.setText(path, texts.get(path)!);
    if (random(3) === 0) await host.linkRead(pause);
    if (random(2) === 0) await host.prepareLinks(pause);
    const soFar = host.snapshot(0);
    assertInTexts(soFar);
    assertAmong(soFar, (await wholeOf()).snapshot(0), texts);
  }
  await host.linkRead(pause);
  host.setCompleteness('complete');
  assert.deepEqual(plain(host.snapshot(0)), plain((await wholeOf()).snapshot(0)));
}

/** Reads the files in some order into a host that is asked in between, and whose open document is edited. */
async function readAtRandom(files: ReadonlyMap<string, string>, random: (limit: number) => number): Promise<void> {
  const texts = new Map(files);
  const paths = [...files.keys()].filter(path => path !== 'flagbook.json');
  const sources = paths.filter(path => languageOfPath(path) !== null);
  if (sources.length === 0) return;
  const open = sources[random(sources.length)]!;
  const [host, whole] = [await hostOf(files.keys()), await hostOf(files.keys())];
  for (const [path, text] of files) whole.setText(path, text);
  host.setCompleteness('reading');
  if (files.has('flagbook.json')) host.setText('flagbook.json', files.get('flagbook.json')!);
  for (const each of [host, whole]) each.openDocument(open, files.get(open)!);
  const waiting = [...paths];
  while (waiting.length > 0) {
    const [path] = waiting.splice(random(waiting.length), 1);
    host.setText(path!, files.get(path!)!);
    if (random(3) === 0) await host.linkRead(pause);
    if (random(3) === 0) {
      const before = texts.get(open)!;
      const other = texts.get(sources[random(sources.length)]!)!;
      const after = editedAt(random, before, other, files.get(open)!);
      for (const each of [host, whole]) each.editDocument(open, [{ start: 0, oldEnd: before.length, inserted: after }]);
      texts.set(open, after);
    }
    if (random(2) === 0) await host.prepareLinks(pause);
    const soFar = host.snapshot(0);
    assertInTexts(soFar);
    assertAmong(soFar, whole.snapshot(0), texts);
  }
  await host.linkRead(pause);
  host.setCompleteness('complete');
  assert.deepEqual(plain(host.snapshot(0)), plain(whole.snapshot(0)));
}

/** No place is outside its text. */
function assertInTexts({ files }: Snapshot): void {
  for (const { text, checks } of files.values()) {
    for (const { span, keyPlace, keySpan, nameSpan, fallbackSpan } of checks) {
      for (const each of [span, keySpan, nameSpan, fallbackSpan]) assert.ok(each === null || each.end <= text.length);
      assert.ok(keyPlace === null || keyPlace.span.end <= files.get(keyPlace.path)!.text.length);
    }
  }
}

function assertAmong(some: Snapshot, all: Snapshot, texts: ReadonlyMap<string, string>): void {
  for (const [path, { checks }] of some.files) {
    const known = new Set((all.files.get(path)?.checks ?? []).map(sayOf));
    for (const check of checks) {
      const says = sayOf(check);
      assert.ok(known.has(says), `${says} is not among ${[...known].join('\n')} of ${path}\n${texts.get(path)}`);
    }
  }
}

function sayOf({ key, role, span, nameSpan, type }: Check): string {
  return `${role} of ${key} (${type}) from ${span.start} to ${span.end}, ${nameSpan.start}`;
}

function keysIn({ files }: Snapshot, path: string): readonly (string | null)[] {
  return (files.get(path)?.checks ?? []).map(({ key }) => key).sort();
}

function plain({ checks, files, flags }: Snapshot) {
  return [[...checks], [...flags.keys()], [...files].map(([path, view]) => [path, view.checks])];
}
