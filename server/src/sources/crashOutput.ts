/**
 * What a process says when it breaks for good: as Node would say it, but for the tokens it holds. Nothing is saved: a state that nobody
 * foresaw is not worth going on with.
 */
import { writeSync } from 'node:fs';

/** The last one to be told counts. @param clean takes out what must not be said. */
export function sayCrashes(clean: (text: string) => string): void {
  // A report that somebody asks Node for has no need of the environment; Nodes before 22.13 can't leave it out.
  const { report } = process as { report?: { excludeEnv?: boolean } };
  if (report !== undefined && 'excludeEnv' in report) report.excludeEnv = true;
  process.prependListener('uncaughtException', error => {
    const { stack, message } = error instanceof Error ? error : { stack: undefined, message: String(error) };
    try {
      writeSync(process.stderr.fd, `${clean(stack ?? message)}\n`);
    } catch {
      // Nobody listens any more.
    }
    process.exit(1);
  });
}
