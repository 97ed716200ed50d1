/**
 * Linking one edited file again. Most keystrokes change no fact but where it stands: then checks only move. Others change what the file
 * itself asks and nothing that others see of it: then the file alone is linked, among what the last link found out about the rest.
 * Where that can't be told, null is returned and everything has to be linked. The result is always that of linking everything.
 */
import type { FileFacts, FunctionFact, TypeFact } from '../languages/facts.ts';
import type { Check } from '../model.ts';
import type { Span } from '../text.ts';
import type { Pending } from './accept.ts';
import { accessorsIn, addReferences } from './accessors.ts';
import { createState, sorted } from './checks.ts';
import { standingOfFile } from './codeLists.ts';
import { conclude } from './conclusions.ts';
import { type Move, sameFace, sameFacts } from './factsAlike.ts';
import { makersIn } from './flagObjects.ts';
import { questionsAsked } from './homegrown.ts';
import type { FileShare, Linked, LinkInput, LinkMemory, Rounds, Survey } from './linkMemory.ts';
import type { LinkState, Wrapper } from './linkState.ts';
import {
  acceptCalls,
  acceptChanges,
  acceptDirect,
  acceptForeign,
  acceptLists,
  acceptMade,
  acceptObjects,
  toldBy,
} from './linkSteps.ts';

/**
 * The link after an edit of the file at `path`, which is the only one whose facts are others than those of `before`. `move` tells where
 * offsets of its text went.
 */
export function relinkFile(before: Linked, input: LinkInput, path: string, move: Move): Linked | null {
  const { memory } = before;
  const known = memory.input;
  const isSameSetting =
    input.modules === known.modules &&
    input.patterns === known.patterns &&
    input.knownKeys === known.knownKeys &&
    input.isExcluded === known.isExcluded &&
    input.sdks === known.sdks &&
    input.indexFile === known.indexFile &&
    input.files.size === known.files.size;
  const [old, fresh, share] = [known.files.get(path), input.files.get(path), memory.shares.get(path)];
  if (!isSameSetting || old === undefined || fresh === undefined || share === undefined) return null;
  const renewed = (own: FileShare, survey: Survey, asked: Renewal | null): Linked => {
    const shares = new Map(memory.shares);
    for (const [at, other] of memory.shares) {
      const moved = at === path ? own : pointingAt(other, path, move);
      shares.set(at, asked === null ? moved : { ...moved, asked: asked.ofSet(moved.asked) });
    }
    const next: LinkMemory = { ...memory, input, survey, shares };
    const { codeLists } = input.indexFile(fresh);
    const isUnlisted = codeLists(path).length === 0 && known.indexFile(old).codeLists(path).length === 0;
    const listed =
      isUnlisted && standingOfFile(path) === 'none' && asksAlike(share.checks, own.checks, path)
        ? before.result.listed
        : null;
    return { result: conclude(next, before.result, listed), memory: next };
  };
  if (sameFacts(old, fresh, move)) {
    const renewal = memory.givers.has(path) ? renewalOf(old, fresh) : null;
    keepTouched(memory.touched, old, fresh);
    const survey = renewal === null ? memory.survey : renewSurvey(memory.survey, path, renewal);
    return renewed({ ...share, checks: share.checks.map(check => movedCheck(check, path, move)) }, survey, renewal);
  }
  if (memory.givers.has(path) || !sameFace(old, fresh, move, memory.touched)) return null;
  keepTouched(memory.touched, old, fresh);
  const again = shareOf(memory, input, path);
  const isSameShare =
    again !== null &&
    again.told === share.told &&
    sameItems(again.holders, share.holders) &&
    sameItems(again.asked, share.asked);
  return isSameShare ? renewed(again, memory.survey, null) : null;
}

