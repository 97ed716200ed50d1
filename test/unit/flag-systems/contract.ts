/**
 * What every decoder of flag files must do, whatever its format: one sample in, and the same questions for all. A new decoder
 * passes this before anything else is said of it.
 */
import assert from 'node:assert/strict';
import type { FlagFile } from '../../../server/src/core/model.ts';
import { type FlagFileDecoder, LONGEST_FLAG_FILE } from '../../../server/src/sources/flag-systems/decoder.ts';
import { flagFileDecoders } from '../../../server/src/sources/flag-systems/registry.ts';

export interface DecoderSample {
  readonly path: string;
  readonly text: string;
  /** Keys in the file, in order. */
  readonly keys: readonly string[];
  /** The text with its first flag written twice. */
  readonly duplicated: string;
}

const NOW = Date.parse('2026-06-01T12:00:00Z');
const CONTEXT = { environment: 'production', now: NOW };

/** Registers the contract's tests for one decoder and one sample of its format. */
export function itDecodesByContract(decoder: FlagFileDecoder, sample: DecoderSample): void {
  const decode = (text: string) => decoder.decode(sample.path, text, CONTEXT);
  const isJson = sample.path.endsWith('.json');

  it('recognises its own shape, alone among all decoders', () => {
    const claiming = flagFileDecoders.filter(each => each.recognises(sample.path, sample.text));
    assert.deepEqual(
      claiming.map(each => each.system),
      [decoder.system],
    );
  });

  it('does not recognise other texts', () => {
    for (const text of ['', '{}', '[]', 'null', '{"flags": {}}', '{"features": []}', 'flags:\n', 'a: 1\n']) {
      assert.equal(decoder.recognises(sample.path, text), false, text);
    }
    assert.equal(decoder.recognises('src/app.ts', sample.text), false);
  });

  it('finds every flag, without problems, and says where it stands', () => {
    const file = decode(sample.text);
    assert.deepEqual(file.problems, []);
    assert.deepEqual(
      file.flags.map(flag => flag.key),
      sample.keys,
    );
    assert.equal(file.system, decoder.system);
    for (const flag of file.flags) {
      const place = flag.declaration;
      assert.ok(place, flag.key);
      assert.equal(place.path, sample.path);
      assert.equal(sample.text.slice(place.keySpan.start, place.keySpan.end), flag.key);
      assert.ok(place.span.start <= place.keySpan.start && place.span.end >= place.keySpan.end);
      for (const variation of flag.variations) if (variation.span) assertInside(variation.span, sample.text);
    }
  });

  it('says only what can be true', () => assertHonest(decode(sample.text)));

  it('reads the same with CRLF, a byte-order mark, and comments', () => {
    const expected = withoutPlaces(decode(sample.text));
    assert.deepEqual(withoutPlaces(decode(sample.text.replace(/\n/g, '\r\n'))), expected, 'CRLF');
    const marked = decode(`\ufeff${sample.text}`);
    assert.deepEqual(withoutPlaces(marked), expected, 'byte-order mark');
    const place = marked.flags[0]!.declaration!.keySpan;
    assert.equal(`\ufeff${sample.text}`.slice(place.start, place.end), sample.keys[0]);
    const comment = isJson ? '// a comment\n/* another */\n' : '# a comment\n';
    assert.deepEqual(withoutPlaces(decode(comment + sample.text)), expected, 'comments');
  });

  it('keeps what can be read of a file broken anywhere, and never throws', () => {
    for (let length = 0; length < sample.text.length; length += 3) {
      const text = sample.text.slice(0, length);
      const file = decode(text);
      assertHonest(file);
      for (const flag of file.flags) assertInside(flag.declaration!.span, text);
      for (const problem of file.problems) assert.equal(problem.place?.path, sample.path);
    }
    const broken = decode(sample.text.slice(0, sample.text.length - 4));
    assert.ok(broken.flags.length >= sample.keys.length - 1, 'flags before the break are kept');
  });

  it('survives any value where another belongs', () => {
    const scalar = isJson ? /(?<=: ?)("[^"]*"|true|false|\d+)/g : /(?<=: )(\S+)$/gm;
    const matches = [...sample.text.matchAll(scalar)];
    assert.ok(matches.length > 3);
    for (const match of matches) {
      for (const wrong of ['null', '-1', '{}', '[[]]', '"\\u0000"', '1e999', '{"__proto__": {"x": 1}}']) {
        const text = sample.text.slice(0, match.index) + wrong + sample.text.slice(match.index + match[0].length);
        assertHonest(decode(text));
      }
    }
  });

  it('survives texts that are nothing of the kind', () => {
    const texts = ['', ' ', '\0', 'null', '[]', '"x"', '{', '}', '{"flags":', '\ud800', '{{{{', '[[[[', ':', '&a *a'];
    for (const text of [...texts, '['.repeat(50_000), '{"flags":'.repeat(20_000), `${'a: '.repeat(2000)}1`]) {
      assertHonest(decode(text));
    }
  });

  it('reports a key that stands twice, and lets the last one count', () => {
    const file = decode(sample.duplicated);
    const duplicates = file.problems.filter(problem => problem.code === 'flag-file/duplicate');
    assert.equal(duplicates.length, 1);
    assert.equal(file.flags.filter(flag => flag.key === sample.keys[0]).length, 1);
    const first = sample.duplicated.indexOf(sample.keys[0]!);
    assert.deepEqual(duplicates[0]!.place?.span, { start: first, end: first + sample.keys[0]!.length });
  });

  it('refuses a file that is far too large', () => {
    const file = decode(sample.text + ' '.repeat(LONGEST_FLAG_FILE));
    assert.deepEqual(file.flags, []);
    assert.deepEqual(
      file.problems.map(problem => problem.code),
      ['flag-file/too-large'],
    );
  });
}

function assertHonest(file: FlagFile): void {
  for (const problem of file.problems) {
    assert.match(problem.code, /^flag-file\/[a-z-]+$/);
    assert.ok(problem.message.length > 20 && /[.]$/.test(problem.message.trim()), problem.message);
  }
  for (const flag of file.flags) {
    assert.ok(flag.key.length > 0);
    for (const date of [flag.created, flag.expires]) {
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
      if (state.shares) {
        const sum = state.shares.reduce((total, share) => total + share.percentage, 0);
        assert.ok(Math.abs(sum - 100) < 0.1, `shares add up to ${sum}`);
      }
    }
  }
}

function assertInside(span: { start: number; end: number }, text: string): void {
  assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, JSON.stringify(span));
}

/** The file as plain data without spans, so that texts with other line endings compare equal. */
function withoutPlaces(file: FlagFile): unknown {
  return JSON.parse(
    JSON.stringify(file, (key, value) => (key === 'span' || key === 'keySpan' || key === 'place' ? undefined : value)),
  );
}
