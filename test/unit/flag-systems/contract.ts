/**
 * What every decoder of flag files must do, whatever its format: one sample in, and the same questions for all. A new decoder
 * passes this before anything else is said of it.
 */
import assert from 'node:assert/strict';
import type { FlagFile, Problem } from '../../../server/src/core/model.ts';
import type { FlagFileDecoder } from '../../../server/src/sources/flag-systems/decoder.ts';
import { flagFileDecoders } from '../../../server/src/sources/flag-systems/registry.ts';
import { shapeOf } from '../../../server/src/sources/flag-systems/shape.ts';
import { LONGEST_FLAG_FILE } from '../../../server/src/sources/flag-systems/trees.ts';
import { FOREIGN_FILES } from './foreignFiles.ts';

export interface DecoderSample {
  readonly path: string;
  readonly text: string;
  /** Keys in the file, in order. */
  readonly keys: readonly string[];
  /** The text with its first flag written twice; null where a file holds one flag. */
  readonly duplicated: string | null;
  /** A file of so many flags; null where a file holds one flag. */
  readonly many: ((count: number) => string) | null;
  /** Found by the configuration alone, never by its shape. */
  readonly configured?: true;
}

const NOW = Date.parse('2026-06-01T12:00:00Z');
const CONTEXT = { environment: 'production', now: NOW };

