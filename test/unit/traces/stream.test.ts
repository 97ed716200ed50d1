import assert from 'node:assert/strict';
import { createTraceReader, parseTraces } from '../../../server/src/core/traces/parse.ts';
import { outline } from './outline.ts';

const MEGABYTE = 1024 * 1024;

describe('traces: texts that come in pieces', () => {
  it('reads the same whatever the pieces are', () => {
    const text = [
      ...Array.from({ length: 30 }, (_, index) => `\u{1F6D2} GET /cart/${index} 200`),
      ...traceOf(1),
      '{"stack":"Error: folded\\n    at charge (/app/src/pay.ts:12:5)"}',
      ...Array.from({ length: 30 }, () => 'GET /health 200'),
      ...traceOf(2),
    ].join('\r\n');
    const whole = outline(parseTraces(text).traces);
    assert.match(whole, /Service3\.java:1022/);
    for (const size of [1, 2, 7, 64, 1000]) {
      const reader = createTraceReader();
      for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
      assert.equal(outline(reader.finish().traces), whole, `pieces of ${size}`);
    }
  });

  it('finds traces at any distance from the start, with their lines', () => {
    const reader = createTraceReader();
    const noise = 'GET /health 200\n'.repeat(5000);
    for (let round = 0; round < 4; round++) {
      reader.push(noise);
      reader.push('KeyError: 1\n    at f (/app/a.js:1:2)\n');
    }
    const { traces } = reader.finish();
    assert.deepEqual(
      traces.map(trace => trace.firstLine),
      [5001, 10_003, 15_005, 20_007],
    );
  });

  it('reads a trace that is longer than the lines in sight at first', () => {
    const frames = Array.from({ length: 9000 }, (_, index) => `\tat com.acme.Deep.call(Deep.java:${index + 1})`);
    const { traces } = parseTraces(['java.lang.StackOverflowError', ...frames, 'done'].join('\n'));
    assert.equal(traces.length, 1);
    assert.equal(traces[0]!.threads[0]!.errors[0]!.frames.length, 9000);
    assert.equal(traces[0]!.lastLine, 9001);
  });

  it('merges the goroutines of a dump that is longer than the window', () => {
    const reader = createTraceReader();
    reader.push('panic: stop\n\n');
    const each = 30_000;
    for (let index = 0; index < each; index++)
      reader.push(
        `goroutine ${index + 1} [select, ${index % 50} minutes]:\nmain.wait(0x${index})\n\t/app/wait.go:${(index % 3) + 1} +0x1\n\n`,
      );
    const { traces } = reader.finish();
    assert.equal(traces.length, 1);
    assert.deepEqual(
      traces[0]!.threads.map(thread => thread.count),
      [each / 3, each / 3, each / 3],
    );
    assert.equal(traces[0]!.lastLine, 2 + each * 4 - 1);
  });

  it('keeps no more frames than anybody reads, and says so', () => {
    const reader = createTraceReader();
    for (let index = 0; index < 6000; index++) reader.push(`${traceOf(index % 10).join('\n')}\n`);
    const { traces, problems } = reader.finish();
    const frames = traces.reduce((sum, trace) => sum + trace.threads[0]!.errors[0]!.frames.length, 0);
    assert.ok(frames <= 100_000);
    assert.equal(problems.length, 1);
    assert.match(problems[0]!.message, /^From line \d+ on, \d+ traces like those above are only counted/);
  });

  it('reads 50 MB in bounded memory', function () {
    this.timeout(60_000);
    const before = process.memoryUsage().rss;
    const started = process.cpuUsage();
    const reader = createTraceReader();
    let size = 0;
    let peak = 0;
    for (let index = 0; size < 50 * MEGABYTE; index++) {
      const noise = `2026-09-28T06:52:48.${String(index % 1000).padStart(3, '0')}Z INFO [exec-${index % 10}] web - GET /orders/${index} done\n`;
      const piece = `${noise.repeat(400)}${traceOf(index).join('\n')}\n`;
      reader.push(piece);
      size += piece.length;
      if (index % 64 === 0) peak = Math.max(peak, process.memoryUsage().rss);
    }
    const { traces } = reader.finish();
    const { user, system } = process.cpuUsage(started);
    assert.ok(traces.length > 1000);
    const seconds = (user + system) / 1e6;
    const megabytes = (peak - before) / MEGABYTE;
    assert.ok(megabytes < 250, `${Math.round(megabytes)} MB more than before`);
    assert.ok(seconds < 30, `${seconds.toFixed(1)} s of processor time`);
  });
});

function traceOf(seed: number): readonly string[] {
  const frames = Array.from(
    { length: 20 },
    (_, index) => `\tat com.acme.shop.Service${index}.call(Service${index}.java:${index * 7 + 1 + (seed % 5) * 1000})`,
  );
  return [`java.lang.IllegalStateException: order ${seed} is closed`, ...frames];
}
