/**
 * Members that are asked without naming what they belong to, because something else than a class around says it: the receiver of an
 * extension, what a scope function's lambda is called on. Members of the classes around are `nominal.ts`' business.
 */
import { hasFreeMembers } from '../../languages/facts.ts';
import type { Interpreter } from './interpreter.ts';
import { member } from './members.ts';
import { declaredMember } from './nominalMembers.ts';
import type { PackageKnowledge } from './packageKnowledge.ts';
import { enclosingTypes, type FileSymbols, lookUpScoped } from './symbols.ts';
import { instanceOf, UNKNOWN, type Value } from './value.ts';

/** A name, and where it stands. */
export interface PlacedName {
  readonly name: string;
  readonly own: FileSymbols;
  readonly offset: number;
  readonly path: string;
}

/** Kotlin: what an extension, or a scope function's lambda, is called on is asked first by its members' names. */
export function memberOfReceiver(
  interpreter: Interpreter,
  packages: PackageKnowledge,
  { name, own, offset, path }: PlacedName,
  steps: number,
): Value | null {
  if (own.facts.language !== 'kotlin' || isTypeName(name)) return null;
  const definition = lookUpScoped(own, 'this', offset);
  if (definition === null) return null;
  const found = interpreter.fromDefinition(definition, path, steps + 1);
  const isTyped = found.kind === 'parameter' && found.parameter.type !== null;
  const receiver = isTyped ? instanceOf(interpreter.evaluate(found.parameter.type!, found.path, steps + 1)) : found;
  if (receiver.kind === 'instance') return declaredMember(interpreter, receiver, name, steps + 1);
  const isKnown = receiver.kind === 'external' && packages.isKnown(receiver.from, own.facts.language);
  return isKnown ? member(interpreter, receiver, name, steps + 1) : null;
}

/** In an extension, a member of the package's type that it extends needs no receiver. */
export function memberOfExtended(
  interpreter: Interpreter,
  packages: PackageKnowledge,
  { name, own, offset, path }: PlacedName,
  steps: number,
): Value | null {
  if (!hasFreeMembers(own.facts.language) || isTypeName(name)) return null;
  const receiver = lookUpScoped(own, 'this', offset);
  const [innermost] = enclosingTypes(own, offset);
  // What an extension extends is named outside of it: looking for that name among its members would never end.
  const isBase = innermost?.bases.some(({ span }) => span.start <= offset && offset < span.end) === true;
  const value =
    receiver?.kind === 'parameter'
      ? member(interpreter, interpreter.fromDefinition(receiver, path, steps), name, steps + 1)
      : innermost?.form === 'extension' && !isBase
        ? member(interpreter, { kind: 'instance', path, type: innermost }, name, steps + 1)
        : UNKNOWN;
  return value.kind === 'external' && packages.isKnown(value.from, own.facts.language) ? value : null;
}

function isTypeName(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}
