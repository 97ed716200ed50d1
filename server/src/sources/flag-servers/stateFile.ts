/**
 * The last good answer of each server on the disk, beside what is remembered of repositories: flags as they were shown and when, no
 * answers, no headers and no tokens. One file a source, replaced in one step; a file that is cut, foreign or of another edition
 * counts as none.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Flag, Notice } from '../../core/model.ts';

/** What a server said last. */
export interface KeptState {
  /** Milliseconds since 1970. */
  readonly asOf: number;
  /** Grows with every difference; counts within one run only. */
  readonly revision: number;
  readonly flags: readonly Flag[];
  readonly notices: readonly Notice[];
}

export interface StateMemory {
  read(id: string): Promise<KeptState | null>;
  write(id: string, state: KeptState): Promise<void>;
  /** Forgets what a server said, as when its token is taken back. */
  forget(id: string): Promise<void>;
}

/** Larger states are not written and not read; all of them together; older ones count for nothing. */
export const MAX_STATE_BYTES = 16 * 1024 * 1024;
const MAX_BYTES_OF_ALL = 64 * 1024 * 1024;
const OLDEST = 30 * 24 * 60 * 60 * 1000;

/** @param edition changes whenever the same answers could mean other flags. */
export function createStateMemory(directory: string, edition: string, now: () => number): StateMemory {
  const pathOf = (id: string) =>
    join(directory, `served-${createHash('sha256').update(id).digest('hex').slice(0, 24)}.json`);
  return {
    async read(id) {
      try {
        const path = pathOf(id);
        if ((await stat(path)).size > MAX_STATE_BYTES) return null;
        const text = await readFile(path, 'utf8');
        const end = text.indexOf('\n');
        const head = headSchema.parse(JSON.parse(text.slice(0, end)));
        const body = text.slice(end + 1);
        const isOurs = head.edition === edition && head.id === id && head.digest === digestOf(body);
        if (!isOurs || head.asOf < now() - OLDEST || head.asOf > now()) return null;
        const { flags, notices } = JSON.parse(body) as Pick<KeptState, 'flags' | 'notices'>;
        return { asOf: head.asOf, revision: 0, flags: flags.map(withUndefined), notices };
      } catch {
        return null;
      }
    },
    async write(id, { asOf, flags, notices }) {
      const body = JSON.stringify({ flags, notices });
      const head = JSON.stringify({ edition, id, asOf, digest: digestOf(body) });
      if (head.length + body.length > MAX_STATE_BYTES) return;
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const path = pathOf(id);
      const draft = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
      try {
        const file = await open(draft, 'wx', 0o600);
        try {
          await file.writeFile(`${head}\n${body}`);
        } finally {
          await file.close();
        }
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await removeOldest(directory, path);
    },
    async forget(id) {
      await rm(pathOf(id), { force: true });
    },
  };
}

const headSchema = z.object({ edition: z.string(), id: z.string(), asOf: z.number(), digest: z.string() });

function digestOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

/** JSON has no `undefined`: these fields have it where they are missing. */
function withUndefined(flag: Flag): Flag {
  const environments = flag.environments.map(each => ({ ...each, serves: each.serves }));
  return { ...flag, offValue: flag.offValue, environments };
}

/** Keeps the states within their bounds. What can't be removed stays. */
async function removeOldest(directory: string, kept: string): Promise<void> {
  const found: { readonly path: string; readonly size: number; readonly used: number }[] = [];
  for (const name of await readdir(directory).catch(() => [])) {
    if (!/^served-[0-9a-f]{24}\.json(?:\..*\.tmp)?$/.test(name)) continue;
    const stats = await stat(join(directory, name)).catch(() => null);
    if (stats !== null) found.push({ path: join(directory, name), size: stats.size, used: stats.mtimeMs });
  }
  let total = 0;
  for (const { path, size, used } of found.sort((a, b) => b.used - a.used)) {
    total += size;
    const isLeftOver = path.endsWith('.tmp') && used < Date.now() - 24 * 60 * 60 * 1000;
    if (path !== kept && (total > MAX_BYTES_OF_ALL || isLeftOver)) await rm(path, { force: true }).catch(() => {});
  }
}