/** Whether a file's checks say the same of lists of flags in other files. */
function asksAlike(before: readonly Check[], after: readonly Check[], path: string): boolean {
  const isAlike = (one: Check, other: Check): boolean =>
    one.key === other.key &&
    one.role === other.role &&
    one.confidence === other.confidence &&
    one.keyPlace?.path === other.keyPlace?.path &&
    (one.keyPlace === null || one.keyPlace.path === path || one.keyPlace.span.start === other.keyPlace!.span.start);
  return before.length === after.length && before.every((check, at) => isAlike(check, after[at]!));
}

/** What one file has to do with a link, asked again in the order in which linking everything asks; null if it gives others something. */
function shareOf({ survey, touched }: LinkMemory, input: LinkInput, path: string): FileShare | null {
  const state = createState(input, touched, path);
  const { frame, objectWords, holders, lists, accessors } = survey;
  const pending: Pending = new Map();
  learnImplied(state, survey);
  acceptDirect(state, path, frame, input.patterns, pending);
  let held: ReadonlySet<string> = new Set();
  if (objectWords !== null) {
    makersIn(state, path);
    held = acceptMade(state, path, objectWords, pending);
    acceptObjects(state, path, objectWords, holders, pending);
  }
  followAgain(state, path, survey.rounds, pending);
  const { asked } = questionsAsked(state, path, survey.questions);
  followAgain(state, path, survey.homegrownRounds, pending);
  acceptChanges(state, path, survey.changers, pending);
  const told = toldBy(state, path, lists);
  if (lists.types.size > 0) acceptLists(state, path, lists, frame, pending);
  followAgain(state, path, survey.listRounds, pending);
  const names = acceptForeign(state, path, pending);
  if (state.givers.has(path) || accessorsIn(state, path).length > 0) return null;
  addReferences(state, path, accessors);
  return { checks: sorted(state, path), holders: held, asked, told, names, wishes: state.evaluator.wishesOf(path) };
}

/** Swift: types that arguments are implied to be of are known by what they mean where the functions stand; see `arguments.ts`. */
function learnImplied(state: LinkState, { rounds, questions, homegrownRounds, listRounds }: Survey): void {
  state.evaluator.ask('');
  const wrappers = [...rounds, ...homegrownRounds, ...listRounds, questions.candidates.values()];
  for (const some of wrappers)
    for (const { key, path } of some) if (key.implied !== undefined) state.evaluator.evaluate(key.implied, path);
}

function followAgain(state: LinkState, path: string, rounds: Rounds, pending: Pending): void {
  for (const wrappers of rounds) {
    for (const wrapper of wrappers) state.wrappers.set(wrapper.fn, wrapper);
    acceptCalls(state, path, wrappers, pending);
  }
}

function sameItems<T>(some: ReadonlySet<T>, others: ReadonlySet<T>): boolean {
  return some.size === others.size && [...some].every(item => others.has(item));
}

/** The functions and types of a file's new facts by those of its old ones. */
interface Renewal {
  of<T extends FunctionFact | TypeFact>(fact: T): T;
  ofSet(facts: ReadonlySet<FunctionFact>): ReadonlySet<FunctionFact>;
}

function renewalOf(before: FileFacts, after: FileFacts): Renewal {
  const renewed = new Map<FunctionFact | TypeFact, FunctionFact | TypeFact>();
  for (const [at, fn] of before.functions.entries()) renewed.set(fn, after.functions[at]!);
  for (const [at, type] of before.types.entries()) renewed.set(type, after.types[at]!);
  const of = <T extends FunctionFact | TypeFact>(fact: T): T => (renewed.get(fact) as T | undefined) ?? fact;
  return { of, ofSet: facts => (facts.size === 0 ? facts : new Set([...facts].map(of))) };
}

function keepTouched(touched: Set<FunctionFact>, before: FileFacts, after: FileFacts): void {
  for (const [at, fn] of before.functions.entries()) if (touched.delete(fn)) touched.add(after.functions[at]!);
}

/** The survey with a file's new facts in the place of its old ones. */
function renewSurvey(survey: Survey, path: string, { of }: Renewal): Survey {
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
function pointingAt(share: FileShare, path: string, move: Move): FileShare {
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
function movedCheck(check: Check, path: string, move: Move): Check {
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
