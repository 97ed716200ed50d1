// Requests about stack traces over stdio, on the demo shop: the Trace view, links of a terminal's lines, links from outside.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import type {
  DeepLinkResult,
  RecogniseTraceResult,
  TerminalLinksResult,
  TraceFileResult,
  TraceMarkdownResult,
  TraceNode,
  TraceResult,
} from '../../server/src/lsp/protocol.ts';
import { demoWorkspace } from '../support/demoWorkspace.ts';
import { type Editor, startEditor, uriOfPath } from '../support/editor.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';

const trace = (name: string) => readFileSync(join(demoWorkspace(), 'traces', name), 'utf8');
const uriOf = (path: string) => uriOfPath(join(demoWorkspace(), path));

describe('stack traces over the protocol', () => {
  let editor: Editor;
  before(async () => {
    editor = await startEditor({ folders: [demoWorkspace()], initialization: { now: '2026-11-01T09:00:00Z' } });
    await editor.settled();
  });
  after(() => editor.shutdown());

  it('become a titled page and the rows of a tree', async () => {
    const result = await editor.request<TraceResult>('flagbook/trace', { text: trace('checkout-node.txt') });
    assert.equal(result.traces, 1);
    assert.equal(result.title, 'PaymentTimeoutError in pspClient.ts:25');
    assert.match(result.markdown, /^# PaymentTimeoutError in pspClient\.ts:25\n/);
    assert.match(result.markdown, /`payment-retries-v2` 25% in production, on in staging/);
    assert.match(
      result.advice ?? '',
      /^Look first at post, pspClient\.ts:25: innermost of your frames in the root cause/,
    );
    const rows = result.nodes.flatMap(allOf);
    const culprit = rows.find(row => row.culprit);
    assert.deepEqual(culprit?.open, {
      uri: uriOf('services/checkout/src/payments/pspClient.ts'),
      range: { start: { line: 24, character: 11 }, end: { line: 24, character: 11 } },
    });
    assert.ok(rows.filter(row => row.step).length >= 6);
    assert.deepEqual(
      rows.find(row => row.label === 'payment-retries-v2')?.description,
      '25% in production, on in staging',
    );
    assert.ok(rows.some(row => row.kind === 'incident' && row.label.startsWith('INC-7')));
  });

  it('are followed from the commit that ran, and say where each frame stood then', async () => {
    const text = trace('checkout-node-v2026.09.1.txt');
    const result = await editor.request<TraceResult>('flagbook/trace', { text, deployed: 'v2026.09.1' });
    assert.deepEqual(result.deployed, { kind: 'known', revision: 'v2026.09.1' });
    const culprit = result.nodes.flatMap(allOf).find(row => row.culprit);
    assert.match(culprit?.description ?? '', /^pspClient\.ts:33 · shifted, was 30/);
    assert.deepEqual(culprit?.deployed, { uri: uriOf('services/checkout/src/payments/pspClient.ts'), line: 30 });
    const unknown = await editor.request<TraceResult>('flagbook/trace', { text, deployed: 'v0.nowhere' });
    assert.equal(unknown.deployed.kind, 'failed');
  });

  it('answer no rows where no trace is', async () => {
    const result = await editor.request<TraceResult>('flagbook/trace', { text: 'All is well.' });
    assert.deepEqual([result.traces, result.nodes, result.advice], [0, [], null]);
  });

  it('become Markdown to paste elsewhere', async () => {
    const { markdown } = await editor.request<TraceMarkdownResult>('flagbook/traceMarkdown', {
      text: trace('pricing-python.txt'),
      masking: 'as-printed',
    });
    assert.match(markdown, /^# UnknownCountryError in vat\.py/);
    const text = 'Error: of ann@shop.example\n    at post (/app/services/checkout/src/payments/pspClient.ts:33:11)\n';
    const copy = async (masking: string) =>
      (await editor.request<TraceMarkdownResult>('flagbook/traceMarkdown', { text, masking })).markdown;
    assert.match(await copy('as-printed'), /ann\\@shop\.example/);
    assert.match(await copy('masked'), /of \\<email\\>/);
    assert.match(await copy('masked'), /pspClient\.ts:33/);
  });

  it('have links in single lines of a terminal, by any folder that the shell is in', async () => {
    const line = 'checkout-1   |     at post (/app/services/checkout/src/payments/pspClient.ts:33:11)';
    const { links } = await editor.request<TerminalLinksResult>('flagbook/terminalLinks', { line, cwd: null });
    assert.deepEqual(
      links.map(({ start, length, targets }) => [line.slice(start, start + length), targets]),
      [
        [
          '/app/services/checkout/src/payments/pspClient.ts:33:11',
          [
            {
              path: 'services/checkout/src/payments/pspClient.ts',
              uri: uriOf('services/checkout/src/payments/pspClient.ts'),
              line: 33,
              column: 11,
            },
          ],
        ],
      ],
    );
    const inFolder = { line: 'src/payments/pspClient.ts:33:11', cwd: uriOf('services/checkout') };
    assert.deepEqual((await editor.request<TerminalLinksResult>('flagbook/terminalLinks', inFolder)).links, []);
  });

  it('are recognised in the output of a command', async () => {
    const text = `$ kubectl logs\r\n${trace('pricing-python.txt').replaceAll('\n', '\r\n')}$ `;
    const found = await editor.request<RecogniseTraceResult>('flagbook/recogniseTrace', { text });
    assert.match(found?.title ?? '', /^UnknownCountryError in vat\.py/);
    assert.match(found?.text ?? '', /^Traceback/);
    assert.equal(await editor.request('flagbook/recogniseTrace', { text: '$ ls\r\nREADME.md\r\n' }), null);
  });

  it('come in links from outside, which are read and not followed', async () => {
    const text = deflateRawSync('Error: x\n    at f (/a/b.ts:1:1)\n').toString('base64url');
    const link = (query: string) => editor.request<DeepLinkResult>('flagbook/deepLink', { path: '/trace', query });
    assert.deepEqual(await link(`text=${text}&deployed=v1`), {
      kind: 'text',
      text: 'Error: x\n    at f (/a/b.ts:1:1)\n',
      deployed: 'v1',
      folder: null,
    });
    assert.equal((await link('file=..%2Fx')).kind, 'failed');
    assert.equal((await link('')).kind, 'failed');
  });

  it('are read from files of the workspace alone', async () => {
    const read = (uri: string) => editor.request<TraceFileResult>('flagbook/traceFile', { uri });
    assert.equal((await read(uriOf('traces/pricing-python.txt'))).kind, 'text');
    for (const uri of [uriOfPath('/etc/hosts'), `${uriOf('traces')}/../../../../etc/hosts`, uriOf('nowhere.txt')])
      assert.equal((await read(uri)).kind, 'failed', uri);
  });
});

describe('a link to a file of a repository with links in it', () => {
  it('is not followed out of the folder', async () => {
    const folder = makeTemporaryFolder('links');
    execFileSync('git', ['init', '-q'], { cwd: folder });
    const secret = join(makeTemporaryFolder('outside'), 'secret.txt');
    writeFileSync(secret, 'Error: secret\n');
    symlinkSync(secret, join(folder, 'trace.txt'));
    assert.ok(existsSync(join(folder, 'trace.txt')));
    const editor = await startEditor({ folders: [folder] });
    await editor.settled();
    const result = await editor.request<TraceFileResult>('flagbook/traceFile', {
      uri: uriOfPath(join(folder, 'trace.txt')),
    });
    assert.equal(result.kind, 'failed');
    assert.equal(await editor.shutdown(), 0);
  });
});

describe('a trace that is asked about while the folder is still read', () => {
  const CLIENT = `import { OpenFeature } from '@openfeature/server-sdk';\nexport const client = OpenFeature.getClient();\n`;
  const PAY = `import { client } from './client';
export async function pay(order) {
  if (await client.getBooleanValue('fast-pay', false)) {
    return send(order);
  }
}
`;

  it('has its frames at once, and says that there may be more until the client is told', async () => {
    const folder = makeTemporaryFolder('reading');
    const files = {
      'src/client.ts': CLIENT,
      'src/pay.ts': PAY,
      'docs/runbooks/pay.md': '# Pay\n',
      'package.json': '{}',
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    for (let index = 0; index < 600; index++) writeFileSync(join(folder, `src/part${index}.ts`), PAY);
    const editor = await startEditor({ folders: [folder] });
    const told = new Promise<void>(done => {
      editor.connection.onNotification('flagbook/changed', () => done());
    });
    const ask = () =>
      editor.request<TraceResult>('flagbook/trace', { text: 'Error: no\n    at send (/app/src/pay.ts:4:12)\n' });
    const first = await ask();
    assert.equal(first.reading, 'focused');
    const frame = first.nodes.flatMap(allOf).find(row => row.step);
    assert.equal(frame?.open?.uri, uriOfPath(join(folder, 'src/pay.ts')));
    assert.match(frame?.description ?? '', /fast-pay/);
    await told;
    await editor.settled();
    const whole = await ask();
    assert.equal(whole.reading, 'whole');
    assert.match(whole.nodes.flatMap(allOf).find(row => row.step)?.description ?? '', /fast-pay unknown/);
    assert.equal(await editor.shutdown(), 0);
  });
});

function allOf(node: TraceNode): readonly TraceNode[] {
  return [node, ...node.children.flatMap(allOf)];
}
