/**
 * Ages remembered between runs, in one small file for each repository. What is remembered is true of one head commit; when
 * the head moves on, only the new commits have to be read. A file that is missing, old or broken means starting afresh.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { KeyPresence } from '../../core/history/absences.ts';
import type { KeyDate } from '../../core/history/introduced.ts';
import type { DatedKey } from '../../core/history/keyMatcher.ts';
import type { Repository } from './repository.ts';

export interface AgeMemory {
  readonly head: string;
  /** By `spellingName`. */
  readonly keys: ReadonlyMap<string, RememberedKey>;
}

export interface RememberedKey {
  readonly date: KeyDate;
  /** Null for a key of which it can't be told. */
  readonly presence: KeyPresence | null;
}

/** The name under which a key's date is remembered: it holds for these spellings in these files only. */
export function spellingName({ spellings, homes = [] }: DatedKey): string {
  const written = spellings.map(({ text, form }) => `${form} ${text}`).sort();
  return [...written, ...homes.map(path => `in ${path}`)].join('\n');
}

/** What is remembered of the repository, or null. */
export async function loadAges(directory: string, repository: Repository): Promise<AgeMemory | null> {
  try {
    const decoded = schema.safeParse(JSON.parse(await readFile(fileOf(directory, repository), 'utf8')));
    if (!decoded.success || decoded.data.boundary !== boundaryOf(repository)) return null;
    const keys = Object.entries(decoded.data.keys).map(([name, key]): [string, RememberedKey] => [
      name,
      remembered(key),
    ]);
    return { head: decoded.data.head, keys: new Map(keys) };
  } catch {
    return null;
  }
}

/** Remembers dates that are true of the repository's head. Dates that could not be known are not remembered. */
export async function saveAges(
  directory: string,
  repository: Repository,
  keys: readonly DatedKey[],
  known: readonly RememberedKey[],
): Promise<void> {
  const entries = keys.flatMap((key, index): [string, z.input<typeof keySchema>][] => {
    const { date, presence } = known[index]!;
    if (date.kind !== 'commit' && date.kind !== 'absent') return [];
    const absences = presence?.absences.map(({ removed, returned }): [string, string | null] => [removed, returned]);
    const commit = date.kind === 'commit' ? date.commit : null;
    return [[spellingName(key), { commit, files: presence?.files ?? null, absences: absences ?? [] }]];
  });
  const memory: z.input<typeof schema> = {
    version: formatVersion,
    head: repository.head!,
    boundary: boundaryOf(repository),
    keys: Object.fromEntries(entries),
  };
  const path = fileOf(directory, repository);
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(draft, JSON.stringify(memory));
    // In one step, so that nobody ever reads half a file.
    await rename(draft, path);
  } catch {
    // A directory that can't be written costs time at the next start, nothing else.
  }
}

/** Grows whenever the meaning of a date changes: which files count, what a token is. */
const formatVersion = 4;

const commitSchema = z.string().regex(/^[0-9a-f]{40,64}$/);

const keySchema = z.object({
  commit: commitSchema.nullable(),
  files: z.number().int().nullable(),
  absences: z.array(z.tuple([commitSchema, commitSchema.nullable()])),
});

const schema = z.object({
  version: z.literal(formatVersion),
  head: commitSchema,
  boundary: z.string(),
  keys: z.record(z.string(), keySchema),
});

function remembered({ commit, files, absences }: z.output<typeof keySchema>): RememberedKey {
  return {
    date: commit === null ? { kind: 'absent' } : { kind: 'commit', commit },
    presence:
      files === null ? null : { files, absences: absences.map(([removed, returned]) => ({ removed, returned })) },
  };
}

function fileOf(directory: string, repository: Repository): string {
  return join(directory, `ages-${digest(repository.root)}.json`);
}

/** Changes when the visible history gets longer or shorter at its old end. */
function boundaryOf(repository: Repository): string {
  return digest([repository.grafted, ...[...repository.boundary].sort()].join('\n'));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
