// One history at one distance: changed files chosen by chance, all of their lines that survive, and some of those that don't.

import { parseText, releaseText } from '../../../server/src/core/languages/extract.ts';
import { createGrammars } from '../../../server/src/core/languages/grammars.ts';
import { LANGUAGES, languageOfPath } from '../../../server/src/core/languages/registry.ts';
import type { LineEvidence } from '../../../server/src/core/traces/lineConfidence.ts';
import { textLines } from '../../../server/src/core/traces/lineMatching.ts';
import type { LineMatch, LinePlacement } from '../../../server/src/core/traces/placement.ts';
import { symbolsOfFacts } from '../../../server/src/core/traces/symbols.ts';
import { readDeployedLines } from '../../../server/src/sources/git/deployedLines.ts';
import { readPathChanges } from '../../../server/src/sources/git/pathChanges.ts';
import { readBlob } from '../../../server/src/sources/git/repository.ts';
import { readWasm } from '../../support/wasm.ts';
import { createRandom, type Random } from '../random.ts';
import { type Fate, followLine, type History, lastSeen } from './truth.ts';

export interface Answer {
  readonly path: string;
  readonly line: number;
  /** A frame could stand there. */
  readonly named: boolean;
  readonly truth: Fate;
  readonly match: LineMatch;
  readonly confidence: number;
  readonly evidence: LineEvidence | null;
  readonly answered: { readonly path: string; readonly line: number | null };
  readonly right: boolean;
  /** The same line number in the same file, which is what a tool without history shows. */
  readonly naive: boolean;
}

export interface Measured {
  readonly repository: string;
  readonly days: number;
  readonly files: number;
  /** Lines with code that did not survive, of which some were asked about. */
  readonly lost: number;
  readonly asked: number;
  readonly answers: readonly Answer[];
}

export interface Sample {
  readonly files: number;
  readonly lines: number;
}

const SOURCE = /\.(?:[cm]?[jt]sx?|py|go|java|kt|scala|cs|rb|erb|haml|php|rs|swift|c|cc|cpp|h|vue|svelte|ex|exs)$/;
/** What nobody writes by hand. */
const GENERATED =
  /\.pb\.|_pb2|_grpc\.|\.gen\.|\.min\.|zz_generated|(?:^|\/)(?:generated?|genproto|openapi|vendor|migrations?)\//i;
const LARGEST = 400_000;

export async function measureHistory(history: History, sample: Sample): Promise<Omit<Measured, 'repository' | 'days'>> {
  const { root, head } = history;
  const deployed = history.commits[0]!;
  const random = createRandom(17);
  const compared = await readPathChanges(root, deployed, head, 'plain');
  if (compared.kind === 'failed') throw new Error(compared.reason);
  const changed = compared.changes.flatMap(({ oldPath }) =>
    oldPath !== null && SOURCE.test(oldPath) && !GENERATED.test(oldPath) ? [oldPath] : [],
  );
  const paths = shuffled(changed, random).slice(0, sample.files);
  const grammars = await createGrammars(readWasm);
  await grammars.load(LANGUAGES);
  const lines = await readDeployedLines({
    root,
    commit: deployed,
    head,
    readNow: path => textAt(root, head, path),
    symbolsOf: (path, text) => {
      const language = languageOfPath(path);
      const parsed = language === null ? null : parseText(grammars, language, text);
      if (parsed === null) return null;
      releaseText(parsed);
      return symbolsOfFacts(parsed.facts, text);
    },
  });
  if (lines.kind === 'failed') throw new Error(lines.reason);
  const answers: Answer[] = [];
  const lost: { path: string; line: number; truth: () => Fate }[] = [];
  for (const path of paths) {
    const text = await textAt(root, deployed, path);
    if (text === null || text.length > LARGEST) continue;
    const texts = textLines(text);
    const seen = lastSeen(history, deployed, path);
    const drift = await lines.read([path]);
    seen.forEach((reached, index) => {
      const line = index + 1;
      const named = canBeNamed(texts[index] ?? '');
      if (reached.commit === head)
        answers.push(judge(path, line, { kind: 'kept', place: reached }, named, drift.place(path, { line })));
      else if (named) lost.push({ path, line, truth: () => followLine(history, reached) });
    });
  }
  const asked = shuffled(lost, random).slice(0, sample.lines);
  for (const { path, line, truth } of asked) {
    const drift = await lines.lookElsewhere([{ path, line }]);
    answers.push(judge(path, line, truth(), true, drift.place(path, { line })));
  }
  return { files: paths.length, lost: lost.length, asked: asked.length, answers };
}

/** Frames stand on lines with code: not on blanks, braces and comments. */
function canBeNamed(line: string): boolean {
  return /\p{L}{2}/u.test(line) && !/^\s*(?:\/\/|\/?\*|#(?!\[)|--|<!--|"{3})/.test(line);
}

function judge(path: string, line: number, truth: Fate, named: boolean, placed: LinePlacement | null): Answer {
  if (placed === null) throw new Error(`${path}:${line} could not be followed`);
  const { match, confidence, evidence } = placed;
  const answered = { path: placed.path, line: placed.line };
  const place = truth.kind === 'gone' ? null : truth.place;
  const right =
    match === 'gone' ? place === null : place !== null && place.path === answered.path && place.line === answered.line;
  return {
    path,
    line,
    named,
    truth,
    match,
    confidence,
    evidence: evidence ?? null,
    answered,
    right,
    naive: place?.path === path && place.line === line,
  };
}

async function textAt(root: string, commit: string, path: string): Promise<string | null> {
  const blob = await readBlob(root, commit, path);
  return blob.kind === 'ok' && blob.bytes !== null ? new TextDecoder().decode(blob.bytes) : null;
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  const all = [...items];
  for (let at = all.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    [all[at], all[other]] = [all[other]!, all[at]!];
  }
  return all;
}
