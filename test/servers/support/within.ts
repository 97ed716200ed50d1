// Time limits with words: nothing in these tests waits for ever, and what was waited for too long is named.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** What a promise gives, or a rejection that says what did not come. `milliseconds` from now. */
export async function within<T>(milliseconds: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} within ${milliseconds / 1000} s.`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whatever becomes of the tests, a process of theirs does not outlive them. */
export function endWithThisProcess(child: ChildProcess, signal: NodeJS.Signals): void {
  const end = () => child.kill(signal);
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
}

/** Ends a process, whatever it does, and resolves when it is gone. One that a signal has ended has no exit code. */
export async function endProcess(child: ChildProcess, what: string, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  try {
    await within(10_000, `${what} did not end`, ended);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

export function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** Does all of these, each within half a minute; then fails if one did. What one leaves undone does not keep the others. */
export async function closeAll(...closing: readonly { close(): Promise<unknown> }[]): Promise<void> {
  const outcomes = [];
  for (const each of closing) {
    outcomes.push(...(await Promise.allSettled([within(30_000, 'Closing did not end', each.close())])));
  }
  const failed = outcomes.find(outcome => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
