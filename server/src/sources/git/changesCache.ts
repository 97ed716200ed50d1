/**
 * What the edits of flag files did to their flags, remembered between runs in one small file for each repository. An entry holds for one
 * list of edits, one set of flags and one way of decoding: a file that no commit touched since is not read again, and one that was is read
 * anew. A file that is missing, old, foreign or broken counts as none.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { type FlagChange, flagIdentity } from '../../core/model.ts';
import type { EditedFile, FileChanges } from './fileChanges.ts';
import type { Repository } from './repository.ts';

export interface ChangesMemory {
  /** What is remembered of exactly these edits of these flags; null for nothing. */
  get(file: EditedFile): FileChanges | null;
  set(file: EditedFile, changes: FileChanges): void;
  /** Keeps what was asked for or set, and forgets the rest. Never fails. */
  save(): Promise<void>;
}

/** @param edition what older versions were decoded with: another program may say other words. */
export async function openChanges(
  directory: string,
  edition: string,
  repository: Repository,
): Promise<ChangesMemory | null> {
  // What a clone lacks, or where its history is cut, may change without a commit.
  if (repository.partial || repository.grafted || repository.boundary.size > 0) return null;
  const path = join(directory, `changes-${digest(repository.root)}.json`);
  const known = await load(path, edition);
  const used = new Map<string, Entry>();
  let isNew = false;
  return {
    get(file) {
      const name = nameOf(file);
      const entry = name === null ? undefined : known.get(name);
      if (entry === undefined) return null;
      used.set(name!, entry);
      return { kind: 'ok', changes: new Map(entry.changes), readBackTo: entry.readBackTo };
    },
    set(file, { changes, readBackTo }) {
      // What is read as of now may be another thing tomorrow.
      const name = file.decoder?.readsClock() === false ? nameOf(file) : null;
      if (name === null) return;
      isNew = true;
      used.set(name, { changes: [...changes], readBackTo });
    },
    async save() {
      if (!isNew && used.size === known.size) return;
      const text = JSON.stringify({ version: FORMAT, edition, files: Object.fromEntries(used) });
      if (text.length > LARGEST) return;
      const draft = `${path}.${process.pid}.tmp`;
      try {
        await mkdir(directory, { recursive: true });
        // It quotes what was in the repository.
        await writeFile(draft, text, { mode: 0o600 });
        await rename(draft, path);
      } catch {
        // A directory that can't be written costs time at the next start, nothing else.
      }
    },
  };
}

/** Characters; what is more is read again each time. */
const LARGEST = 16 * 1024 * 1024;
/** Grows whenever an entry would come out differently. */
const FORMAT = 1;

const momentSchema = z.object({ time: z.string(), commit: z.string(), author: z.string(), subject: z.string() });
const changeSchema = z.object({ moment: momentSchema, environment: z.string(), what: z.string() });
const entrySchema = z.object({
  changes: z.array(z.tuple([z.string(), z.array(changeSchema)])),
  readBackTo: momentSchema.nullable(),
});

interface Entry extends Pick<FileChanges, 'readBackTo'> {
  readonly changes: readonly (readonly [string, readonly FlagChange[]])[];
}

async function load(path: string, edition: string): Promise<ReadonlyMap<string, Entry>> {
  const schema = z.object({
    version: z.literal(FORMAT),
    edition: z.literal(edition),
    files: z.record(z.string(), entrySchema),
  });
  try {
    const decoded = schema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return new Map(decoded.success ? Object.entries(decoded.data.files) : []);
  } catch {
    return new Map();
  }
}

/** Null where it is not known what decodes it. */
function nameOf({ flags, edits, isCut, decoder }: EditedFile): string | null {
  if (decoder === undefined) return null;
  const hash = createHash('sha256').update(`${decoder.name}\0${isCut}`);
  for (const flag of flags) hash.update(`\0${flagIdentity(flag)}`);
  for (const { moment, path, from, before, after, others } of edits)
    hash.update(`\n${moment.commit} ${before} ${after} ${others?.join()}\0${path}\0${from}`);
  return hash.digest('hex').slice(0, 32);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
