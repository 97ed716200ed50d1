/**
 * Traces as the runtimes and tools print them, one file of `samples/` for some runtimes: `=== name`, the text, `--- found`, and
 * the outline of what must be found in it. All of them are our own. Whatever is found must also be found in a paste of all.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTraces } from '../../../server/src/core/traces/parse.ts';
import { outline } from './outline.ts';

interface Sample {
  readonly name: string;
  readonly text: string;
  readonly found: string;
}

const folder = join(import.meta.dirname, 'samples');

for (const file of readdirSync(folder)) {
  describe(`traces: samples of ${file.replace(/\.txt$/, '')}`, () => {
    const samples = readSamples(readFileSync(join(folder, file), 'utf8'));
    for (const { name, text, found } of samples) {
      it(name, () => assert.equal(outline(parseTraces(text).traces), found));

      it(`${name}, quoted in a mail`, () => {
        const quoted = text
          .split('\n')
          .map(line => `> ${line}`)
          .join('\n');
        assert.equal(framesIn(quoted), framesIn(text));
      });

      it(`${name}, from a container`, () => {
        const stamped = text
          .split('\n')
          .map(line => `2026-01-02T03:04:05.123456789Z stderr F ${line}`)
          .join('\n');
        assert.equal(framesIn(stamped), framesIn(text));
      });
    }
  });
}

function framesIn(text: string): number {
  return parseTraces(text).traces.reduce(
    (sum, trace) =>
      sum +
      trace.threads.reduce(
        (inner, { errors }) => inner + errors.reduce((all, { frames }) => all + frames.length, 0),
        0,
      ),
    0,
  );
}

function readSamples(content: string): readonly Sample[] {
  return content
    .split(/^=== /m)
    .slice(1)
    .map(part => {
      const nameEnd = part.indexOf('\n');
      const divider = part.indexOf('\n--- found\n');
      return {
        name: part.slice(0, nameEnd).trim(),
        text: part.slice(nameEnd + 1, divider),
        found: part.slice(divider + '\n--- found\n'.length).trimEnd(),
      };
    });
}
