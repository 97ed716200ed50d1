/**
 * Names that every file of a program sees without importing them: Ruby's constants and global variables by their full names
 * (`Shop::Flags::PAY`, `$rollout`, `Rails.configuration.flags`), PHP's classes, functions and constants by theirs
 * (`Shop\Flags`). What a name means at a place is `rubyNames.ts`' and `phpNames.ts`' business.
 */
import type { BindingFact, FileFacts, LanguageId, TypeFact } from '../../languages/facts.ts';
import { FILE_SCOPE } from '../../languages/language.ts';
import type { FileSymbols, LocalDefinition } from './symbols.ts';

/** One name that a file gives to its program. */
export interface ProgramName {
  readonly name: string;
  readonly definition: LocalDefinition;
}

/** A definition and the file it stands in. */
export interface PlacedDefinition {
  readonly path: string;
  readonly definition: LocalDefinition;
}

export interface ProgramIndex {
  /** Definitions of a full name, in the order of their files; Ruby's modules may have many. */
  find(name: string, family: Family): readonly PlacedDefinition[];
}

/** Files of one family share their names. */
export type Family = 'ruby' | 'php';

/** The family of a language, or null when its files name what they use. */
export function familyOf(language: LanguageId | undefined): Family | null {
  if (language === 'ruby' || language === 'erb' || language === 'haml') return 'ruby';
  return language === 'php' ? 'php' : null;
}

/** What a file gives to its program; nothing in most languages. */
export function programNamesOf(facts: FileFacts): readonly ProgramName[] {
  switch (familyOf(facts.language)) {
    case 'ruby':
      return rubyNamesOf(facts);
    case 'php':
      return phpNamesOf(facts);
    case null:
      return NONE;
  }
}

/** The full name of a Ruby type: the names of the types around it and its own. */
export function rubyNameOf(facts: FileFacts, type: TypeFact): string {
  return [...typesAround(facts, type.span.start).filter(outer => outer !== type), type]
    .map(each => each.name)
    .join('::');
}

/** Types that hold an offset, outermost first. */
export function typesAround(facts: FileFacts, offset: number): readonly TypeFact[] {
  return facts.types.filter(({ span }) => offset >= span.start && offset < span.end);
}

/** Indexes the names of all files. Made when it is first asked, for as long as the files are these. */
export function createProgramIndex(
  files: ReadonlyMap<string, FileFacts>,
  symbolsOf: (facts: FileFacts) => FileSymbols,
): ProgramIndex {
  const indexes = new Map<Family, ReadonlyMap<string, readonly PlacedDefinition[]>>();
  const build = (family: Family): ReadonlyMap<string, readonly PlacedDefinition[]> => {
    const index = new Map<string, PlacedDefinition[]>();
    for (const [path, facts] of files) {
      if (familyOf(facts.language) !== family) continue;
      for (const { name, definition } of symbolsOf(facts).programNames) {
        const known = index.get(name);
        if (known === undefined) index.set(name, [{ path, definition }]);
        else known.push({ path, definition });
      }
    }
    return index;
  };
  return {
    find(name, family) {
      const index = indexes.get(family) ?? build(family);
      indexes.set(family, index);
      return index.get(name) ?? NOWHERE;
    },
  };
}

/** An application's configuration has two names in Rails. */
export function configurationName(name: string): string {
  return name.replace(/^Rails\.application\.config(?:uration)?(?=\.)/, 'Rails.configuration');
}

const NONE: readonly ProgramName[] = [];
const NOWHERE: readonly PlacedDefinition[] = [];

function rubyNamesOf(facts: FileFacts): readonly ProgramName[] {
  const names: ProgramName[] = facts.types.map(type => ({
    name: rubyNameOf(facts, type),
    definition: { kind: 'type', type },
  }));
  const bindings = new Map<string, BindingFact[]>();
  for (const binding of facts.bindings) {
    const isShared = binding.owner === null && binding.scope.end === FILE_SCOPE.end && /^\$|\./.test(binding.name);
    if (!isShared && binding.form !== 'constant') continue;
    const around = binding.owner === null ? [] : typesAround(facts, binding.nameSpan.start);
    const name = configurationName([...around.map(type => type.name), binding.name].join('::'));
    const known = bindings.get(name);
    if (known === undefined) bindings.set(name, [binding]);
    else known.push(binding);
  }
  for (const [name, own] of bindings) names.push({ name, definition: { kind: 'bindings', bindings: own } });
  return names;
}

function phpNamesOf(facts: FileFacts): readonly ProgramName[] {
  const qualify = (name: string) => (facts.packageName === null ? name : `${facts.packageName}\\${name}`);
  const names: ProgramName[] = [];
  for (const type of facts.types) {
    if (type.name !== '') names.push({ name: qualify(type.name), definition: { kind: 'type', type } });
  }
  for (const fn of facts.functions) {
    const isNamed = fn.name !== null && fn.owner === null && !fn.name.startsWith('$');
    if (isNamed) names.push({ name: qualify(fn.name), definition: { kind: 'function', fn } });
  }
  for (const binding of facts.bindings) {
    if (binding.owner !== null || binding.form !== 'constant') continue;
    names.push({ name: qualify(binding.name), definition: { kind: 'bindings', bindings: [binding] } });
  }
  return names;
}
