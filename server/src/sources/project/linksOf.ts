/** What linking left, to be kept for the next scan (`facts-cache/linkFile.ts`). */
import { linkMemoryText } from '../../core/flags/linking/linkMemoryText.ts';
import type { Host } from '../../core/hostInterface.ts';
import { encodeFacts } from '../../core/languages/factsCodec.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { LinkSettings } from '../facts-cache/linkFile.ts';
import type { IndexSummary } from './indexing.ts';

export interface KeptLinks {
  readonly settings: LinkSettings;
  readonly memory: string;
  /** As bytes, by path, in the order in which they were linked. */
  readonly facts: ReadonlyMap<string, Uint8Array>;
}

/** Null where that can't be kept. */
export function linksOf(host: Host, snapshot: Snapshot, { remembered, packages }: IndexSummary): KeptLinks | null {
  const linked = host.linkMemory();
  const memory = linked === null ? null : linkMemoryText(linked);
  if (linked === null || memory === null || remembered === null) return null;
  const facts = new Map<string, Uint8Array>();
  for (const [path, each] of linked.input.files) {
    const text = snapshot.files.get(path)?.text;
    facts.set(path, (text === undefined ? null : remembered.factsOf(each.language, text)) ?? encodeFacts(each));
  }
  const { mappings, goModules } = packages;
  const settings: LinkSettings = {
    packages: [...packages],
    mappings: mappings ?? null,
    goModules: goModules === undefined ? null : [...goModules],
    patterns: linked.input.patterns,
    knownKeys: [...linked.input.knownKeys],
    exclude: snapshot.config.exclude,
  };
  return { settings, memory, facts };
}