/** Registers the contract's tests for one decoder and one sample of its format. */
export function itDecodesByContract(decoder: FlagFileDecoder, sample: DecoderSample): void {
  const decode = (text: string) => decoder.decode(sample.path, text, CONTEXT);
  const isJson = sample.path.endsWith('.json');
  const isYaml = /\.ya?ml$/.test(sample.path);
  const claimants = (path: string, text: string) =>
    flagFileDecoders.filter(each => each.recognises(shapeOf(path, text))).map(each => each.system);

  it('recognises its own shape, alone among all decoders', () => {
    if (sample.configured) return assert.deepEqual(claimants(sample.path, sample.text), []);
    assert.deepEqual(claimants(sample.path, sample.text), [decoder.system]);
    assert.deepEqual(claimants(sample.path, sample.text.replace(/\n/g, '\r\n')), [decoder.system], 'CRLF');
    assert.deepEqual(claimants(sample.path, `\ufeff${sample.text}`), [decoder.system], 'byte-order mark');
  });

  it('does not recognise other texts', () => {
    for (const text of ['', '{}', '[]', 'null', '{"flags": {}}', '{"features": []}', 'flags:\n', 'a: 1\n', '{', '"']) {
      assert.equal(decoder.recognises(shapeOf(sample.path, text)), false, text);
    }
    assert.equal(decoder.recognises(shapeOf('docs/flags.txt', sample.text)), false);
    for (const { path, text } of FOREIGN_FILES) assert.equal(decoder.recognises(shapeOf(path, text)), false, path);
  });

  it('finds every flag, without problems, and says where it stands', () => {
    const file = decode(sample.text);
    assert.deepEqual(file.problems, []);
    assertPlaced(file, sample.text, sample);
    assert.equal(file.system, decoder.system);
  });

  it('says only what can be true', () => assertHonest(decode(sample.text), sample.text));

  it('reads the same, at the right places, with CRLF, a byte-order mark, comments and several documents', () => {
    const expected = withoutPlaces(decode(sample.text));
    const variants: [string, string][] = [
      ['CRLF', sample.text.replace(/\n/g, '\r\n')],
      ['byte-order mark', `\ufeff${sample.text}`],
    ];
    if (isJson) {
      variants.push(['comments', `// a comment\n/* another: "x" { */\n${sample.text}`]);
      variants.push(['comments between', sample.text.replace(/\n/g, ' // "a": {\n')]);
      variants.push(['a trailing comma', sample.text.replace(/(["\]}])(\s*[\]}]\s*)$/, '$1,$2')]);
    }
    if (isYaml) {
      variants.push(
        ['comments', `# a comment\n${sample.text}`],
        ['a document before', `---\n# none\n---\n${sample.text}`],
      );
      variants.push(['a document behind', `${sample.text}---\nother: 1\n`]);
    }
    for (const [name, text] of variants) {
      const file = decode(text);
      assert.deepEqual(withoutPlaces(file), expected, name);
      assertPlaced(file, text, sample);
    }
  });

  it('keeps what stands before a break at any character, and never throws', () => {
    const whole = decode(sample.text);
    for (let length = 0; length < sample.text.length; length++) {
      const text = sample.text.slice(0, length);
      const file = decode(text);
      assertHonest(file, text);
      const kept = new Set(file.flags.map(flag => flag.key));
      for (const flag of whole.flags) {
        const complete = flag.declaration!.span.end < length;
        if (complete)
          assert.ok(kept.has(flag.key), `${flag.key} is lost at ${length}: ${JSON.stringify(text.slice(-30))}`);
      }
    }
  });

  it('keeps what stands before a stray character', () => {
    const whole = decode(sample.text);
    for (let at = 0; at < sample.text.length; at += isJson ? 11 : 29) {
      for (const stray of ['"', '{', ']', ':', '\u0000', '- ']) {
        const text = sample.text.slice(0, at) + stray + sample.text.slice(at);
        const file = decode(text);
        assertHonest(file, text);
        const kept = new Set(file.flags.map(flag => flag.key));
        // YAML gives the line of the break up, and what belongs to it.
        const before = isYaml ? sample.text.lastIndexOf('\n', at - 1) : at;
        const first = whole.flags[0];
        if (first !== undefined && first.declaration!.span.end < before && isJson) assert.ok(kept.has(first.key), text);
      }
    }
  });

  it('survives any value where another belongs', () => {
    const scalar = isJson ? /(?<=: ?)("[^"]*"|true|false|\d+)/g : /(?<=: )(\S+)$/gm;
    const matches = [...sample.text.matchAll(scalar)];
    if (isJson || isYaml) assert.ok(matches.length >= 3);
    for (const match of matches) {
      for (const wrong of [
        'null',
        '-1',
        '{}',
        '[[]]',
        '"\\u0000"',
        '1e999',
        '{"__proto__": {"x": 1}}',
        '"9999999999999"',
      ]) {
        const text = sample.text.slice(0, match.index) + wrong + sample.text.slice(match.index + match[0].length);
        assertHonest(decode(text), text);
      }
    }
  });

  it('survives any key', () => {
    for (const key of ['__proto__', 'constructor', 'toString', 'x'.repeat(20_000), '\u202eevil', 'a/b~c', '0']) {
      const text = sample.text.replaceAll(sample.keys[0]!, key);
      const file = decode(text);
      assertHonest(file, text);
      if (isJson) assert.ok(file.flags.some(flag => flag.key === key) || sample.keys.length === 0, key.slice(0, 20));
    }
  });

  it('survives texts that are nothing of the kind', () => {
    const texts = ['', ' ', '\0', 'null', '[]', '"x"', '{', '}', '{"flags":', '\ud800', '{{{{', '[[[[', ':', '&a *a'];
    const strange = ['['.repeat(50_000), '{"flags":'.repeat(20_000), `${'a: '.repeat(2000)}1`, '- '.repeat(20_000)];
    for (const text of [...texts, ...strange, ...FOREIGN_FILES.map(file => file.text)])
      assertHonest(decode(text), text);
  });

  if (sample.duplicated !== null) {
    const { duplicated } = sample;
    it('reports a key that stands twice, and lets the last one count', () => {
      const file = decode(duplicated);
      const duplicates = file.problems.filter(problem => problem.code === 'flag-file/duplicate');
      assert.equal(duplicates.length, 1);
      assert.equal(file.flags.filter(flag => flag.key === sample.keys[0]).length, 1);
      const first = decode(sample.text).flags[0]!.declaration!.keySpan.start;
      assert.deepEqual(duplicates[0]!.place?.span, { start: first, end: first + sample.keys[0]!.length });
    });
  }

  if (sample.many !== null) {
    const many = sample.many(10_000);
    it('reads 10,000 flags in bounded time', function () {
      this.timeout(60_000);
      const started = performance.now();
      const claimed = decoder.recognises(shapeOf(sample.path, many));
      const recognised = performance.now() - started;
      const file = decode(many);
      const took = performance.now() - started;
      assert.equal(claimed, sample.configured !== true, 'recognised');
      assert.equal(file.flags.length, 10_000);
      assert.ok(recognised < 500, `recognised in ${Math.round(recognised)} ms`);
      assert.ok(took < 20_000, `read in ${Math.round(took)} ms`);
    });
  }

  it('refuses a file that is far too large', () => {
    const file = decode(sample.text + ' '.repeat(LONGEST_FLAG_FILE));
    assert.deepEqual(file.flags, []);
    assert.deepEqual(
      file.problems.map(problem => problem.code),
      ['flag-file/too-large'],
    );
  });
}

function assertPlaced(file: FlagFile, text: string, sample: DecoderSample): void {
  assert.deepEqual(
    file.flags.map(flag => flag.key),
    sample.keys,
  );
  for (const flag of file.flags) {
    const place = flag.declaration;
    assert.ok(place, flag.key);
    assert.equal(place.path, sample.path);
    assert.equal(text.slice(place.keySpan.start, place.keySpan.end), flag.key);
    assert.ok(place.span.start <= place.keySpan.start && place.span.end >= place.keySpan.end);
    assertInside(place.span, text);
    for (const variation of flag.variations) if (variation.span) assertInside(variation.span, text);
  }
}

/** Asserts what must be true of any file, whatever stands in it. */
export function assertHonest(file: FlagFile, text: string): void {
  for (const problem of file.problems) assertUseful(problem, file.path, text);
  for (const flag of file.flags) {
    assert.ok(flag.key.length > 0);
    assertInside(flag.declaration!.span, text);
    assertInside(flag.declaration!.keySpan, text);
    for (const date of [flag.created, flag.expires, flag.changed?.time ?? null, flag.evaluated?.time ?? null]) {
      if (date !== null) assert.match(date, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    }
    for (const state of flag.environments) {
      assert.ok(state.summary.length > 0 && state.summary.length <= 80, state.summary);
      if (state.percentage !== null)
        assert.ok(state.percentage >= 0 && state.percentage <= 100, String(state.percentage));
      if (state.state === 'on') assert.equal(state.percentage, 100);
      if (state.state === 'off') assert.equal(state.percentage, 0);
      if (state.state === 'targeted' || state.state === 'unknown') assert.equal(state.percentage, null);
      if (state.state === 'partial') assert.equal(state.serves, undefined);
      for (const ring of state.rings ?? []) assert.ok(ring.percentage >= 0 && ring.percentage <= 100, ring.audience);
      if (state.shares) {
        const sum = state.shares.reduce((total, share) => total + share.percentage, 0);
        assert.ok(Math.abs(sum - 100) < 0.1, `shares add up to ${sum}`);
      }
    }
  }
}

function assertUseful(problem: Problem, path: string, text: string): void {
  assert.match(problem.code, /^flag-file\/[a-z-]+$/);
  assert.ok(problem.message.length > 20 && /[.]$/.test(problem.message.trim()), problem.message);
  assert.equal(problem.place?.path, path);
  const { start, end } = problem.place.span;
  assert.ok(
    start >= 0 && start <= end && start <= text.length && end <= text.length + 1,
    `${problem.message} ${start}–${end}`,
  );
}

function assertInside(span: { start: number; end: number }, text: string): void {
  assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, JSON.stringify(span));
}

/** The file as plain data without spans, so that texts with other line endings compare equal. */
function withoutPlaces(file: FlagFile): unknown {
  return JSON.parse(JSON.stringify(file, (key, value) => (IGNORED.has(key) ? undefined : value)));
}

const IGNORED = new Set(['span', 'keySpan', 'place', 'trees']);
