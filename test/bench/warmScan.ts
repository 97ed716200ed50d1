// A scan of a checkout that was scanned before, after one file in a hundred changed: beside ripgrep searching the same files for the
// same calls. The checkout is cloned, since it is written to. What the first scan remembers is the only thing kept between runs.
// In one half of the rounds a line is put in front of each changed file, which moves everything in it. In the other half the
// files that check flags also get a check more, so that everything has to be linked again.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LANGUAGES } from '../../server/src/core/languages/registry.ts';
import { runOnce, searchForCalls } from './coldScan.ts';
import type { Bench } from './main.ts';
import { median, percentile } from './statistics.ts';
import type { Row } from './table.ts';

const RATIO = 1.5;

/** One file in so many changes between two scans. */
const EVERY = 100;

/**
 * Milliseconds after which a change counts as settled. A scan looks again at what changed just before the last one: without waiting, the
 * files of up to six rounds would be looked at in each.
 */
const SETTLED = 3100;

export async function measureWarmScan({ dist, repository, scratch, memory, rounds }: Bench): Promise<readonly Row[]> {
  const clone = join(scratch, 'changing');
  const sources = freshClone(repository, clone);
  const scan = [process.execPath, [join(dist, 'cli', 'flagbook.js'), 'scan', '--format', 'jsonl']] as const;
  const search = searchForCalls(dist, clone);
  const environment = { ...process.env, FLAGBOOK_CACHE: join(memory, 'scan') };
  const rows: Row[] = [];
  // The first scan fills the memory, the second one knows the files that were too young for it.
  for (let run = 0; run < 2; run++) await runOnce(scan, clone, environment);
  for (const edit of EDITS) {
    const scans: number[] = [];
    const searches: number[] = [];
    for (let round = 0; round < rounds; round++) {
      change(clone, sources, rows.length * rounds + round, edit);
      await delay(SETTLED);
      // The first to run after a pause is slower than the second.
      await runOnce(search, clone, environment);
      searches.push(await runOnce(search, clone, environment));
      scans.push(await runOnce(scan, clone, environment));
    }
    const ratio = median(scans) / median(searches);
    rows.push({
      what: `warm \`flagbook scan\`, 1 file in ${EVERY} changed: ${edit}`,
      p50: median(scans),
      p95: percentile(scans, 0.95),
      ratio,
      target: `≤ ${RATIO} × ripgrep`,
      met: ratio <= RATIO,
    });
  }
  return rows;
}

const EDITS = ['lines moved', 'checks added'] as const;

/** Makes a clone with nothing changed; gives the source files in it. */
export function freshClone(repository: string, clone: string): readonly string[] {
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

/** Changes other files in each round. */
function change(clone: string, sources: readonly string[], round: number, edit: (typeof EDITS)[number]): void {
  sources.forEach((path, index) => {
    if (index % EVERY !== round % EVERY) return;
    const file = join(clone, path);
    const text = readFileSync(file, 'utf8');
    const call = edit === 'checks added' ? WRAPPER_CALL.exec(text)?.[0] : undefined;
    const moved = withOneLineMore(text);
    writeFileSync(file, call === undefined ? moved : `${moved}${call}\n`);
  });
}

/** Half of the code stands one line further down: a blank line in the middle is two. */
function withOneLineMore(text: string): string {
  const at = text.indexOf('\n\n', text.length / 2);
  return at < 0 ? `\n${text}` : `${text.slice(0, at)}\n${text.slice(at)}`;
}

/** What TypeScript and Python of the checkout ask their wrappers by. */
const WRAPPER_CALL = /\b(?:isReleased|is_released)\([A-Z_0-9]+\)/;
