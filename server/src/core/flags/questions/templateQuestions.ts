/**
 * Questions in templates of engines whose functions and objects come from elsewhere (Jinja, Twig): `feature("x")`,
 * `is_feature_enabled("x")`, `features.enabled("x")`, `waffle.flag("x")`, `"x"|feature_enabled`, `{% feature_enabled "x" %}`, `feature_flags.x`. Nothing in a template tells what they are, so that only names
 * which speak of flags and ask with a constant key are believed, as *likely*.
 */
import type { CallExpr, Expr, FileFacts } from '../../languages/facts.ts';
import { isFlagNoun, speaksOfFlags, wordsOf } from '../names/flagWords.ts';
import { looksLikeKey } from '../names/keyShape.ts';
import { type LinkState, type Match, plainMatch } from './linkState.ts';

/** Such questions in one file. */
export function templateQuestions(state: LinkState, path: string): readonly Match[] {
  const facts = state.files.get(path)!;
  if (facts.language !== 'jinja' && facts.language !== 'twig' && facts.language !== 'angular') return [];
  return [...calledQuestions(path, facts), ...tagQuestions(path, facts), ...readFlags(path, facts)];
}

function calledQuestions(path: string, facts: FileFacts): readonly Match[] {
  return facts.calls.flatMap(call => {
    const key = call.args[0]?.value;
    if (key?.kind !== 'string' || !looksLikeKey(key.value) || !asks(call.callee)) return [];
    const { nameSpan, span } = call;
    return [
      {
        path,
        nameSpan,
        end: span.end,
        keyExpr: key,
        fallbackExpr: null,
        constantFallback: undefined,
        system: 'inferred',
        method: lastName(call),
        type: 'boolean' as const,
        via: null,
        confidence: 'likely' as const,
        role: 'check' as const,
      },
    ];
  });
}

/** Tags of an application's own: `{% feature_enabled "x" %}`. Those of known libraries are the SDKs' data. */
function tagQuestions(path: string, { elements }: FileFacts): readonly Match[] {
  return elements.flatMap(({ name, nameSpan, attributes, span }) => {
    const tag = name.slice(1);
    const key = attributes[0]?.value;
    const isAsked = name.startsWith('%') && !SINGLE.has(tag) && isQuestion(tag) && speaksOfFlags(tag);
    if (!isAsked || key?.kind !== 'string' || !looksLikeKey(key.value)) return [];
    return [plainMatch({ ...likely(path, tag), nameSpan, end: span.end, keyExpr: key, via: 'component' })];
  });
}

/**
 * `feature_flags.x`, `flags["x"]`: what an object that is called flags holds under a name. `flags` and `features` are lists of other
 * things as often: they are believed in conditions alone, where nothing but the page or the request holds them.
 */
function readFlags(path: string, { members, elements }: FileFacts): readonly Match[] {
  const conditions = elements.filter(({ name }) => name === '%if' || name === '%elif' || name === '%elseif');
  return members.flatMap(read => {
    if (read.kind !== 'member') return [];
    for (let at: Expr = read; at.kind === 'member'; at = at.object) {
      const { object, property, propertySpan } = at;
      if (PLAIN.has(property) || !looksLikeKey(property)) continue;
      const held = object.kind === 'name' ? object.name : object.kind === 'member' ? object.property : '';
      // Angular: a stream of them.
      const name = held.replace(/\$$/, '');
      const isInCondition = conditions.some(({ span }) => span.start <= read.span.start && read.span.end <= span.end);
      if (!UNMISTAKABLE.test(name) && !(isInCondition && isOfPage(object))) continue;
      const keyExpr: Expr = { kind: 'string', value: property, span: propertySpan };
      const end = propertySpan.end;
      return [plainMatch({ ...likely(path, 'flags'), nameSpan: propertySpan, end, keyExpr, via: 'property' })];
    }
    return [];
  });
}

/** `flags`, `request.features`. */
function isOfPage(object: Expr): boolean {
  if (object.kind === 'name') return LIST.test(object.name);
  return (
    object.kind === 'member' &&
    LIST.test(object.property) &&
    object.object.kind === 'name' &&
    HOLDS.has(object.object.name)
  );
}

function likely(path: string, method: string) {
  return { path, system: 'inferred', method, type: 'boolean', confidence: 'likely' } as const;
}

const UNMISTAKABLE = /^(?:feature_?(?:flags|toggles|switches)|toggles)$/i;
const LIST = /^(?:flags|features)$/i;
const HOLDS: ReadonlySet<string> = new Set(['app', 'config', 'request', 'settings']);
/** Tags by which other things are shown: a country's flag, a switch. */
const SINGLE: ReadonlySet<string> = new Set(['flag', 'flags', 'is', 'has', 'on', 'check', 'toggle']);
/** What any list or text has. */
const PLAIN: ReadonlySet<string> = new Set([
  ...['all', 'any', 'count', 'exists', 'first', 'get', 'items', 'keys', 'last', 'length', 'names', 'paginator', 'size'],
  ...['total', 'values'],
]);

function asks(callee: Expr): boolean {
  if (callee.kind === 'name') return isQuestion(callee.name) && speaksOfFlags(callee.name);
  if (callee.kind !== 'member' || !isQuestion(callee.property)) return false;
  const { object } = callee;
  const owner = object.kind === 'name' ? object.name : object.kind === 'member' ? object.property : '';
  return speaksOfFlags(callee.property) || speaksOfFlags(owner);
}

/** Names of nothing but words for flags and for asking. */
function isQuestion(name: string): boolean {
  return wordsOf(name).every(word => QUESTION.has(word) || isFlagNoun(word));
}

const QUESTION: ReadonlySet<string> = new Set([
  'is',
  'has',
  'if',
  'enabled',
  'disabled',
  'active',
  'on',
  'check',
  'waffle',
  'flipper',
]);

function lastName({ callee }: CallExpr): string {
  if (callee.kind === 'member') return callee.property;
  return callee.kind === 'name' ? callee.name : '';
}
