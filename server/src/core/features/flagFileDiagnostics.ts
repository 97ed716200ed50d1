/**
 * What is wrong with a flag file as far as its places and rules tell: prerequisites that are missing or go round in a circle,
 * rules that never apply, flags that nobody checks or that code takes for another type. What a decoder can't read it says
 * itself; `diagnostics.ts` brings both together.
 */

import type { FlagPlace } from '../flags/files/flagLanguage.ts';
import { placeAt } from '../flags/files/flagPlaces.ts';
import { aType } from '../flags/rollout/describe.ts';
import { circleThrough, circularGroups } from '../flags/rollout/prerequisiteGraph.ts';
import { typeMismatch } from '../flags/verdicts/agreement.ts';
import {
  checksOf,
  dynamicChecksOf,
  flagFilesOf,
  flagsOf,
  lineOf,
  productionChecksOf,
} from '../flags/verdicts/flagIndex.ts';
import type { Flag, FlagFile, Problem } from '../model.ts';
import { closest } from '../runbooks/closest.ts';
import type { FileView, Snapshot } from '../snapshot.ts';
import { lineSpan, positionAt, type Span } from '../text.ts';
import type { Diagnostic, DiagnosticCode } from './diagnostics.ts';
import { duplicateFix, missingFlagFix } from './flagFileFixes.ts';

/** Codes of a decoder's problems that have an explanation of their own. */
const PROBLEM_CODES: Readonly<Record<string, DiagnosticCode>> = {
  'flag-file/duplicate': 'duplicate-key',
  'flag-file/unknown-variation': 'unknown-variation',
  'flag-file/weights': 'weights',
  'flag-file/unknown-prerequisite': 'unknown-prerequisite',
};

/** The code of a decoder's problem. */
export function problemCode(problem: Problem): DiagnosticCode {
  return PROBLEM_CODES[problem.code] ?? 'flag-file';
}

/** Whether a decoder's problem is said here too, with more knowledge: prerequisites may stand in other files of the system. */
export function isSaidHere(file: FlagFile, problem: Problem): boolean {
  return problem.code === 'flag-file/unknown-prerequisite' && file.language !== undefined;
}

/** What mends a decoder's problem, where one thing surely does. */
export function problemFix(view: FileView, problem: Problem): Pick<Diagnostic, 'replacement' | 'fix'> {
  const file = view.flagFile;
  const span = problem.place?.span;
  const place = file === null || span === undefined ? null : placeAt(file, span.start);
  if (file === null || place === null) return NO_FIX;
  if (problem.code === 'flag-file/duplicate') return { replacement: null, fix: duplicateFix(view, place) };
  if (problem.code !== 'flag-file/unknown-variation' || place.role !== 'variation-reference') return NO_FIX;
  const known = (file.places ?? []).filter(({ role, flag }) => role === 'variation' && flag === place.flag);
  // Counted variations have no names that could be alike.
  if (known.some(({ id, name }) => id !== name)) return NO_FIX;
  return { replacement: plainName(closest(place.id, known, ({ id }) => id)?.id ?? null), fix: null };
}

/** The findings that a decoder alone can't have. */
export function flagFileFindings(snapshot: Snapshot, view: FileView): readonly Diagnostic[] {
  const file = view.flagFile;
  if (file === null) return [];
  const needed = neededKeys(snapshot);
  return [
    ...prerequisiteFindings(snapshot, view, file),
    ...ruleFindings(view, file),
    ...file.flags.flatMap(flag => [unusedFinding(snapshot, needed, flag), typeFinding(snapshot, flag)]),
  ].filter(finding => finding !== null);
}

const NO_FIX = { replacement: null, fix: null } as const;

/** At most this many circles of one file are told, and for so many missing keys a near one is looked for. */
const MOST_CIRCLES = 20;

function prerequisiteFindings(snapshot: Snapshot, view: FileView, file: FlagFile): readonly Diagnostic[] {
  const needed = (file.places ?? []).filter(({ role }) => role === 'prerequisite');
  if (needed.length === 0) return [];
  // A system puts the files of an environment together.
  const flags = flagFilesOf(snapshot)
    .filter(({ system, environment }) => system === file.system && environment === file.environment)
    .flatMap(each => each.flags);
  const graph = new Map(flags.map(flag => [flag.key, flag.prerequisites]));
  const groups = circularGroups(graph);
  let circles = 0;
  let gone = 0;
  return needed.flatMap((place): readonly Diagnostic[] => {
    if (!graph.has(place.id)) {
      // Looking for near keys takes time; a file in which everything is missing has another problem.
      const near = gone++ < MOST_CIRCLES ? closest(place.id, graph.keys(), key => key) : null;
      return [{ ...missing(place, near), fix: missingFlagFix(view, place.flag, place.id) }];
    }
    const owner = place.flag ?? ownerOf(file, place);
    if (owner === null || !graph.get(owner)?.includes(place.id)) return [];
    if (groups.get(owner) !== groups.get(place.id) || circles++ >= MOST_CIRCLES) return [];
    const circle = circleThrough(graph, groups, owner, place.id).map(key => `“${key}”`);
    const message =
      circle.length === 2
        ? `${circle[0]} is its own prerequisite, so it can never be on.`
        : `Prerequisites go round in a circle: ${circle.join(' needs ')}. None of them can be judged.`;
    return [finding('cyclic-prerequisite', 'error', place.span, message)];
  });
}

