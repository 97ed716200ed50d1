/**
 * Every format, changed by chance: values of the wrong type, numbers that are none or far too large, weights below 0 and above 100,
 * keys that objects have by themselves, duplicates, circles, anchors, deep nesting, breaks in the middle. Seeds repeat; whatever comes, the
 * decoder, its language and the features that read a file say only what can be true, in bounded time.
 */
import assert from 'node:assert/strict';
import { defaultConfig } from '../../../server/src/core/config.ts';
import { completions } from '../../../server/src/core/features/completion.ts';
import { diagnostics } from '../../../server/src/core/features/diagnostics.ts';
import { hover } from '../../../server/src/core/features/hover.ts';
import { documentSymbols } from '../../../server/src/core/features/symbols.ts';
import type { FlagFile, JsonValue } from '../../../server/src/core/model.ts';
import { createProblems } from '../../../server/src/sources/flag-systems/problems.ts';
import { decodeFlagFile, flagFileDecoders } from '../../../server/src/sources/flag-systems/registry.ts';
import { plainValue, readTrees } from '../../../server/src/sources/flag-systems/trees.ts';
import { createRandom, type Random } from '../../support/random.ts';
import { worldOf } from '../../support/world.ts';
import { assertHonest, type DecoderSample } from './contract.ts';
import * as registries from './registrySamples.ts';
import * as first from './samples.ts';
import * as vendors from './vendorSamples.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const SEEDS = 60;
/** Far more than any of these small files takes on a busy machine. */
const PATIENCE = 2_000;

const samples = [...Object.entries(first), ...Object.entries(vendors), ...Object.entries(registries)].filter(
  (entry): entry is [string, DecoderSample] => entry[0].endsWith('Sample'),
);

/** Written as they stand here, without quotes. In YAML a bare `NaN` would be a text like any other. */
const RAW_JSON = [
  '1e999',
  '-1e999',
  '1e-999',
  '-0',
  '123456789012345678901234567890',
  'NaN',
  'Infinity',
  '0x1F',
  'undefined',
];
const RAW_YAML = [
  '.nan',
  '.inf',
  '-.inf',
  '~',
  '!!binary aGk=',
  '!!js/function x',
  '0o17',
  '2026-02-30',
  '*nothing',
  '&a 1',
  '|',
  '{<<: 1}',
];
const VALUES: readonly JsonValue[] = [
  ...[null, true, false, 0, -1, -50, 100.0001, 101, 250, 33.333, 1e21, 1e308, 5e-324, Number.MAX_SAFE_INTEGER],
  ...['', ' ', '-5', '150', '1e400', 'true', '\u0000', '\ud800', '\u202egnp.exe', '日本語', '🚀'.repeat(40)],
  ...['x'.repeat(3_000), '{{{{', '((((', 'not not not', '2026-13-45', '275760-09-13T00:00:00Z', '-000001-01-01'],
  ...[[], {}, [[]], [null], [{}], { '': '' }, { constructor: 1, toString: 2 }],
];
const KEYS = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  '',
  ' ',
  '日本語',
  'a/b~c',
  '<<',
  '*',
  '0',
  'é',
  '\u202e',
];

describe('every flag file format, changed by chance', function () {
  this.timeout(240_000);

  it('has a sample to change', () => {
    const systems = new Set(samples.map(([, { path, text }]) => decode(path, text)?.system));
    for (const { system } of flagFileDecoders) assert.ok(systems.has(system), system);
  });

  for (const [name, sample] of samples) {
    it(name, async () => {
      const { host } = await worldOf(`//- /${sample.path}\n${sample.text}`);
      host.openDocument(sample.path, sample.text);
      for (let seed = 1; seed <= SEEDS; seed++) {
        const random = createRandom(seed * 7919 + 17);
        const text = changed(sample, random);
        const started = performance.now();
        try {
          const file = decode(sample.path, text);
          if (file !== null) assertReadable(file, text);
          if (seed % 6 !== 0) continue;
          const before = host.documentText(sample.path)!;
          host.editDocument(sample.path, [{ start: 0, oldEnd: before.length, inserted: text }]);
          const snapshot = host.snapshot(NOW);
          diagnostics(snapshot, sample.path);
          documentSymbols(snapshot, sample.path);
          for (let i = 0; i < 8; i++) {
            const offset = random.between(0, text.length);
            hover(snapshot, sample.path, offset);
            completions(snapshot, sample.path, offset);
          }
        } catch (error) {
          const { message, stack } = error as Error;
          throw new assert.AssertionError({ message: `seed ${seed}: ${message}\n${stack}\n${text.slice(0, 4_000)}` });
        }
        const took = performance.now() - started;
        assert.ok(took < PATIENCE, `seed ${seed} took ${Math.round(took)} ms: ${text.slice(0, 400)}`);
      }
    });
  }
});

function decode(path: string, text: string): FlagFile | null {
  return decodeFlagFile(path, text, defaultConfig(), NOW);
}

