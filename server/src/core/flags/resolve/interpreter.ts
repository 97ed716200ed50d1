/** What the parts of the interpreter ask of each other. `values.ts` puts them together. */
import type { BindingFact, Expr, FileFacts, FunctionFact, TypeFact } from '../../languages/facts.ts';
import type { Lookups } from './lookups.ts';
import type { PlacedType } from './members.ts';
import type { ModuleResolver } from './modules.ts';
import type { Nominal } from './nominal.ts';
import type { Program } from './program.ts';
import type { LocalDefinition } from './symbols.ts';
import type { Value } from './value.ts';

/** `steps` counts how far a value was followed; see `MAX_STEPS`. */
export interface Interpreter extends Pick<Lookups, 'symbols' | 'symbolsNaming'> {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly modules: ModuleResolver;
  evaluate(expr: Expr, path: string, steps: number): Value;
  fromDefinition(definition: LocalDefinition, path: string, steps: number): Value;
  fromBindings(bindings: readonly BindingFact[], path: string, steps: number): Value;
  /** The module an import in `path` names. */
  moduleOf(specifier: string, path: string): Value;
  readonly nominal: Nominal;
  readonly program: Program;
  /** What types extend, where nothing of that was left open; see `ancestors`. */
  readonly lineages: Map<TypeFact, readonly PlacedType[]>;
  /** To be told that the results of a function were looked at. */
  tell(path: string, fn: FunctionFact): void;
}
