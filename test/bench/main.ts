// Runs the benchmarks and prints one table. What each measures stands in its own file; the targets are the project's.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cache, root } from '../setup/steps.mjs';
import { measureBranchSwitch } from './branchSwitch.ts';
import { measureScan } from './coldScan.ts';
import { measureEventLoop } from './eventLoop.ts';
import { measureFlagFiles } from './flagFiles.ts';
import { measureFacts } from './freshFacts.ts';
import { measureKeystrokes } from './keystrokes.ts';
import { ensureLargeRepository } from './largeRepository.ts';
import { measureManyFlags } from './manyFlags.ts';
import { measureRequests } from './requests.ts';
import { measureServerStart } from './serverStart.ts';
import { type Row, renderTable } from './table.ts';
import { measureTraces } from './traces.ts';
import { measureWarmScan } from './warmScan.ts';

const HELP = `npm run bench -- [--only NAME,…] [--repo DIR] [--rounds N] [--dist DIR]

  --only NAME,…  of these: start, requests, flags, many, facts, keystrokes, loop, switch, scan, warm, traces (default: all)
  --repo DIR     the checkout for loop, switch, scan and warm, which is only read (default: one of 15,000 files, made under .cache/bench)
  --rounds N     runs of whole programs, of which the median counts (default: 7)
  --dist DIR     a build to measure instead of this one's dist/, to compare two states of the sources

Times depend on what else the machine does; ratios are taken side by side in one run and say more. A scan uses as many threads as the
machine has cores, three at most, and ripgrep two: on a machine whose cores are busy with other things even the ratio says little.`;

/** What every benchmark is told. */
export interface Bench {
  /** The build to measure. */
  readonly dist: string;
  /** An absolute path; the checkout that is scanned. */
  readonly repository: string;
  /** Where the benchmarks write; they make their own folders in it. */
  readonly scratch: string;
  /** Where what is measured remembers; outside of any work tree, as a user's caches are. Gone at the end. */
  readonly memory: string;
  readonly rounds: number;
}

const BENCHMARKS: Readonly<Record<string, (bench: Bench) => Promise<readonly Row[]>>> = {
  start: measureServerStart,
  requests: measureRequests,
  flags: measureFlagFiles,
  many: measureManyFlags,
  facts: measureFacts,
  keystrokes: measureKeystrokes,
  loop: measureEventLoop,
  switch: measureBranchSwitch,
  scan: measureScan,
  warm: measureWarmScan,
  traces: measureTraces,
};

/** Those that measure a checkout. */
const OF_CHECKOUTS = new Set(['loop', 'switch', 'scan', 'warm']);

main().catch(error => {
  console.error(error instanceof Error ? error.stack : error);
  // A server that was being measured may still be running; it ends when its input does.
  process.exit(2);
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      repo: { type: 'string' },
      rounds: { type: 'string', default: '7' },
      dist: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const names = values.only?.split(',') ?? Object.keys(BENCHMARKS);
  const unknown = names.find(name => BENCHMARKS[name] === undefined);
  if (unknown !== undefined) throw new Error(`--only ${unknown}: there are ${Object.keys(BENCHMARKS).join(', ')}.`);
  const scratch = `${cache}/bench`;
  const large = `${scratch}/repository`;
  if (values.repo === undefined && names.some(name => OF_CHECKOUTS.has(name))) ensureLargeRepository(large);
  const bench: Bench = {
    dist: resolve(values.dist ?? `${root}/dist`),
    repository: resolve(values.repo ?? large),
    scratch,
    memory: mkdtempSync(join(tmpdir(), 'flagbook-bench-')),
    rounds: Number(values.rounds),
  };
  // A server that is measured remembers nothing of an earlier run, and nothing of the user's.
  process.env.FLAGBOOK_CACHE = join(bench.memory, 'server');
  // Certificates that a machine adds are read at every start of Node, for some 30 ms here, whatever is started.
  delete process.env.NODE_EXTRA_CA_CERTS;
  process.once('exit', () => rmSync(bench.memory, { recursive: true, force: true }));
  const rows: Row[] = [];
  for (const name of names) {
    process.stderr.write(`Measuring: ${name} …\n`);
    rows.push(...(await BENCHMARKS[name]!(bench)));
  }
  console.log(renderTable(rows));
}
