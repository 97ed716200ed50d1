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

describe('traces: lines of traces, repeated without end', () => {
  it('take linear time', function () {
    this.timeout(60_000);
    const lines = new Set(
      readdirSync(folder).flatMap(file =>
        readSamples(readFileSync(join(folder, file), 'utf8')).flatMap(({ text }) => text.split('\n')),
      ),
    );
    const slow = [...lines].filter(line => {
      const started = process.cpuUsage();
      parseTraces(`${line}\n`.repeat(400));
      // A quarter of a millisecond a line is a hundred times what one takes.
      return process.cpuUsage(started).user > 100_000 && milliseconds(line, 4000) > 5 * milliseconds(line, 1000) + 200;
    });
    assert.deepEqual(slow, []);
  });
});

function milliseconds(line: string, times: number): number {
  const started = process.cpuUsage();
  parseTraces(`${line}\n`.repeat(times));
  return process.cpuUsage(started).user / 1000;
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