/** What holds of any file, and of what its language read in it. */
function assertReadable(file: FlagFile, text: string): void {
  assertHonest(file, text);
  const isInside = ({ start, end }: { readonly start: number; readonly end: number }) =>
    start >= 0 && start <= end && end <= text.length;
  for (const flag of file.flags) {
    for (const { summary, clauses } of flag.environments) {
      for (const words of [summary, ...(clauses ?? [])])
        assert.doesNotMatch(words, /\bNaN\b|Infinity|undefined|\[object/, `${flag.key}: ${words}`);
    }
    for (const { name } of flag.variations) assert.equal(typeof name, 'string');
    assert.ok(flag.prerequisites.every(key => typeof key === 'string'));
  }
  for (const { span, whole, id } of file.places ?? []) {
    assert.ok(isInside(span) && isInside(whole) && typeof id === 'string', `${id} at ${span.start}–${span.end}`);
  }
  for (const { span, who, gets, title } of file.rules ?? []) {
    assert.ok(isInside(span), `${title} at ${span.start}–${span.end}`);
    assert.ok(who !== '' && gets !== '', `${title}: ${who} → ${gets}`);
    assert.doesNotMatch(gets, /\bNaN|Infinity|undefined|\[object/, `${title} gets ${gets}`);
  }
}

function changed(sample: DecoderSample, random: Random): string {
  const isYaml = /\.ya?ml$/.test(sample.path);
  const isData = isYaml || sample.path.endsWith('.json');
  const how = isData ? random.between(0, 5) : 5;
  if (how === 5) return spoilt(sample.text, random);
  const trees = readTrees(sample.path, sample.text, createProblems(sample.path));
  const values = trees.map(tree => structuredClone(toObjects(plainValue(tree))));
  for (let i = random.between(1, 4); i > 0; i--)
    for (const value of values) mutate(value, random, isYaml ? RAW_YAML : RAW_JSON);
  const texts = values.map(value => unquoteRaw(JSON.stringify(value, null, random.pick([0, 1, 2]))));
  const text = texts.join('\n---\n');
  switch (how) {
    case 0:
      return text.slice(0, random.between(0, text.length));
    case 1:
      return `\ufeff${text.replace(/\n/g, '\r\n')}`;
    case 2:
      return isYaml ? `# one\n---\n${text}\n---\n${text}\n...\n` : `/* { */ ${text} // }\n`;
    default:
      return text;
  }
}

/** Characters taken out, put in, doubled and swapped. */
function spoilt(text: string, random: Random): string {
  let result = text;
  for (let i = random.between(1, 6); i > 0; i--) {
    const at = random.between(0, result.length);
    const to = Math.min(result.length, at + random.between(0, 12));
    const put = random.pick([
      '',
      '"',
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '\n',
      '\t',
      '- ',
      '#',
      '\\',
      '\u0000',
      '\ufeff',
      '&a ',
      '*a',
      '<<: *a',
      '\r',
      result.slice(at, to).repeat(3),
    ]);
    result = result.slice(0, at) + put + result.slice(random.chance(0.5) ? to : at);
  }
  return result;
}

/** One value somewhere in the tree becomes another, or a key another key, or an entry stands twice. */
function mutate(root: JsonValue, random: Random, raw: readonly string[]): void {
  const holders: (JsonValue[] | Record<string, JsonValue>)[] = [];
  collect(root, holders);
  if (holders.length === 0) return;
  const holder = random.pick(holders);
  const keys = Object.keys(holder);
  if (keys.length === 0) return;
  const key = random.pick(keys);
  const set = (name: string, value: JsonValue) =>
    Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
  switch (random.between(0, 6)) {
    case 0:
      if (Array.isArray(holder)) holder.push(...structuredClone(holder));
      else set(random.pick(KEYS), (holder as Record<string, JsonValue>)[key]!);
      return;
    case 1:
      set(key, `@@${random.pick(raw)}@@`);
      return;
    case 2:
      // Whatever stands elsewhere in the file: so keys come to name themselves, and lists hold what others do.
      set(key, structuredClone(random.pick(holders)) as JsonValue);
      return;
    case 3:
      set(key, nested(random.between(1, 300), random.pick(['list', 'map'])));
      return;
    case 4:
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete (holder as Record<string, JsonValue>)[key];
      return;
    default:
      set(key, structuredClone(random.pick(VALUES)) as JsonValue);
  }
}

function collect(value: JsonValue, into: (JsonValue[] | Record<string, JsonValue>)[]): void {
  if (typeof value !== 'object' || value === null || into.length > 2_000) return;
  into.push(value as JsonValue[] | Record<string, JsonValue>);
  for (const inner of Object.values(value)) collect(inner as JsonValue, into);
}

function nested(depth: number, kind: 'list' | 'map'): JsonValue {
  let value: JsonValue = 1;
  for (let i = 0; i < depth; i++) value = kind === 'list' ? [value] : { and: value };
  return value;
}

/** Values whose maps are plain objects, so that they can be copied. */
function toObjects(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(toObjects);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toObjects(inner as JsonValue)]));
}

function unquoteRaw(text: string): string {
  return text.replace(/"@@([^"]*)@@"/g, '$1');
}
