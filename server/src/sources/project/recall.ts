/**
 * Taking up what the last whole reading of a repository found, for whoever asks about a few places: data is read (there are few
 * files that were kept), sources are only looked at from outside. It holds while no file has changed that took part in linking and
 * none that changed would take part now; else the repository is read as a whole again.
 */
import type { Host } from '../../core/hostInterface.ts';
import { CONFIG_PATH } from '../../core/hostSetup.ts';
import type { Grammars } from '../../core/languages/grammars.ts';
import { languagesOf } from '../../core/languages/registry.ts';
import type { LastReading } from '../facts-cache/lastReading.ts';
import type { FileAccess } from '../files/access.ts';
import { wishQuestions } from './wishQuestions.ts';

/** With more changed files than this, reading them is no quicker than reading everything. */
const MOST_CHANGED = 500;

/** Resolves to whether the host now has the checks, flags, runbooks and incidents that a whole reading would find; false
 * leaves it to be indexed. Of sources the host then holds those alone that define flags. */
export async function recallReading(
  host: Host,
  grammars: Grammars,
  access: FileAccess,
  openReading: () => Promise<LastReading | null>,
): Promise<boolean> {
  const { stamp } = access;
  if (stamp === undefined) return false;
  const reading = await openReading();
  if (reading === null) return false;
  const paths = await access.list();
  if (!(await configureAlike(host, grammars, access, paths, reading))) return false;
  const changed: string[] = [];
  let known = 0;
  for (const path of paths) {
    const kind = host.kindOf(path);
    if (kind === 'other' || kind === 'configuration') continue;
    const before = reading.stamps.get(path);
    if (before === undefined) {
      // A source that is new, or gone, may be what an import leads to.
      if (kind === 'source') return false;
      changed.push(path);
      continue;
    }
    known++;
    if (before === null || stamp(path)?.text !== before) changed.push(path);
    if (changed.length > MOST_CHANGED) return false;
  }
  if (known !== reading.stamps.size) return false;
  const { answeredBy } = wishQuestions({ words: new Set(reading.words), types: new Set(reading.types) });
  const isChanged = new Set(changed);
  host.setPaths(paths, new Map());
  for (const path of changed) {
    if (reading.linked.has(path)) return false;
    const kind = host.kindOf(path);
    const content = await access.read(path);
    if (kind === 'source') {
      if (
        content.kind === 'text' &&
        (host.isInteresting(content.text) || answeredBy(path, () => content.text).size > 0)
      )
        return false;
      continue;
    }
    // Flag files say which keys there are, and manifests where imports lead; other prose and data changes nothing.
    if (/(?:^|\/)(?:package\.json|go\.mod)$/.test(path) || (kind === 'data' && reading.kept.has(path))) return false;
    if (content.kind !== 'text') continue;
    const { kind: held } = host.setText(path, content.text);
    if (held === 'kept' && kind === 'data') return false;
  }
  await grammars.load(languagesOf(reading.defining));
  for (const path of [...reading.kept, ...reading.defining]) {
    if (isChanged.has(path)) continue;
    const content = await access.read(path);
    if (content.kind !== 'text') return false;
    host.setText(path, content.text);
  }
  host.takeChecks(reading.checks);
  return true;
}

/** The configuration says what is looked for: another one, another reading. */
async function configureAlike(
  host: Host,
  grammars: Grammars,
  access: FileAccess,
  paths: readonly string[],
  { configuration, interest }: LastReading,
): Promise<boolean> {
  const content = paths.includes(CONFIG_PATH) ? await access.read(CONFIG_PATH) : null;
  const text = content?.kind === 'text' ? content.text : null;
  if (text !== configuration || (content?.kind === 'skipped' && content.reason !== 'missing')) return false;
  if (text !== null) {
    // Patterns are compiled for the words in them.
    if (text.includes('"checks"')) await grammars.load(languagesOf(paths));
    host.setText(CONFIG_PATH, text);
  }
  return host.interest() === interest;
}
