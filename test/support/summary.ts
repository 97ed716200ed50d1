// What the test suites write about their runs, and how it is read back and printed.
import { existsSync, readFileSync } from 'node:fs';

export interface TestResult {
  /** The titles of the describe blocks around the test, outermost first. */
  readonly path: readonly string[];
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'pending';
  /** In milliseconds. */
  readonly duration: number;
  readonly error?: { readonly message: string; readonly stack: string };
}

export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  readonly pending: number;
  readonly tests: readonly TestResult[];
}

/** Reads what `summaryReporter.cjs` wrote; undefined when the suite did not come to its end. */
export function readSummary(file: string): TestSummary | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as TestSummary) : undefined;
}

/** Several summaries as one; `prefix` names the part each test came from. */
export function joinSummaries(
  parts: readonly { readonly prefix: string; readonly summary: TestSummary }[],
): TestSummary {
  const tests = parts.flatMap(({ prefix, summary }) =>
    summary.tests.map(test => ({ ...test, path: [prefix, ...test.path] })),
  );
  const count = (state: TestResult['state']) => tests.filter(test => test.state === state).length;
  return { passed: count('passed'), failed: count('failed'), pending: count('pending'), tests };
}

/** A listing like mocha's "spec": the describe blocks indented, a mark a test, the failures with their stacks at the end. */
export function listing(summary: TestSummary): string {
  const lines: string[] = [];
  let open: readonly string[] = [];
  for (const test of summary.tests) {
    const same = test.path.findIndex((title, index) => title !== open[index]);
    const from = same === -1 ? test.path.length : same;
    test.path.slice(from).forEach((title, index) => {
      lines.push(`${'  '.repeat(from + index + 1)}${title}`);
    });
    open = test.path;
    const slow = test.duration >= 100 ? ` (${test.duration}ms)` : '';
    lines.push(`${'  '.repeat(test.path.length + 1)}${marks[test.state]} ${test.title}${slow}`);
  }
  const failures = summary.tests.filter(test => test.error !== undefined);
  failures.forEach((test, index) => {
    lines.push('', `  ${index + 1}) ${[...test.path, test.title].join(' > ')}`);
    lines.push(...(test.error?.stack ?? '').split('\n').map(line => `     ${line}`));
  });
  return lines.join('\n');
}

const marks = { passed: '✔', failed: '✘', pending: '-' } as const;
