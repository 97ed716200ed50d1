/**
 * The host holds what sources push (texts, paths, configuration, history) and makes snapshots of it. It is the only stateful
 * part of the core. It does no I/O and never waits: what it would still like to read it names in `wishes`, and whoever drives
 * it reads that when there is time.
 */
import { createConfigurationProblems } from './configurationProblems.ts';
import { deriveEntry } from './deriveEntry.ts';
import {
  applyEdits,
  assemble,
  type Entry,
  isSlowlyRead,
  isWorthKeeping,
  keysOf,
  linksAlike,
  type ServedNow,
  shiftedEntry,
} from './entries.ts';
import { namesThatCount } from './flags/linking/alone.ts';
import type { LinkResult } from './flags/linking/linkMemory.ts';
import { createModuleResolver, type ModuleResolver, type WorkspacePackages } from './flags/resolve/modules.ts';
import { answeringIn, createCoverIndex } from './flags/verdicts/projects.ts';
import type { Host, HostOptions } from './hostInterface.ts';
import { CONFIG_PATH, linksAs, readsAs, setUp } from './hostSetup.ts';
import { type ParsedText, parseText, releaseText, reparseText } from './languages/extract.ts';
import type { FileFacts } from './languages/facts.ts';
import { languageOfPath } from './languages/registry.ts';
import { createLinking, type Held as HeldFiles } from './linking.ts';
import { createLinkingSoFar, type LinkingSoFar } from './linkingSoFar.ts';
import type { History, Notice } from './model.ts';
import { derivedInParts } from './reconfiguring.ts';
import { createAnnotationIndex } from './runbooks/annotations.ts';
import type { Completeness, Snapshot } from './snapshot.ts';
import { indexLines, linesAfterEdit } from './text.ts';
import { LACKS_NOTHING, type Wishes, wishesAmong } from './wishes.ts';

