/**
 * What a name means in PHP: a variable, or a class, function or constant by the full name that the file's namespace and `use`
 * declarations give it. A class that no file here defines is looked for in files of its name, the one whose path shares most
 * with its namespace first; what is in none of them comes from outside.
 */
import type { Expr, ImportFact } from '../../languages/facts.ts';
import { typesAround } from './programNames.ts';
import type { ProgramLookUp } from './rubyNames.ts';
import { type FileSymbols, lookUpScoped } from './symbols.ts';
import { MAX_STEPS, UNKNOWN, type Value } from './value.ts';

/** The value of a name as it is written. */
export function phpName(look: ProgramLookUp, name: string, offset: number, path: string, steps: number): Value {
  const { interpreter } = look;
  const own = interpreter.symbols(path);
  if (own === null || steps > MAX_STEPS) return UNKNOWN;
  if (name === 'this' || name === 'self') {
    const type = typesAround(own.facts, offset).at(-1);
    return type === undefined ? UNKNOWN : { kind: 'instance', path, type };
  }
  if (name.startsWith('$')) {
    const definition = lookUpScoped(own, name, offset);
    return definition === null ? UNKNOWN : interpreter.fromDefinition(definition, path, steps);
  }
  const full = fullName(name, own);
  const value = ofProgram(look, full, steps);
  if (value !== null) return value;
  // Functions and constants that the namespace lacks are the global ones.
  const global = name.includes('\\') ? null : ofProgram(look, name, steps);
  return global ?? outside(look, full, own);
}

/** What a `use` declaration gives. */
export function phpImported(look: ProgramLookUp, imported: ImportFact, path: string, steps: number): Value {
  const own = look.interpreter.symbols(path);
  const full = joined(imported.from, imported.imported);
  return own === null ? UNKNOWN : (ofProgram(look, full, steps) ?? outside(look, full, own));
}

/** `Some::class` is the class's full name, as a text; null for anything else. */
export function phpClassName(look: ProgramLookUp, expr: Expr & { kind: 'member' }, path: string): Value | null {
  if (expr.property !== 'class' || expr.object.kind !== 'name' || expr.object.name.startsWith('$')) return null;
  const own = look.interpreter.symbols(path);
  if (own === null) return null;
  const around = typesAround(own.facts, expr.span.start).at(-1);
  const isSelf = expr.object.name === 'self';
  if (isSelf && around === undefined) return null;
  const text = isSelf ? joined(own.facts.packageName ?? '', around!.name) : fullName(expr.object.name, own);
  return { kind: 'text', text, place: { path, span: expr.span }, via: ['constant'] };
}

/** The full name, without a leading backslash, of a name as it is written. */
function fullName(name: string, own: FileSymbols): string {
  if (name.startsWith('\\')) return name.slice(1);
  const namespace = own.facts.packageName ?? '';
  const [first = '', ...rest] = name.split('\\');
  if (/^namespace$/i.test(first) && rest.length > 0) return joined(namespace, rest.join('\\'));
  const used = own.imports.get(first);
  return used === undefined ? joined(namespace, name) : [joined(used.from, used.imported), ...rest].join('\\');
}

function joined(namespace: string, name: string): string {
  return namespace === '' ? name : `${namespace}\\${name}`;
}

function ofProgram(look: ProgramLookUp, full: string, steps: number): Value | null {
  const [found] = look.index.find(full, 'php');
  return found === undefined ? null : look.interpreter.fromDefinition(found.definition, found.path, steps + 1);
}

function outside(look: ProgramLookUp, full: string, own: FileSymbols): Value {
  wishFor(look, full);
  const slash = full.lastIndexOf('\\');
  const name = full.slice(slash + 1);
  const global = look.packages.ofGlobal(name, own.facts.language);
  if (global !== null && full === name) {
    return { kind: 'external', from: global, names: [name], named: 'alone' };
  }
  return { kind: 'external', from: slash < 0 ? '' : full.slice(0, slash), names: [name] };
}

/** Wishes for the files of a class's name whose folders are the most like its namespace. */
function wishFor(look: ProgramLookUp, full: string): void {
  const names = full.split('\\');
  const { modules, files } = look.interpreter;
  for (let from = 0; from < names.length; from++) {
    const folder = names.slice(from, -1);
    const called = [names.at(-1)!, inWordPress(names.at(-1)!)];
    const candidates = called.flatMap(name => modules.namedAfter([...folder, name].join('/'), 'php'));
    if (candidates.length === 0) continue;
    if (candidates.length <= MAX_NAMESAKES) for (const path of candidates) if (!files.has(path)) look.wish(path);
    return;
  }
}

/** What WordPress calls a class's file: `class-shop-plugin` for `Shop_Plugin`. */
function inWordPress(name: string): string {
  return `class-${name.toLowerCase().replaceAll('_', '-')}`;
}

/** Files of one name that are read to find a class: more than this, and the name says too little. */
const MAX_NAMESAKES = 8;
