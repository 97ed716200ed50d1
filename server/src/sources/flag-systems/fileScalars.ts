/** The values of one flag in a file, each with the way to it and its span: what edits of a flag choose from. */
import { yamlItems, yamlText, yamlValue } from '../../core/markdown/yamlTree.ts';
import type { Flag } from '../../core/model.ts';
import type { Span } from '../../core/text.ts';
import { createProblems } from './problems.ts';
import { readTrees, type Tree } from './trees.ts';

export interface Scalar {
  /** Names and, of lists, `[0]`, from the flag down. */
  readonly path: readonly string[];
  readonly value: string | number | boolean | null;
  /** As written, without quotes. */
  readonly text: string;
  readonly span: Span;
}

export interface Standing {
  readonly scalars: readonly Scalar[];
  /** The flag's first field's name, without its quotes; null where it has none. */
  readonly firstKey: Span | null;
}

/** The scalars of a flag as it is declared, and those that lists beside it hold for it by its name (`featureName`). */
export function scalarsOf(path: string, text: string, flag: Flag): Standing {
  const trees = readTrees(path, text, createProblems(path));
  const span = flag.declaration?.span;
  if (span === undefined) return { scalars: [], firstKey: null };
  const scalars: Scalar[] = [];
  let firstKey: Span | null = null;
  for (const tree of trees) {
    const own = declared(tree, span);
    if (own !== null) {
      collect(own, [], scalars);
      if (own.kind === 'map') firstKey = own.entries[0]?.keySpan ?? null;
    }
    for (const name of BESIDE) {
      for (const [index, item] of yamlItems(yamlValue(tree, name)).entries()) {
        if (yamlText(yamlValue(item, 'featureName')) === flag.key) collect(item, [name, `[${index}]`], scalars);
      }
    }
  }
  return { scalars, firstKey };
}

/** Lists of Unleash's export. */
const BESIDE: readonly string[] = ['featureEnvironments', 'featureStrategies'];

/** The tree that a declaration's span covers: the value behind its name, or a whole item. A map of one flag has the same span. */
function declared(tree: Tree, span: Span): Tree | null {
  if (tree.kind === 'map') {
    for (const { keySpan, value } of tree.entries) {
      if (keySpan.start === span.start && Math.max(keySpan.end, value.span.end) === span.end) return value;
    }
  }
  const below = tree.kind === 'map' ? tree.entries.map(entry => entry.value) : tree.kind === 'list' ? tree.items : [];
  for (const child of below) {
    const found = child.span.start <= span.start && child.span.end >= span.end ? declared(child, span) : null;
    if (found !== null) return found;
  }
  return tree.span.start === span.start && tree.span.end === span.end ? tree : null;
}

/** Trees are nested a hundred deep at most. */
function collect(tree: Tree, path: readonly string[], into: Scalar[]): void {
  if (tree.kind === 'scalar') into.push({ path, value: tree.value, text: tree.text, span: tree.span });
  else if (tree.kind === 'list')
    for (const [at, item] of tree.items.entries()) collect(item, [...path, `[${at}]`], into);
  else for (const entry of tree.entries) collect(entry.value, [...path, entry.key], into);
}
