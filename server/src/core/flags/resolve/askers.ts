/**
 * One evaluator for each file that asks. Answers could otherwise depend on what other files asked before (a question that leads in a
 * circle is answered differently from each of its places), and linking one file again would not give what linking all does.
 */
import type { FileFacts, FunctionFact } from '../../languages/facts.ts';
import type { Interpreter } from './interpreter.ts';
import type { ModuleResolver } from './modules.ts';
import type { PackageKnowledge } from './packageKnowledge.ts';
import { createProgramIndex, type ProgramIndex } from './programNames.ts';
import type { Reads } from './reads.ts';
import type { FileSymbols } from './symbols.ts';
import { createTypeIndex, type TypeIndex } from './typeIndex.ts';
import { createEvaluator, type Evaluator, type FileEvaluator } from './values.ts';

/** The evaluator of whichever file is asking. */
export interface Askers extends Evaluator {
  /** Whose questions come next. */
  ask(path: string): void;
  /** What a file's questions led to that is not here. */
  wishesOf(path: string): AskedInVain;
  /** What a file looked up in others. */
  readsOf(path: string): Reads;
}

/** See `FileEvaluator`. */
export type AskedInVain = Pick<FileEvaluator, 'missing' | 'sought' | 'undeclared'>;

/**
 * @param symbolsOf the names of a file, by its facts.
 * @param packages what is known of packages outside the repository.
 * @param touched takes the functions whose results other files than their own look at.
 */
export function createAskers(
  files: ReadonlyMap<string, FileFacts>,
  modules: ModuleResolver,
  symbolsOf: (facts: FileFacts) => FileSymbols,
  packages: PackageKnowledge,
  touched: Set<FunctionFact>,
): Askers {
  const evaluators = new Map<string, FileEvaluator>();
  let types: TypeIndex | null = null;
  let program: ProgramIndex | null = null;
  let asking = '';
  let current: FileEvaluator | null = null;
  const surveyed = {
    files,
    modules,
    symbolsOf,
    packages,
    types(interpreter: Interpreter) {
      types ??= createTypeIndex(interpreter);
      return types;
    },
    program() {
      program ??= createProgramIndex(files, symbolsOf);
      return program;
    },
  };
  const tell = (path: string, fn: FunctionFact): void => {
    if (path !== asking) touched.add(fn);
  };
  /** Most files ask nothing. */
  const now = (): FileEvaluator => {
    if (current === null) {
      current = createEvaluator(surveyed, asking, tell);
      evaluators.set(asking, current);
    }
    return current;
  };
  return {
    ask(path) {
      if (path === asking) return;
      asking = path;
      current = evaluators.get(path) ?? null;
    },
    wishesOf(path) {
      const { missing, sought, undeclared } = evaluators.get(path) ?? NOTHING;
      // Not the evaluator itself, and all that it has found out.
      return { missing, sought, undeclared };
    },
    readsOf: path => evaluators.get(path)?.reads ?? NO_READS,
    symbols: path => now().symbols(path),
    evaluate: (expr, path) => now().evaluate(expr, path),
    member: (object, name) => now().member(object, name),
    ancestors: (path, type) => now().ancestors(path, type),
    bound: (name, offset, path) => now().bound(name, offset, path),
    tell,
  };
}

const NO_READS: Reads = new Map();
const NOTHING: AskedInVain = { missing: new Set(), sought: new Set(), undeclared: new Set() };
