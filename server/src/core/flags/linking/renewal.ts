/**
 * What the last link keeps of an edited file, brought to where it stands now: its functions and types by those of the new facts, spans by
 * where the edit moved them.
 */
import type { FileFacts, FunctionFact, TypeFact } from '../../languages/facts.ts';
import type { Check } from '../../model.ts';
import type { Span } from '../../text.ts';
import type { Wrapper } from '../questions/linkState.ts';
import { readName } from '../resolve/reads.ts';
import type { Move } from './factsAlike.ts';
import type { FileShare, Rounds, Survey } from './linkMemory.ts';

/** The functions and types of a file's new facts by those of its old ones, which are of the same name. */
export interface Renewal {
  /** Any other fact is what it is; so is one that the edit took away. */
  of<T extends FunctionFact | TypeFact>(fact: T): T;
  ofSet(facts: ReadonlySet<FunctionFact>): ReadonlySet<FunctionFact>;
}

/** Of several functions or types of one name, the first becomes the first. */
export function renewalOf(before: FileFacts, after: FileFacts): Renewal {
  const renewed = new Map<FunctionFact | TypeFact, FunctionFact | TypeFact>();
  pair(before.functions, after.functions, readName, renewed);
  pair(before.types, after.types, ({ name }) => name, renewed);
  const of = <T extends FunctionFact | TypeFact>(fact: T): T => (renewed.get(fact) as T | undefined) ?? fact;
  return { of, ofSet: facts => (facts.size === 0 ? facts : new Set([...facts].map(of))) };
}

function pair<T extends FunctionFact | TypeFact>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (fact: T) => string,
  renewed: Map<FunctionFact | TypeFact, FunctionFact | TypeFact>,
): void {
  const waiting = new Map<string, T[]>();
  for (const fact of after) {
    const name = nameOf(fact);
    const known = waiting.get(name);
    if (known === undefined) waiting.set(name, [fact]);
    else known.push(fact);
  }
  for (const queue of waiting.values()) queue.reverse();
  for (const fact of before) {
    const next = waiting.get(nameOf(fact))?.pop();
    if (next !== undefined) renewed.set(fact, next);
  }
}

/** Functions whose results others looked at stay so. */
export function keepTouched(touched: Set<FunctionFact>, before: FileFacts, { of }: Renewal): void {
  for (const fn of before.functions) if (touched.delete(fn)) touched.add(of(fn));
}

/** The survey with a file's new facts in the place of its old ones. */
export function renewSurvey(survey: Survey, path: string, { of }: Renewal): Survey {
  const renew = (wrapper: Wrapper): Wrapper => (wrapper.path === path ? { ...wrapper, fn: of(wrapper.fn) } : wrapper);
  const all = (rounds: Rounds): Rounds => rounds.map(wrappers => wrappers.map(renew));
  const { frame, questions, changers, lists, accessors } = survey;
  const injected = frame.toggles.injected.map(each => ({ ...each, component: of(each.component) }));
  return {
    ...survey,
    frame: { ...frame, toggles: { ...frame.toggles, injected } },
    rounds: all(survey.rounds),
    homegrownRounds: all(survey.homegrownRounds),
    listRounds: all(survey.listRounds),
    foreignRounds: all(survey.foreignRounds),
    questions: {
      ...questions,
      candidates: new Map([...questions.candidates].map(([fn, wrapper]) => [of(fn), renew(wrapper)])),
    },
    changers: {
      ...changers,
      byName: new Map(
        [...changers.byName].map(([name, all]) => [name, all.map(each => ({ ...each, fn: of(each.fn) }))]),
      ),
    },
    lists: { ...lists, types: new Map([...lists.types].map(([type, list]) => [of(type), list])) },
    accessors: { ...accessors, checks: new Map([...accessors.checks].map(([fn, check]) => [of(fn), check])) },
  };
}

/** Another file's share, whose keys may be written in the moved file. */
export function pointingAt(share: FileShare, path: string, move: Move): FileShare {
  if (!share.checks.some(({ keyPlace }) => keyPlace?.path === path)) return share;
  return { ...share, checks: share.checks.map(check => movedKeyPlace(check, path, move)) };
}

function movedKeyPlace(check: Check, path: string, move: Move): Check {
  const { keyPlace } = check;
  if (keyPlace === null || keyPlace.path !== path) return check;
  const span = moved(keyPlace.span, move);
  return span === keyPlace.span ? check : { ...check, keyPlace: { ...keyPlace, span } };
}

/** A check of the moved file itself. */
export function movedCheck(check: Check, path: string, move: Move): Check {
  const place = movedKeyPlace(check, path, move);
  const span = moved(check.span, move);
  if (span === check.span && place === check) return check;
  return {
    ...place,
    span,
    nameSpan: moved(check.nameSpan, move),
    keySpan: check.keySpan && moved(check.keySpan, move),
    fallbackSpan: check.fallbackSpan && moved(check.fallbackSpan, move),
  };
}

function moved(span: Span, move: Move): Span {
  const [start, end] = [move.start(span.start), move.end(span.end)];
  return start === span.start && end === span.end ? span : { start, end };
}
