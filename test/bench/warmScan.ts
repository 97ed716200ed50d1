// A scan of a checkout that was scanned before, after one file in a hundred changed: beside ripgrep searching the same files for the
// same calls. The checkout is cloned, since it is written to. What the first scan remembers is the only thing kept between runs.
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rgPath } from '@vscode/ripgrep';
import { LANGUAGES } from '../../server/src/core/languages/registry.ts';
import { callPattern, runOnce, sourceGlobs } from './coldScan.ts';
import type { Bench } from './main.ts';
import { median, percentile } from './statistics.ts';
import type { Row } from './table.ts';

const RATIO = 1.5;

/** One file in so many changes between two scans. */
const EVERY = 100;

export async function measureWarmScan({ dist, repository, scratch, rounds }: Bench): Promise<readonly Row[]> {
  const clone = join(scratch, 'changing');
  const memory = join(scratch, 'memory');
  rmSync(memory, { recursive: true, force: true });
  const sources = freshClone(repository, clone);
  const scan = [process.execPath, [join(dist, 'cli', 'flagbook.js'), 'scan', '--format', 'jsonl']] as const;
  const search = [rgPath, ['-j2', '--line-number', ...sourceGlobs(), '--regexp', callPattern()]] as const;
  const environment = { ...process.env, FLAGBOOK_CACHE: memory };
  const scans: number[] = [];
  const searches: number[] = [];
  for (let round = 0; round <= rounds + 1; round++) {
    // The first scan fills the memory, the second one knows the files that were too young for it.
    if (round > 1) change(clone, sources, round);
    const searched = await runOnce(search, clone, environment);
    const scanned = await runOnce(scan, clone, environment);
    if (round < 2) continue;
    searches.push(searched);
    scans.push(scanned);
  }
  const ratio = median(scans) / median(searches);
  return [
    {
      what: `warm \`flagbook scan\`, 1 file in ${EVERY} changed`,
      p50: median(scans),
      p95: percentile(scans, 0.95),
      ratio,
      target: `≤ ${RATIO} × ripgrep`,
      met: ratio <= RATIO,
    },
  ];
}

/** Makes a clone with nothing changed; gives the source files in it. */
function freshClone(repository: string, clone: string): readonly string[] {
  const git = (directory: string, ...args: string[]) =>
    execFileSync('git', args, { cwd: directory, encoding: 'utf8', maxBuffer: 1 << 28 });
  const isSame = existsSync(clone) && git(clone, 'rev-parse', 'HEAD') === git(repository, 'rev-parse', 'HEAD');
  if (isSame) git(clone, 'checkout', '--quiet', '--', '.');
  else {
    rmSync(clone, { recursive: true, force: true });
    git(repository, 'clone', '--quiet', '--local', repository, clone);
  }
  const endings = LANGUAGES.flatMap(language => language.extensions);
  return git(clone, 'ls-files')
    .split('\n')
    .filter(path => endings.some(ending => path.endsWith(ending)));
}

/** Adds an empty line to other files in each round. */
function change(clone: string, sources: readonly string[], round: number): void {
  sources.forEach((path, index) => {
    if (index % EVERY === round % EVERY) appendFileSync(join(clone, path), '\n');
  });
}
