/** The rows of the Trace view, and what a trace is called: over fixtures, with real grammars and no disk. */
import assert from 'node:assert/strict';
import type { TraceRow } from '../../../server/src/core/features/traceRow.ts';
import { traceView } from '../../../server/src/core/features/traceView.ts';
import { analyseTraces } from '../../../server/src/core/traces/analyse.ts';
import { parseTraces } from '../../../server/src/core/traces/parse.ts';
import { recogniseTrace } from '../../../server/src/core/traces/recognise.ts';
import { knowledgeOfWays } from '../../support/ways.ts';
import { worldOf } from '../../support/world.ts';

const SHOP = `
//- /src/pay.ts
import { OpenFeature } from '@openfeature/server-sdk';
const flags = OpenFeature.getClient();

export async function charge(order: string): Promise<void> {
  if (await flags.getBooleanValue('new-psp', false)) {
    await psp(order);
  }
}
//- /src/index.ts
import { charge } from './pay.ts';
export async function main(): Promise<void> {
  await charge('1');
}
//- /apps/a/util.ts
export const a = 1;
//- /apps/b/util.ts
export const b = 1;
//- /prod.flagd.json
{ "flags": {
  "new-psp": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" }
} }
//- /staging.flagd.json
{ "flags": {
  "new-psp": { "state": "DISABLED", "variants": { "on": true, "off": false }, "defaultVariant": "off" }
} }
//- /flagbook.json
{ "flagSystems": [
  { "kind": "flagd", "files": ["prod.flagd.json"], "environment": "production" },
  { "kind": "flagd", "files": ["staging.flagd.json"], "environment": "staging" }
] }
//- /docs/runbooks/pay.md
---
code: ["src/pay.ts#charge"]
---
# Payments
`;

const TRACE = `PspError: no answer
    at request (/app/node_modules/psp/index.js:10:3)
    at retry (/app/node_modules/psp/retry.js:4:3)
    at async charge (/app/src/pay.ts:6:11)
    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)
    at async main (/app/src/index.ts:3:9) {
  [cause]: Error: socket closed
      at connect (node:net:1:1)
}
`;

async function viewOf(text: string) {
  const { snapshot } = await worldOf(SHOP);
  const parsed = parseTraces(text);
  const analysis = analyseTraces(parsed, snapshot, await knowledgeOfWays(parsed, snapshot));
  return { ...traceView(snapshot, analysis), analysis };
}

/** One line a row, indented; `>` a row that is open, `*` a step, `!` the culprit. */
function outline(rows: readonly TraceRow[], depth = 0): readonly string[] {
  return rows.flatMap(row => {
    const marks = `${row.expanded ? '>' : ''}${row.step ? '*' : ''}${row.culprit ? '!' : ''}`;
    const said = [row.kind, row.label, row.description === null ? '' : `(${row.description})`, marks];
    const line = `${'  '.repeat(depth)}${said.filter(part => part !== '').join(' ')}`;
    return [line, ...outline(row.children, depth + 1)];
  });
}

