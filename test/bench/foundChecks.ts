// What a scan finds in the checkout that is measured, so that every language's code can be.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export interface FoundCheck {
  readonly path: string;
  readonly method: string;
  readonly test: boolean;
}

/** The checks of a checkout, by the built command line. */
export function foundChecks(dist: string, repository: string): readonly FoundCheck[] {
  const scan = [join(dist, 'cli', 'flagbook.js'), 'scan', '--format', 'jsonl', '--no-cache', '--role', 'check'];
  const found = execFileSync(process.execPath, scan, {
    cwd: repository,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return found.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line) as FoundCheck]));
}

/** The files that hold checks and are no tests, in the scan's order. */
export function pathsWithChecks(dist: string, repository: string): readonly string[] {
  return [...new Set(foundChecks(dist, repository).flatMap(({ path, test }) => (test ? [] : [path])))];
}
