// A cold scan of a checkout by the built command line, beside ripgrep searching the same files for the same calls. The two take
// turns. Nothing of the checkout is remembered between runs; what V8 compiled of the program is, from the first round, which does not
// count. Peak memory is that of the scanning process, its worker threads included; git's is not.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rgPath } from '@vscode/ripgrep';
import { FLAG_SDKS } from '../../server/src/core/flags/sdks/registry.ts';
import { LANGUAGES } from '../../server/src/core/languages/registry.ts';
import { VENDORED_FOLDERS } from '../../server/src/sources/files/access.ts';
import { foundChecks } from './foundChecks.ts';
import type { Bench } from './main.ts';
import { median, percentile } from './statistics.ts';
import type { Row } from './table.ts';

const RATIO = 6;
const MEGABYTES = 400;

/** Runs before the scanned program's own code and writes down at its end how much memory it took, in KB. */
const REPORT_MEMORY = `
const { writeFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');
if (isMainThread) process.on('exit', () => {
  writeFileSync(process.env.FLAGBOOK_BENCH_MEMORY, String(process.resourceUsage().maxRSS));
});
`;

export async function measureScan({ dist, repository, scratch, rounds }: Bench): Promise<readonly Row[]> {
  const report = join(scratch, 'report-memory.cjs');
  const memoryFile = join(scratch, 'memory.txt');
  mkdirSync(scratch, { recursive: true });
  writeFileSync(report, REPORT_MEMORY);
  const program = join(dist, 'cli', 'flagbook.js');
  const scan = [process.execPath, ['--require', report, program, 'scan', '--format', 'jsonl', '--no-cache']] as const;
  const search = searchForCalls(dist, repository);
  const environment = { ...process.env, FLAGBOOK_BENCH_MEMORY: memoryFile };
  const scans: number[] = [];
  const searches: number[] = [];
  const memory: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const searched = await runOnce(search, repository, environment);
    const scanned = await runOnce(scan, repository, environment);
    if (round === 0) continue;
    searches.push(searched);
    scans.push(scanned);
    memory.push(Number(readFileSync(memoryFile, 'utf8')) / 1024);
  }
  const ratio = median(scans) / median(searches);
  const megabytes = Math.max(...memory);
  const list = execFileSync('git', ['ls-files'], { cwd: repository, encoding: 'utf8', maxBuffer: 1 << 28 });
  const files = list.split('\n').length - 1;
  return [
    {
      what: `ripgrep -j2 for the same calls, ${files} files`,
      p50: median(searches),
      p95: percentile(searches, 0.95),
      ratio: null,
      target: '',
      met: null,
    },
    {
      what: 'cold `flagbook scan` of the same',
      p50: median(scans),
      p95: percentile(scans, 0.95),
      ratio,
      target: `≤ ${RATIO} × ripgrep`,
      met: ratio <= RATIO,
    },
    {
      what: `peak memory of the scan: ${Math.round(megabytes)} MB`,
      p50: Number.NaN,
      p95: Number.NaN,
      ratio: null,
      target: `≤ ${MEGABYTES} MB`,
      met: megabytes <= MEGABYTES,
    },
  ];
}

/**
 * ripgrep's search for the calls that a scan of the checkout finds, in the files that a scan looks at: every name that a call of an
 * SDK has, and the names of the checkout's own wrappers. Names that a scan believes only where their package is imported
 * (`get`, `value`) are left out, as nobody would search for them.
 */
export function searchForCalls(dist: string, repository: string): readonly [string, readonly string[]] {
  const calls = FLAG_SDKS.flatMap(sdk => sdk.surfaces).flatMap(surface => surface.calls);
  const names = new Set(calls.filter(call => call.common !== true).flatMap(call => Object.keys(call.names)));
  const own = foundChecks(dist, repository).map(({ method }) => method);
  for (const name of own) if (!calls.some(call => call.common === true && name in call.names)) names.add(name);
  const pattern = `\\b(?:${[...names].map(name => name.replace(/[^\w]/g, '\\$&')).join('|')})\\s*\\(`;
  return [rgPath, ['-j2', '--line-number', '--hidden', ...sourceGlobs(), '--regexp', pattern, './']];
}

function sourceGlobs(): readonly string[] {
  const vendored = [...VENDORED_FOLDERS].flatMap(folder => ['--glob', `!**/${folder}/**`]);
  return [
    ...LANGUAGES.flatMap(language => language.extensions).flatMap(extension => ['--glob', `*${extension}`]),
    ...vendored,
  ];
}

/** Milliseconds from start to end. ripgrep says with 1 that it found nothing. */
export async function runOnce(
  [command, args]: readonly [string, readonly string[]],
  directory: string,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const started = performance.now();
  const child = spawn(command, args, { cwd: directory, env: environment, stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.resume();
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0 && code !== 1) throw new Error(`${command} ended with ${code}.`);
  return performance.now() - started;
}