function missing(place: FlagPlace, near: string | null): Diagnostic {
  const who = place.flag === null ? '' : ` of “${place.flag}”`;
  const message =
    `Prerequisite “${place.id}”${who} is defined in no flag file of this system and environment, so it never holds.` +
    `${near === null ? '' : ` Did you mean “${near}”?`}`;
  return { ...finding('unknown-prerequisite', 'warning', place.span, message), replacement: plainName(near) };
}

/** The flag that a list of dependencies beside the flags names before its prerequisites. */
function ownerOf(file: FlagFile, place: FlagPlace): string | null {
  const before = (file.places ?? []).findLast(
    ({ role, span }) => role === 'flag-mention' && span.start < place.span.start,
  );
  return before?.id ?? null;
}

function ruleFindings(view: FileView, file: FlagFile): readonly Diagnostic[] {
  return (file.rules ?? []).flatMap(({ span, shadow, title, flag, environment }): readonly Diagnostic[] => {
    if (shadow === null) return [];
    const where = environment === null ? '' : ` in ${environment}`;
    const message = `${title} of “${flag}”${where} never applies: ${shadow.words}.`;
    const related = [{ ...shadow.by, message: 'This one is asked first.' }];
    return [{ ...finding('unreachable-rule', 'warning', firstLine(view, span), message), related }];
  });
}

/** Off while the repository is read: whoever checks it may be about to be found. And where no code checks any flag at all. */
function unusedFinding(snapshot: Snapshot, needed: ReadonlySet<string>, flag: Flag): Diagnostic | null {
  const { key, declaration } = flag;
  if (snapshot.completeness !== 'complete' || declaration === null || flag.archived) return null;
  if (flag.askedOtherwise === true) return null;
  if (snapshot.checks.size === 0 && snapshot.dynamicChecks.length === 0) return null;
  if (productionChecksOf(snapshot, key).length > 0 || dynamicChecksOf(snapshot, key).length > 0) return null;
  if (needed.has(key)) return null;
  const inTests = checksOf(snapshot, key).length;
  const who = inTests === 0 ? 'No code in this repository checks' : 'Only tests check';
  return finding('unused-flag', 'hint', declaration.keySpan, `${who} “${key}”.`);
}

/** Keys that any flag file names as a prerequisite. */
function neededKeys(snapshot: Snapshot): ReadonlySet<string> {
  const places = flagFilesOf(snapshot).flatMap(file => file.places ?? []);
  return new Set(places.flatMap(({ role, id }) => (role === 'prerequisite' ? [id] : [])));
}

function typeFinding(snapshot: Snapshot, flag: Flag): Diagnostic | null {
  const { key, declaration, kind } = flag;
  if (declaration === null || kind === null) return null;
  // Tests ask for wrong types on purpose.
  const wrong = productionChecksOf(snapshot, key).filter(check => typeMismatch(snapshot, check) !== null);
  const [first] = wrong;
  if (first === undefined || flagsOf(snapshot, key).some(each => each.kind !== kind)) return null;
  const more = wrong.length > 1 ? ` and ${wrong.length - 1} more` : '';
  const place = `${first.path}:${lineOf(snapshot, first.path, first.span.start)}${more}`;
  const message = `“${key}” is ${aType(kind)}, but code asks for ${aType(first.type!)} (${place}): the fallback is always served there.`;
  const related = wrong
    .slice(0, 5)
    .map(check => ({ path: check.path, span: check.span, message: `asks for ${aType(check.type!)}` }));
  return { ...finding('type-mismatch', 'warning', declaration.keySpan, message), related };
}

/** A rule may be long: its first line is marked. */
function firstLine({ lines, text }: FileView, span: Span): Span {
  const end = lineSpan(lines, positionAt(lines, span.start).line).end;
  if (end >= span.end) return span;
  return { start: span.start, end: span.start + text.slice(span.start, end).trimEnd().length };
}

/** A name that is the same in every quote; null for any other. */
function plainName(name: string | null): string | null {
  return name !== null && JSON.stringify(name) === `"${name}"` && !/['\s]/.test(name) ? name : null;
}

function finding(code: DiagnosticCode, severity: Diagnostic['severity'], span: Span, message: string): Diagnostic {
  return { code, severity, span, message, replacement: null, fix: null, related: [] };
}