describe('the Trace view', () => {
  it('has errors with their causes, folded libraries, and what is known of each frame', async () => {
    const { rows } = await viewOf(TRACE);
    assert.deepEqual(outline(rows), [
      'error PspError (no answer) >',
      '  library 2 library frames (request, retry)',
      '    frame request (index.js:10)',
      '    frame retry (retry.js:4)',
      '  frame charge (pay.ts:6 · look here first · new-psp on) >*!',
      '    flag new-psp (on in production, off in staging, reached only when on)',
      '    runbook Payments (code: src/pay.ts#charge)',
      '  library 1 library frame (process.processTicksAndRejections)',
      '    frame process.processTicksAndRejections (task_queues:105)',
      '  frame main (index.ts:3) *',
      '  error Caused by Error (socket closed)',
      '    library 1 library frame (connect)',
      '      frame connect (node:net:1)',
      'group Runbooks (1) >',
      '  runbook Payments (code: src/pay.ts#charge)',
    ]);
  });

  it('is called after the error and the place to look at first, and says why', async () => {
    const { title, advice } = await viewOf(TRACE);
    assert.equal(title, 'PspError in pay.ts:6');
    assert.equal(advice, 'Look first at charge, pay.ts:6: innermost of your frames.');
  });

  it('is stepped through from the deepest cause towards the callers of the error', async () => {
    const cause = TRACE.replace('at connect (node:net:1:1)', 'at dial (/app/src/pay.ts:5:1)');
    const { rows, steps } = await viewOf(cause);
    const all = (row: TraceRow): readonly TraceRow[] => [row, ...row.children.flatMap(all)];
    const labels = new Map(rows.flatMap(all).map(row => [row.id, row.label]));
    assert.deepEqual(
      steps.map(id => labels.get(id)),
      ['dial', 'charge', 'main'],
    );
  });

  it('says every row in words, for who cannot see its icon', async () => {
    const { rows } = await viewOf(TRACE);
    const all = (row: TraceRow): readonly TraceRow[] => [row, ...row.children.flatMap(all)];
    const spoken = rows.flatMap(all).map(row => row.spoken);
    assert.ok(spoken.every(words => words.length > 3));
    assert.ok(spoken.includes('Likely culprit, charge, pay.ts:6, flag new-psp on in production, off in staging'));
  });

  it('shows candidates where several files fit, and does not step there', async () => {
    const { rows } = await viewOf('Error: x\n    at f (/bundle/util.ts:1:1)\n    at g (/bundle/util.ts:1:2)\n');
    const lines = outline(rows);
    assert.ok(
      lines.some(line => /frame f \(util\.ts:1 · perhaps one of 2/.test(line)),
      lines.join('\n'),
    );
    assert.ok(lines.some(line => /candidate apps\/a\/util\.ts:1/.test(line)));
    assert.ok(!lines.some(line => line.includes('*')));
  });

  it('puts threads with your code first, counts those that are alike, and bounds what it shows', async () => {
    const goroutine = (id: number, state: string, path: string) =>
      `goroutine ${id} [${state}]:\nmain.f${path.length}()\n\t${path}:3 +0x1d\n\n`;
    const many = Array.from({ length: 300 }, (_, i) => goroutine(i + 10, 'running', `/usr/local/go/src/a${i}/b.go`));
    const { rows } = await viewOf(`panic: x\n\n${many.join('')}${goroutine(9000, 'running', '/app/src/pay.ts')}`);
    const threads = rows.filter(row => row.kind === 'thread');
    assert.ok(threads.length <= 200);
    assert.match(rows.find(row => row.id.endsWith(':more'))?.label ?? '', /^\d+ more threads$/);
  });

  it('has several traces of a text one below the other, the one with the culprit open', async () => {
    const other = 'java.lang.IllegalStateException: y\n\tat org.other.A.b(A.java:1)\n\tat org.other.A.c(A.java:2)\n';
    const { rows, title } = await viewOf(`${other}\n\n${TRACE}`);
    const traces = rows.filter(row => row.kind === 'trace');
    assert.deepEqual(
      traces.map(row => [row.label, row.expanded]),
      [
        ['IllegalStateException in A.java:1', false],
        ['PspError in pay.ts:6', true],
      ],
    );
    assert.equal(title, 'PspError in pay.ts:6 and 1 more trace');
  });

  it('has no row twice, so that the editor can tell them apart', async () => {
    const { rows } = await viewOf(`${TRACE}\n${TRACE}`);
    const ids = (row: TraceRow): readonly string[] => [row.id, ...row.children.flatMap(ids)];
    const all = rows.flatMap(ids);
    assert.equal(new Set(all).size, all.length);
  });
});

describe('a trace in the output of a command', () => {
  const recognised = async (text: string) => recogniseTrace(text, (await viewOf(text)).analysis);

  it('is worth offering when a frame is of this repository', async () => {
    const found = await recognised(`$ npm start\nlistening\n${TRACE}$ `);
    assert.equal(found?.title, 'PspError in pay.ts:6');
    assert.equal(found?.text, TRACE.trimEnd());
  });

  it('has the same fingerprint whatever it says and whenever it comes', async () => {
    const [first, second] = [
      await recognised(TRACE),
      await recognised(`12:00:01 ${TRACE.replace('no answer', 'still none')}`),
    ];
    assert.equal(first?.fingerprint, second?.fingerprint);
    const other = await recognised(TRACE.replace('pay.ts:6:11', 'pay.ts:5:11'));
    assert.notEqual(first?.fingerprint, other?.fingerprint);
  });

  it('is nobody else’s, and no prose', async () => {
    assert.equal(await recognised('Error: x\n    at f (/opt/other/x.js:1:1)\n'), null);
    assert.equal(await recognised('The error in src/pay.ts:6 was mended in May.\n'), null);
    assert.equal(await recognised(''), null);
  });
});
