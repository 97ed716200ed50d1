// Scans of a folder: whole ones that leave what the next scan needs, and those that go by what was left.
import { scanRecords } from '../../../server/src/core/flags/telling/scanRecords.ts';
import { parseText, releaseText } from '../../../server/src/core/languages/extract.ts';
import { shapeOfFacts } from '../../../server/src/core/languages/factsShape.ts';
import { languageOfPath } from '../../../server/src/core/languages/registry.ts';
import { writeLinks } from '../../../server/src/sources/facts-cache/linkFile.ts';
import { openMemory } from '../../../server/src/sources/facts-cache/memoryOnDisk.ts';
import { readScanState, writeScanState } from '../../../server/src/sources/facts-cache/scanState.ts';
import { createDiskAccess } from '../../../server/src/sources/files/disk.ts';
import type { IndexOptions } from '../../../server/src/sources/project/indexing.ts';
import { linksOf } from '../../../server/src/sources/project/linksOf.ts';
import { createProject } from '../../../server/src/sources/project/project.ts';
import { relinkAgain } from '../../../server/src/sources/project/relinkAgain.ts';
import { listsAlike, scanAgain } from '../../../server/src/sources/project/scanAgain.ts';
import { scanStateOf } from '../../../server/src/sources/project/scanStateOf.ts';
import { loadGrammars } from '../../support/facts.ts';
import { FILES_ALONE } from '../../support/filesAlone.ts';

const later = () => Date.now() + 60_000;

/**
 * Reads everything, and leaves what the next scan needs if there is a cache. `reading` says how, such as from which size on texts
 * that say nothing by themselves are set aside.
 */
export async function scanWhole(root: string, cache: string | null, reading: IndexOptions = {}) {
  const grammars = await loadGrammars();
  const access = createDiskAccess(root, { git: false });
  const options = { directory: cache ?? '', edition: '1' };
  const openCache = async () => (cache === null ? null : openMemory(root, access, { ...options, now: later }));
  const shared = { grammars, access, now: () => 0, ...FILES_ALONE };
  const project = createProject({ ...shared, openMemory: openCache });
  const summary = await project.index(reading);
  const snapshot = project.host.snapshot(0);
  const state = cache === null ? null : await scanStateOf(project.host, snapshot, summary, access, null);
  if (state !== null) {
    const kept = linksOf(project.host, snapshot, summary);
    const links = kept && (await writeLinks(root, options, kept.settings, kept.memory, kept.facts));
    await writeScanState(root, options, { ...state, head: { ...state.head, links } });
  }
  return scanRecords(snapshot, () => true);
}

/** The records, by what was left; null where that can't tell. `told` is called with how files were linked again. */
export async function again(
  root: string,
  cache: string,
  read: string[] = [],
  listed?: readonly string[],
  told: (how: 'linked' | 'moved') => void = () => {},
) {
  const options = { directory: cache, edition: '1' };
  const before = readScanState(root, options);
  if (before === null) return null;
  const grammars = await loadGrammars();
  const disk = createDiskAccess(root, { git: false });
  const access = {
    ...disk,
    readBytes(path: string) {
      if (!read.includes(path) && path !== 'large.ts') read.push(path);
      return disk.readBytes!(path);
    },
  };
  const factsOf = async (path: string, text: string) => {
    const language = languageOfPath(path);
    const parsed = language === null ? null : parseText(grammars, language, text);
    if (parsed === null) return null;
    releaseText(parsed);
    return parsed.facts;
  };
  const scanned = await scanAgain(before, {
    root,
    differing: Promise.resolve(null),
    isListedAlike: disk.list().then(now => listsAlike(before.paths, listed ?? now)),
    access,
    begin: () => {},
    async shapeOf(path, text) {
      const facts = await factsOf(path, text);
      return facts && shapeOfFacts(facts);
    },
    relink: changed => relinkAgain({ root, options, before, ...changed, factsOf, shapeOf: shapeOfFacts }),
    now: later(),
  });
  if (scanned === null) return null;
  told(scanned.saveLinks === null ? 'moved' : 'linked');
  const links = scanned.saveLinks === null ? scanned.state.head.links : await scanned.saveLinks();
  await writeScanState(root, options, { ...scanned.state, head: { ...scanned.state.head, links } });
  return Object.values(scanned.state.head.linked).flatMap(({ records }) => records);
}
