/**
 * Ruby and PHP among the languages: which of the two answers what a name means. Both share names over a whole program, which
 * is why they are asked before a file's own imports are.
 */
import type { Expr, ImportFact } from '../../languages/facts.ts';
import type { Interpreter } from './interpreter.ts';
import { member, type PlacedType } from './members.ts';
import type { PackageKnowledge } from './packageKnowledge.ts';
import { phpClassName, phpImported, phpName } from './phpNames.ts';
import { type Family, familyOf, type ProgramIndex } from './programNames.ts';
import { type ProgramLookUp, rubyForeignMember, rubyName, rubyPath, rubyReopenings, rubyResult } from './rubyNames.ts';
import { UNKNOWN, type Value } from './value.ts';

export interface Program {
  /** The family of a file's language; null when it is neither Ruby nor PHP. */
  familyOf(path: string): Family | null;
  name(name: string, offset: number, path: string, steps: number): Value;
  imported(imported: ImportFact, path: string, steps: number): Value;
  /** What a member access means by its names alone; null when they say nothing. */
  path(expr: Expr & { kind: 'member' }, path: string, steps: number): Value | null;
  /** A type's other places. */
  otherParts(type: PlacedType): readonly PlacedType[];
  /** A member that no declaration of a type has. */
  foreignMember(type: PlacedType, name: string): Value;
  /** A member of what a method gives: Ruby calls methods without saying so. */
  resultMember(value: Value & { kind: 'function' }, name: string, steps: number): Value;
}

export function createProgram(
  interpreterOf: () => Interpreter,
  indexOf: () => ProgramIndex,
  packages: PackageKnowledge,
  wish: (path: string) => void,
): Program {
  let made: ProgramLookUp | null = null;
  const look = (): ProgramLookUp => {
    const interpreter = interpreterOf();
    made ??= { interpreter, index: indexOf(), packages, wish };
    return made;
  };
  const family = (path: string): Family | null => familyOf(interpreterOf().files.get(path)?.language);
  return {
    familyOf: family,
    name: (name, offset, path, steps) =>
      family(path) === 'ruby'
        ? rubyName(look(), name, offset, path, steps)
        : phpName(look(), name, offset, path, steps),
    imported: (imported, path, steps) =>
      family(path) === 'php' ? phpImported(look(), imported, path, steps) : UNKNOWN,
    path(expr, path, steps) {
      const own = family(path);
      if (own === null) return null;
      return own === 'ruby' ? rubyPath(look(), expr, path, steps) : phpClassName(look(), expr, path);
    },
    otherParts: type => (family(type.path) === 'ruby' ? rubyReopenings(look(), type) : NONE),
    foreignMember: (type, name) => (family(type.path) === 'ruby' ? rubyForeignMember(look(), type, name) : UNKNOWN),
    resultMember(value, name, steps) {
      if (family(value.path) !== 'ruby') return UNKNOWN;
      return member(interpreterOf(), rubyResult(look(), value.path, value.fn, steps), name, steps + 1);
    },
  };
}

const NONE: readonly PlacedType[] = [];
