/**
 * Directives and pipes of Angular whose class hands on, as a key, what a template gives them: `@Input() set appFeature(key)` makes
 * `*appFeature="'pay'"` a check, and `transform(key)` of a `@Pipe({ name: 'feature' })` makes `'pay' | feature` one. Those that only their names
 * speak for are `guessed/directiveQuestions.ts`' business.
 */

import type { CallExpr, ElementFact, Expr, FileFacts, FunctionFact } from '../../languages/facts.ts';
import { isScript } from '../../languages/facts.ts';
import { lastName } from '../names/lastName.ts';
import type { LinkState, Match, Wrapper } from './linkState.ts';

/** What templates call a wrapper that is an input of a directive (`appFeature`) or a pipe (`|feature`); null of any other. */
export function templateName({ files }: LinkState, { path, fn }: Wrapper): string | null {
  const facts = files.get(path);
  return facts === undefined ? null : nameIn(facts, fn);
}

/** The names that a file's decorators give to methods, by the methods' own: pipes without their sign. */
export function templateAliases(facts: FileFacts): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  if (!facts.decorators.some(({ callee }) => CLASS_DECORATORS.has(lastName(callee)))) return found;
  for (const fn of facts.functions) {
    const name = nameIn(facts, fn)?.replace(/^\|/, '');
    if (name !== undefined) found.set(fn.name!, [...(found.get(fn.name!) ?? []), name]);
  }
  return found;
}

function nameIn(facts: FileFacts, fn: FunctionFact): string | null {
  if (fn.name === null || fn.owner === null || !isScript(facts.language)) return null;
  const type = facts.types.find(({ name, form }) => name === fn.owner && form === 'class');
  const decorator = type === undefined ? null : decoratorBefore(facts, type.nameSpan.start, CLASS_DECORATORS);
  if (decorator === null) return null;
  if (lastName(decorator.callee) === 'Pipe') {
    const name = fn.name === 'transform' ? entryOf(decorator, 'name') : null;
    return name === null ? null : `|${name}`;
  }
  const input = decoratorBefore(facts, fn.nameSpan.start, INPUT);
  if (input === null || input.span.start < type!.nameSpan.start) return null;
  const [given] = input.args;
  return given?.value.kind === 'string' ? given.value.value : (entryOf(input, 'alias') ?? fn.name);
}

/** What templates give to directives and pipes that are among these wrappers. */
export function directiveMatches(state: LinkState, path: string, wrappers: readonly Wrapper[]): readonly Match[] {
  const { elements, language } = state.files.get(path)!;
  if (elements.length === 0 || (language !== 'angular' && language !== 'typescript')) return [];
  const named = new Map<string, Wrapper>();
  for (const wrapper of wrappers) {
    const name = wrapper.prefix === null ? templateName(state, wrapper) : null;
    if (name !== null) named.set(name, wrapper);
  }
  return named.size === 0 ? [] : elements.flatMap(element => matchesOf(path, element, named));
}

function matchesOf(path: string, element: ElementFact, named: ReadonlyMap<string, Wrapper>): readonly Match[] {
  const { name, nameSpan, attributes, span } = element;
  const own = named.get(name.startsWith('*') ? name.slice(1) : name);
  const given = attributes.find(attribute => attribute.name === '0')?.value ?? null;
  if (/^[*|]/.test(name))
    return own === undefined || given === null ? [] : [matchOf(path, { nameSpan, end: span.end }, given, own)];
  return attributes.flatMap(attribute => {
    const input = named.get(attribute.name);
    if (input === undefined || attribute.value === null) return [];
    const start = attribute.span.start;
    return [
      matchOf(
        path,
        { nameSpan: { start, end: start + attribute.name.length }, end: attribute.span.end },
        attribute.value,
        input,
      ),
    ];
  });
}

function matchOf(
  path: string,
  placed: Pick<Match, 'nameSpan' | 'end'>,
  keyExpr: Expr,
  { fn, constantFallback, type, confidence }: Wrapper,
): Match {
  const common = { path, keyExpr, negation: '!', fallbackExpr: null, constantFallback, type, confidence } as const;
  return { ...common, ...placed, system: 'inferred', method: fn.name!, via: 'attribute', role: 'check' };
}

/** The decorator of what is named at an offset: the last one before it, if nothing else is declared between. */
function decoratorBefore(facts: FileFacts, offset: number, names: ReadonlySet<string>): CallExpr | null {
  const decorator = facts.decorators.findLast(({ callee, span }) => span.end <= offset && names.has(lastName(callee)));
  if (decorator === undefined) return null;
  const isBetween = ({ start }: { readonly start: number }) => start > decorator.span.end && start < offset;
  const others = [...facts.types, ...facts.functions, ...facts.bindings];
  return others.some(({ nameSpan }) => isBetween(nameSpan)) ? null : decorator;
}

function entryOf({ args }: CallExpr, key: string): string | null {
  const value = args[0]?.value;
  const entry = value?.kind === 'object' ? value.entries.find(each => each.key === key)?.value : undefined;
  return entry?.kind === 'string' ? entry.value : null;
}

const CLASS_DECORATORS: ReadonlySet<string> = new Set(['Component', 'Directive', 'Pipe']);
const INPUT: ReadonlySet<string> = new Set(['Input']);
