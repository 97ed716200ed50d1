/** How analysed traces are shown: what to look at first, what repeats, what was guessed, and what is masked. */
import assert from 'node:assert/strict';
import { plainPaint } from '../../../server/src/core/flags/telling/text.ts';
import { analyseTraces, NO_KNOWLEDGE, type TraceAnalysis } from '../../../server/src/core/traces/analyse.ts';
import { toTraceDocument } from '../../../server/src/core/traces/document.ts';
import { tracesMarkdown } from '../../../server/src/core/traces/markdown.ts';
import { parseTraces } from '../../../server/src/core/traces/parse.ts';
import { redactAnalysis } from '../../../server/src/core/traces/redact.ts';
import { renderTraces } from '../../../server/src/core/traces/text.ts';
import { worldOf } from '../../support/world.ts';

const SHOP = `
//- /src/pay.ts
export function charge(order: string): void {
  if (order === '') throw new Error('no order');
}
//- /src/cart.ts
import { charge } from './pay.ts';
export function checkout(order: string): void {
  charge(order);
}
//- /packages/a/index.ts
export const a = 1;
//- /packages/b/index.ts
export const b = 2;
`;

const TRACE = [
  'PayError: order of ann@shop.example failed',
  '    at checkout (/srv/app/src/cart.ts:3:3)',
  '    at /home/ann/.nvm/lib/node_modules/run/index.js:1:2 {',
  '  [cause]: Error: no order, token=abc123def, from 10.1.2.3',
  '      at charge (/srv/app/src/pay.ts:2:27)',
  '      at checkout (/srv/app/src/cart.ts:3:3) {',
  '  }',
  '}',
].join('\n');

describe('a trace, shown', () => {
  let analyse: (text: string) => TraceAnalysis;

  before(async () => {
    const { snapshot } = await worldOf(SHOP);
    analyse = text => analyseTraces(parseTraces(text), snapshot, NO_KNOWLEDGE);
  });

  const textOf = (analysis: TraceAnalysis) => renderTraces('crash.log', analysis, plainPaint);

  it('marks the frame to look at first, and says why', () => {
    const text = textOf(analyse(TRACE));
    assert.match(text, /^▸ {2}0 {2}charge {4}src\/pay\.ts:2\n {8}look here first: it threw in the root cause, Error$/m);
    assert.equal(text.match(/▸/g)?.length, 1);
    const markdown = tracesMarkdown(analyse(TRACE));
    assert.match(
      markdown,
      /`charge` \[src\/pay\.ts:2\].*\*\*← look here first\*\* \(it threw in the root cause, Error\)/,
    );
    const [trace] = toTraceDocument('crash.log', analyse(TRACE)).traces;
    assert.deepEqual([trace!.culprit?.error, trace!.culprit?.frame, trace!.firstLine, trace!.lastLine], [1, 0, 1, 8]);
  });

  it('says once what Go prints twice of a panic that was recovered and raised again', () => {
    const again =
      'panic: no items [recovered]\n\tpanic: no items\n\ngoroutine 1 [running]:\nmain.total(0x1)\n\t/srv/app/src/pay.go:2 +0x1\n';
    const text = textOf(analyse(again));
    assert.equal(text.match(/no items/g)?.length, 1, text);
    assert.match(
      textOf(analyse(again.replace('panic: no items\n\ngo', 'panic: other\n\ngo'))),
      /While handling: panic: no items/,
    );
  });

  it('suggests the mappings that were guessed, ready-made, in every format', () => {
    const analysis = analyse(TRACE);
    assert.match(textOf(analysis), /"traces": \{ "mappings": \[\{ "from": "\/srv\/app", "to": "" \}\] \}/);
    assert.match(tracesMarkdown(analysis), /\{ "from": "\/srv\/app", "to": "" \}/);
    assert.deepEqual(toTraceDocument('crash.log', analysis).suggestedMappings, [{ from: '/srv/app', to: '' }]);
  });

  it('suggests nothing where nothing had to be guessed', () => {
    const analysis = analyse('Error: x\n    at charge (src/pay.ts:2:27)');
    assert.doesNotMatch(textOf(analysis), /guessed/);
    assert.deepEqual(toTraceDocument('crash.log', analysis).suggestedMappings, []);
  });

  it('shows every file that an ambiguous frame may mean, with reasons, and chooses none', () => {
    const analysis = analyse('Error: x\n    at f (/other/place/index.ts:1:1)');
    const text = textOf(analysis);
    assert.match(
      text,
      /^ {8}perhaps packages\/a\/index\.ts:1 \(1 of 3 path segments.*\)\n {8}perhaps packages\/b\/index\.ts:1 \(/m,
    );
    const frame = toTraceDocument('crash.log', analysis).traces[0]!.threads[0]!.errors[0]!.frames[0]!;
    assert.equal(frame.resolved, null);
    assert.deepEqual(
      frame.candidates?.map(({ path, because }) => [path, because[0]]),
      [
        ['packages/a/index.ts', '1 of 3 path segments'],
        ['packages/b/index.ts', '1 of 3 path segments'],
      ],
    );
  });

  it('tells a trace that repeats once, with how often and where last', () => {
    const noise = 'GET / 200\n';
    const again = Array.from(
      { length: 5 },
      (_, index) => `Error: order ${index}\n    at charge (/srv/app/src/pay.ts:2:27)\n`,
    );
    const text = textOf(analyse(again.join(noise)));
    assert.match(text, /^crash\.log:1 \(javascript, 5 times, last on line 13\)$/m);
    assert.equal(text.match(/src\/pay\.ts:2/g)?.length, 1);
    assert.equal(toTraceDocument('crash.log', analyse(again.join(noise))).traces.length, 5);
  });

  it('masks values in every format, and no frame', () => {
    const analysis = redactAnalysis(analyse(TRACE));
    const json = JSON.stringify(toTraceDocument('crash.log', analysis));
    for (const written of [textOf(analysis), tracesMarkdown(analysis), json]) {
      assert.doesNotMatch(written, /ann@|\/home\/ann|abc123def|10\.1\.2\.3/);
      assert.match(written, /email/);
      assert.match(written, /src\/pay\.ts/);
    }
    const plain = toTraceDocument('crash.log', analyse(TRACE));
    const masked = toTraceDocument('crash.log', analysis);
    const places = (document: typeof plain) =>
      document.traces.flatMap(trace =>
        trace.threads.flatMap(({ errors }) =>
          errors.flatMap(({ frames }) => frames.map(frame => [frame.function, frame.line, frame.resolved?.path])),
        ),
      );
    assert.deepEqual(places(masked), places(plain));
  });

  it('says that a trace has no frame of this repository', () => {
    assert.match(
      textOf(analyse('java.lang.Error: x\n\tat java.util.List.get(List.java:3)')),
      /No frame of this repository/,
    );
  });
});
