/** Looking for a text in the files that the host has no use for: documentation, other data, code without flags. */
import type { Host } from '../../core/hostInterface.ts';
import type { FileAccess } from '../files/access.ts';
import { createPauses } from './pauses.ts';

const READERS = 16;
/** More files than this are not looked through. */
const MOST_FILES = 20_000;
/** More texts than this are not handed on. */
const MOST_TEXTS = 500;

/** The files that hold `text` and are not in the host, by path. Stops early, with what it has, when `signal` aborts. */
export async function textsWith(
  host: Host,
  access: FileAccess,
  text: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const paths = [...host.paths()].filter(path => !host.holds(path)).slice(0, MOST_FILES);
  const pause = createPauses();
  for (let at = 0; at < paths.length && !signal.aborted && found.size < MOST_TEXTS; at += READERS) {
    const some = paths.slice(at, at + READERS);
    const contents = await Promise.all(some.map(path => access.read(path)));
    for (const [index, content] of contents.entries()) {
      if (content.kind === 'text' && content.text.includes(text)) found.set(some[index]!, content.text);
    }
    await pause();
  }
  return found;
}
