import assert from 'node:assert/strict';
import { defaultConfig } from '../../../server/src/core/config.ts';
import { createFlagChangeCollector, fileStateOf } from '../../../server/src/core/history/flagChanges.ts';
import type { CommitMoment, Flag, FlagFile, JsonValue } from '../../../server/src/core/model.ts';
import { flagIdentity } from '../../../server/src/core/model.ts';
import { decodeFlagFile, versionsDecoder } from '../../../server/src/sources/flag-systems/registry.ts';
import { type Content, type Edit, readFileChanges } from '../../../server/src/sources/git/fileChanges.ts';
import type { Repository } from '../../../server/src/sources/git/repository.ts';
import { createRandom, type Random } from '../../bench/random.ts';
import { environmentOf, flagOf } from '../../support/snapshot.ts';
import * as registrySamples from '../flag-systems/registrySamples.ts';
import * as samples from '../flag-systems/samples.ts';
import * as vendorSamples from '../flag-systems/vendorSamples.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
/** No git is asked while all versions are at hand. */
const nowhere = { kind: 'ok', root: '/nowhere', boundary: new Set<string>() } as unknown as Repository;

describe('what the edits of a file did to its flags', () => {
  const all = Object.values({ ...samples, ...vendorSamples, ...registrySamples }).flatMap(sample =>
    typeof sample === 'object' && 'text' in sample && isJson(sample.text) ? [sample] : [],
  );
  for (const { path, text } of all) {
    it(`is the same whether whole versions are decoded or what differs: ${path}, ${text.length} characters`, async () => {
      for (let seed = 1; seed <= 12; seed++) {
        const texts = versionsOf(text, createRandom(seed));
        const file = decodeFlagFile(path, texts[0]!, defaultConfig(), NOW);
        if (file === null) continue;
        const decode = versionsDecoder(file, defaultConfig(), NOW);
        const { edits, known } = historyOf(texts);
        // A version that is missing, and edits of two branches.
        known.set(`v${2 + (seed % 9)}`, { text: null });
        edits.splice(1 + (seed % 8), 2, ...edits.slice(1 + (seed % 8), 3 + (seed % 8)).reverse());
        const read = await readFileChanges(nowhere, { ...file, decode, edits, isCut: false }, new Set(), { known });
        assert.ok(read.kind === 'ok');
        assert.deepEqual([...read.changes], [...wholeChanges(file, edits, known, decode)], `seed ${seed}`);
      }
    });
  }

  const decodeNumbers = (counted: { count: number }) => (text: string) => {
    counted.count += Object.keys(JSON.parse(text)).length;
    return Object.entries(JSON.parse(text) as Record<string, number>).map(([key, percentage]) =>
      flagOf(key, { environments: [environmentOf({ state: 'partial', percentage, summary: `${percentage}%` })] }),
    );
  };

  it('decodes the flags that an edit changed, and no others', async () => {
    const texts = Array.from({ length: 100 }, (_, version) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`f${i}`, i === version ? 1 : 0]))),
    );
    const counted = { count: 0 };
    const { edits, known } = historyOf(texts);
    const flags = Array.from({ length: 200 }, (_, i) => flagOf(`f${i}`));
    const file = { flags, decode: decodeNumbers(counted), edits, isCut: false };
    const read = await readFileChanges(nowhere, file, new Set(), { known });
    assert.ok(read.kind === 'ok');
    assert.ok(counted.count < 1000, `${counted.count} flags were decoded`);
    assert.deepEqual(
      read.changes.get(flagIdentity(flagOf('f98')))!.map(({ what }) => what),
      ['1% → 0%', '0% → 1%', 'added at 0%'],
    );
  });

  it('says how far back it read a history that is too long', async () => {
    const texts = Array.from({ length: 60 }, (_, version) =>
      JSON.stringify({ pay: version === 59 ? 7 : 5, v: version }),
    );
    const { edits, known } = historyOf(texts);
    const file = { flags: [flagOf('pay')], decode: decodeNumbers({ count: 0 }), edits, isCut: false };
    const cut = await readFileChanges(nowhere, file, new Set(), { known, budget: 100 });
    assert.ok(cut.kind === 'ok');
    assert.notEqual(cut.readBackTo, null);
    assert.deepEqual(cut.changes.get(flagIdentity(flagOf('pay'))), []);
    const whole = await readFileChanges(nowhere, file, new Set(), { known });
    assert.ok(whole.kind === 'ok');
    assert.equal(whole.readBackTo, null);
    const limited = await readFileChanges(nowhere, { ...file, edits: edits.slice(0, 3), isCut: true }, new Set(), {
      known,
    });
    assert.ok(limited.kind === 'ok');
    assert.equal(limited.readBackTo, edits[2]!.moment);
  });
});

/** Versions by name, newest first, each made from the next one; the oldest adds the file. */
function historyOf(texts: readonly string[]): { readonly edits: Edit[]; readonly known: Map<string, Content> } {
  const edits = texts.map((_, index): Edit => {
    const commit = String(index).padStart(40, '0');
    const moment: CommitMoment = {
      commit,
      time: new Date(NOW - index * 1e7).toISOString(),
      author: 'Ann',
      subject: 's',
    };
    const before = index + 1 < texts.length ? `v${index + 1}` : null;
    return { moment, path: 'x', from: null, before, after: `v${index}` };
  });
  return { edits, known: new Map(texts.map((text, index) => [`v${index}`, { text }])) };
}

function wholeChanges(
  { flags }: FlagFile,
  edits: readonly Edit[],
  known: ReadonlyMap<string, Content>,
  decode: (text: string) => readonly Flag[] | null,
) {
  const collector = createFlagChangeCollector(flags);
  const stateOf = (name: string | null) => {
    const text = name === null ? null : known.get(name)!.text;
    const decoded = text === null ? null : decode(text);
    return name === null ? 'absent' : decoded === null ? 'unreadable' : fileStateOf(decoded);
  };
  for (const { moment, before, after } of edits)
    collector.add({ moment, before: stateOf(before), after: stateOf(after) });
  return collector.finish();
}

function versionsOf(text: string, random: Random): readonly string[] {
  let value = JSON.parse(text) as JsonValue;
  const texts = [JSON.stringify(value)];
  for (let version = 0; version < 12; version++) {
    value = mutated(value, random, 0);
    texts.push(JSON.stringify(value, null, random.below(3)));
  }
  return texts;
}

/** The value with one thing changed, taken away or doubled, somewhere inside. */
function mutated(value: JsonValue, random: Random, depth: number): JsonValue {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return random.below(100);
  if (typeof value !== 'object' || value === null) return value === 'on' ? 'off' : value === 'off' ? 'on' : value;
  const entries: (readonly [string, JsonValue])[] = Object.entries(value);
  if (entries.length === 0) return value;
  const at = random.below(entries.length);
  const [name, child] = entries[at]!;
  const choice = depth < 1 ? 2 : random.below(12);
  if (choice === 0) entries.splice(at, 1);
  else if (choice === 1) entries.push([`${name}-${random.below(9)}`, child]);
  else entries[at] = [name, mutated(child, random, depth + 1)];
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