export function createHost(options: HostOptions): Host {
  const onDisk = new Map<string, Entry>();
  const open = new Map<string, Entry>();
  const linking = createLinking();
  const coverIndex = createCoverIndex();
  const problemsOf = createConfigurationProblems();
  let paths: ReadonlySet<string> = new Set();
  let packages: WorkspacePackages = new Map();
  let modules: ModuleResolver = createModuleResolver(paths, packages);
  let annotationsOf = createAnnotationIndex(paths);
  let setup = setUp(options.grammars, '');
  let history: History = { kind: 'pending' };
  let notices: readonly Notice[] = [];
  let served: ServedNow = { flags: [], sources: [] };
  let completeness: Completeness = 'complete';
  let revision = 0;
  let current: Snapshot | null = null;
  /** What is known of files is what another configuration made of them. */
  let isOutdated = false;
  let taken: LinkResult | null = null;
  /** While the repository is read, and somebody asks. */
  let soFar: LinkingSoFar | null = null;
  /** Open flag files that are still to be read again. */
  const behind = new Set<string>();
  /** Of those, the ones that were saved before they were read again. */
  const savedBehind = new Set<string>();

  const changed = (): void => {
    revision++;
    current = null;
  };
  const factsChanged = (): void => {
    linking.changed();
    soFar?.changed();
    changed();
  };
  const keysChanged = (): void => {
    linking.keysChanged();
    soFar?.keysChanged();
    changed();
  };
  const fileChanged = (path: string, before: Entry | undefined): void => {
    linking.fileChanged(path, before);
    soFar?.fileChanged(path, before);
    changed();
  };
  const entryOf = (path: string): Entry | undefined => open.get(path) ?? onDisk.get(path);
  /** By path, so that what is shown never depends on which file was read first. */
  const entries = (): readonly Entry[] =>
    [...new Map([...onDisk, ...open]).values()].sort((a, b) => (a.path < b.path ? -1 : 1));

  const derive = (
    path: string,
    text: string,
    parsed: ParsedText | null,
    facts = parsed?.facts ?? null,
    lines = indexLines(text),
  ): Entry => deriveEntry(setup, options, { path, text, parsed, facts, lines });
  const parse = (path: string, text: string): ParsedText | null => {
    const language = languageOfPath(path);
    return language === null ? null : parseText(options.grammars, language, text);
  };
  /** Files that stay closed keep their facts and give their tree back. */
  const deriveClosed = (path: string, text: string, known: FileFacts | null | undefined): Entry => {
    const parsed = known === undefined ? parse(path, text) : null;
    const facts = known ?? parsed?.facts ?? null;
    if (facts !== null) linking.prepare(path, facts);
    const entry = derive(path, text, null, facts);
    if (parsed !== null) releaseText(parsed);
    return entry;
  };
  const deriveAgain = (entry: Entry): Entry => derive(entry.path, entry.text, entry.parsed, entry.facts, entry.lines);
  const takeDerived = (known: ReadonlyMap<Entry, Entry>): void => {
    for (const map of [onDisk, open])
      for (const [path, entry] of map) map.set(path, known.get(entry) ?? deriveAgain(entry));
    isOutdated = false;
    keysChanged();
  };
  const configure = (): void => {
    const before = setup;
    setup = setUp(options.grammars, entryOf(CONFIG_PATH)?.text ?? '', before);
    if (linksAs(before, setup)) keysChanged();
    else factsChanged();
    if (readsAs(before, setup)) return;
    isOutdated = true;
    if (options.reconfigures !== 'in parts') takeDerived(new Map());
  };
  /** A text that is known already need not be read twice: a file is on disk and open at once. */
  const deriveKnown = (path: string, text: string, known: Entry | undefined): Entry =>
    known?.text === text && known.flagFile !== null && known.facts === null
      ? { ...known, parsed: null }
      : derive(path, text, parse(path, text));
  const store = (map: Map<string, Entry>, entry: Entry): void => {
    const before = map.get(entry.path);
    if (before?.parsed && before.parsed !== entry.parsed && before.parsed.tree !== entry.parsed?.tree)
      releaseText(before.parsed);
    const known = entryOf(entry.path);
    const shadowed = map === onDisk ? open.get(entry.path) : onDisk.get(entry.path);
    map.set(entry.path, entry);
    // Linking takes facts and the keys that flag files define, and nothing else of them.
    if (entry.path === CONFIG_PATH) configure();
    else if (linksAlike(before ?? shadowed, entry)) changed();
    else fileChanged(entry.path, known);
  };
  const drop = (map: Map<string, Entry>, path: string): void => {
    const before = map.get(path);
    const known = entryOf(path);
    if (before === undefined) return;
    if (before.parsed !== null) releaseText(before.parsed);
    map.delete(path);
    if (path === CONFIG_PATH) configure();
    fileChanged(path, known);
  };

  /** Takes an open flag file that was read again; on disk it may be the same. */
  const readAgain = (entry: Entry): void => {
    store(open, entry);
    if (onDisk.get(entry.path)?.text === entry.text && savedBehind.delete(entry.path)) onDisk.set(entry.path, entry);
  };
  const usePaths = (next: ReadonlySet<string>): void => {
    paths = next;
    annotationsOf = createAnnotationIndex(paths);
    modules = createModuleResolver(paths, packages);
    factsChanged();
  };
  const held = (): HeldFiles => ({ ...setup, modules, entries: entries(), served: served.flags });
  const linkAll = (): LinkResult => taken ?? linking.result(held);
  /** With what was linked before, where files are read again. */
  const answersSoFar = (): LinkingSoFar => {
    const answers = createLinkingSoFar({ held, patterns: () => setup.patterns, entryOf, open: () => open.keys() });
    const last = linking.last();
    if (last !== null) answers.take(last);
    return answers;
  };
  /** What is answered from; null where everything is known and linked. */
  const early = (): LinkingSoFar | null => {
    if (completeness !== 'reading' || taken !== null) return null;
    soFar ??= answersSoFar();
    return soFar;
  };
  const link = (): LinkResult => early()?.result() ?? linkAll();
  const wishesOf = (result: LinkResult): Wishes => wishesAmong(result, paths, path => entryOf(path) !== undefined);

  return {
    setPaths(next, nextPackages) {
      const all = new Set([...next, ...open.keys()]);
      if (all.size === paths.size && packages === nextPackages && [...all].every(path => paths.has(path))) return;
      packages = nextPackages;
      usePaths(all);
    },
    paths: () => paths,
    setText(path, text, known) {
      const before = onDisk.get(path);
      if (before?.text === text) return { kind: 'kept', facts: before.facts };
      const shown = open.get(path);
      // Saving a large flag file that is open says nothing new of it.
      const isShown = shown?.text === text && isSlowlyRead(shown);
      if (isShown && behind.has(path)) savedBehind.add(path);
      else savedBehind.delete(path);
      const entry = isShown ? shown : deriveClosed(path, text, known);
      const isKept = isWorthKeeping(entry);
      if (isKept) store(onDisk, entry);
      else drop(onDisk, path);
      return { kind: isKept ? 'kept' : 'left', facts: entry.facts };
    },
    offerText(path, text, known) {
      const entry = deriveClosed(path, text, known);
      const isPlain =
        entry.flagFile === null && entry.directives.length === 0 && annotationsOf(path, known).length === 0;
      const mayRead = (other: string): boolean => paths.has(other);
      if (isPlain && linking.saysNothing({ ...setup, modules }, path, known, mayRead)) return 'aside';
      store(onDisk, entry);
      return 'kept';
    },
    removeText: path => drop(onDisk, path),
    openDocument(path, text, known = null) {
      // A file that is not saved yet can be imported all the same.
      if (!paths.has(path)) usePaths(new Set([...paths, path]));
      behind.delete(path);
      const before = open.get(path);
      const isOpen = before?.text === text && before.parsed !== null;
      if (known !== null && (isOpen || known.text !== text)) releaseText(known);
      if (isOpen) return;
      if (known?.text === text) store(open, derive(path, text, known));
      else store(open, deriveKnown(path, text, onDisk.get(path)));
    },
    editDocument(path, edits) {
      const before = open.get(path);
      if (before === undefined) return;
      if (isSlowlyRead(before)) {
        behind.add(path);
        store(open, shiftedEntry(before, edits));
        return;
      }
      const reparsed = before.parsed === null ? null : reparseText(options.grammars, before.parsed, edits);
      const text = reparsed?.text ?? applyEdits(before.text, edits);
      const lines = edits.length === 1 ? linesAfterEdit(before.lines, text, edits[0]!) : indexLines(text);
      // A text that could not be parsed before may be one by now.
      const parsed = reparsed ?? parse(path, text);
      open.set(path, { ...before, parsed: null });
      store(open, derive(path, text, parsed, parsed?.facts ?? null, lines));
    },
    closeDocument(path) {
      behind.delete(path);
      drop(open, path);
      const saved = savedBehind.delete(path) ? onDisk.get(path) : undefined;
      if (saved !== undefined) store(onDisk, derive(path, saved.text, null));
    },
    behind: () => [...behind].map(path => ({ path, text: open.get(path)?.text ?? '' })),
    takeFlagFile(path, text, file) {
      const entry = open.get(path);
      if (entry?.text !== text) return false;
      behind.delete(path);
      readAgain({ ...entry, flagFile: answeringIn(setup.config, path, file) });
      return true;
    },
    catchUp() {
      const entries = [...behind].flatMap(path => open.get(path) ?? []);
      behind.clear();
      for (const { path, text } of entries) readAgain(derive(path, text, null));
      return entries.length > 0;
    },
    documentText: path => open.get(path)?.text ?? null,
    holds: path => entryOf(path) !== undefined,
    findings: () => ({
      checks: linkAll().checks,
      defining: new Set(entries().flatMap(({ path, facts, flagFile }) => (facts && flagFile ? [path] : []))),
    }),
    takeChecks(found) {
      taken = { checks: found, ...LACKS_NOTHING, listed: new Map() };
      changed();
    },
    namesThatCount() {
      const memory = linking.memory();
      return memory === null ? new Set() : namesThatCount(memory.survey);
    },
    linkMemory: () => (taken === null ? linking.memory() : null),
    setHistory(next) {
      history = next;
      changed();
    },
    setNotices(next) {
      notices = next;
      changed();
    },
    setServed(next) {
      const isAlike = keysOf(next.flags) === keysOf(served.flags);
      served = next;
      if (isAlike) changed();
      else keysChanged();
    },
    setCompleteness(next) {
      if (next === completeness) return;
      completeness = next;
      // A link that is begun gives up what was linked before.
      soFar = next === 'reading' ? answersSoFar() : null;
      changed();
    },
    completeness: () => completeness,
    config: () => setup.config,
    kindOf: path => setup.kindOf(path),
    isInteresting: text => setup.isInteresting(text),
    interest: () => setup.interest,
    interestWords: () => setup.interestWords,
    async prepareLinks(pause) {
      const some = early();
      if (some !== null) await some.prepare(pause);
      else if (taken === null) await linking.prepareResult(held, pause);
    },
    async reconfigure(pause, ahead) {
      while (isOutdated) {
        const { config } = setup;
        const all = [...onDisk.values(), ...open.values()];
        const known = await derivedInParts(
          all,
          deriveAgain,
          ahead,
          pause,
          () => !isOutdated || setup.config !== config,
        );
        if (known !== null) takeDerived(known);
      }
    },
    async linkRead(pause, goesOn = () => true) {
      if (taken !== null) return wishesOf(taken);
      const linked = await linking.linkAsHeld(held, pause, goesOn);
      if (linked === null) return null;
      soFar?.take(linked);
      changed();
      return wishesOf(linked.result);
    },
    wishes: () => wishesOf(link()),
    revision: () => revision,
    snapshot(now) {
      if (current !== null && current.now === now) return current;
      const isBroken = options.grammars.failure() !== null;
      const state = {
        completeness: isBroken ? ('failed' as const) : completeness,
        now,
        history,
        notices,
        sources: served.sources,
      };
      if (current === null) {
        const isKnown = completeness !== 'reading';
        const all = isKnown ? problemsOf(setup, entryOf(CONFIG_PATH)?.text ?? '', entries(), paths) : setup.problems;
        const known = { ...state, revision, config: setup.config, configProblems: all, paths };
        current = assemble(entries(), link(), annotationsOf, known, served.flags, coverIndex);
      } else current = { ...current, now };
      return current;
    },
  };
}
