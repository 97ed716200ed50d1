// From the start of the process to the reply to `initialize`, beside a server that does nothing on the same stack.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { serverMemory } from '../../client/src/serverMemory.ts';
import { root } from '../setup/steps.mjs';
import type { Bench } from './main.ts';
import { median, percentile } from './statistics.ts';
import type { Row } from './table.ts';

const BARE_SERVER = `
import { createConnection, ProposedFeatures, TextDocumentSyncKind } from 'vscode-languageserver/node';
const connection = createConnection(ProposedFeatures.all);
connection.onInitialize(() => ({
  capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental, hoverProvider: true },
}));
connection.onHover(() => null);
connection.listen();
`;

const LIMIT = 200;

export async function measureServerStart({ dist, scratch, rounds }: Bench): Promise<readonly Row[]> {
  const server = join(dist, 'server', 'server.js');
  const bare = await buildBareServer(join(scratch, 'bare-server.js'));
  const own: Start[] = [];
  const others: Start[] = [];
  // The first round only warms the disk's cache. The two take turns, so that both meet the same machine.
  for (let round = 0; round <= rounds * 2; round++) {
    const times = [await startOnce(server), await startOnce(bare)] as const;
    if (round === 0) continue;
    own.push(times[0]);
    others.push(times[1]);
  }
  const p50 = median(own.map(({ told }) => told));
  const bareTold = others.map(({ told }) => told);
  const answered = own.map(({ answered }) => answered);
  const bareAnswered = median(others.map(({ answered }) => answered));
  return [
    {
      what: 'start to `initialize`: bare server on the same stack',
      p50: median(bareTold),
      p95: percentile(bareTold, 0.95),
      ratio: null,
      target: '',
      met: null,
    },
    {
      what: 'start to `initialize`: Flagbook',
      p50,
      p95: percentile(
        own.map(({ told }) => told),
        0.95,
      ),
      ratio: p50 / median(bareTold),
      target: `p50 ≤ ${LIMIT} ms`,
      met: p50 <= LIMIT,
    },
    {
      what: 'start to the first hover answered: Flagbook',
      p50: median(answered),
      p95: percentile(answered, 0.95),
      ratio: median(answered) / bareAnswered,
      target: '',
      met: null,
    },
  ];
}

async function buildBareServer(outfile: string): Promise<string> {
  await esbuild.build({
    stdin: { contents: BARE_SERVER, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    outfile,
  });
  return outfile;
}

/** Milliseconds from the start of the process. */
interface Start {
  /** To the reply to `initialize`. */
  readonly told: number;
  /** To the answer to a hover asked right behind it: what is loaded after the reply is loaded by then. */
  readonly answered: number;
}

async function startOnce(server: string): Promise<Start> {
  const started = performance.now();
  const child = spawn(process.execPath, [...serverMemory, server, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
  const told = performance.now() - started;
  void connection.sendNotification('initialized', {});
  const position = { line: 0, character: 0 };
  await connection.sendRequest('textDocument/hover', { textDocument: { uri: 'untitled:nowhere' }, position });
  const answered = performance.now() - started;
  const exited = once(child, 'exit');
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  await exited;
  connection.dispose();
  return { told, answered };
}
