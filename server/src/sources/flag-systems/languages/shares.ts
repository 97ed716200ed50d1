/**
 * Shares that can't be what somebody meant: that don't add up to the whole, or lie outside of it. Where they stand in a format, and what
 * happens then, its description says; no format is named here. Formats whose decoders judge their weights by themselves describe none.
 */
import {
  isComplete,
  type LivePattern,
  startPattern,
  startsAtFlag,
  step,
} from '../../../core/flags/files/documentPath.ts';
import type { FlagLanguage, FlagsAt, SharesAt } from '../../../core/flags/files/flagLanguage.ts';
import { yamlText, yamlValue } from '../../../core/markdown/yamlTree.ts';
import { addProblem, type ProblemSink } from '../problems.ts';
import type { Tree } from '../trees.ts';

/** Adds a problem for each place whose shares are wrong. */
export function noteShares(trees: readonly Tree[], language: FlagLanguage, problems: ProblemSink): void {
  const { shares } = language;
  if (shares === undefined) return;
  const atFlag = shares.filter(startsAtFlag).map(startPattern);
  for (const tree of trees) {
    const patterns = shares.filter(rule => !startsAtFlag(rule)).map(startPattern);
    visit(tree, { flags: language.flags.map(startPattern), patterns, flag: null, key: null }, atFlag, problems);
  }
}

interface Here {
  readonly flags: readonly LivePattern<FlagsAt>[];
  readonly patterns: readonly LivePattern<SharesAt>[];
  readonly flag: string | null;
  /** The map's key that led here. */
  readonly key: string | null;
}

function visit(node: Tree, here: Here, atFlag: readonly LivePattern<SharesAt>[], problems: ProblemSink): void {
  const flag = keyOfFlag(node, here);
  const inside = flag === null ? here : { ...here, flag, patterns: [...here.patterns, ...atFlag] };
  for (const { rule } of inside.patterns.filter(isComplete)) judge(node, rule, inside.flag, problems);
  if (node.kind === 'scalar') return;
  const children =
    node.kind === 'list'
      ? node.items.map((item, at) => [at, item] as const)
      : node.entries.map(({ key, value }) => [key, value] as const);
  for (const [name, child] of children) {
    const flags = step(inside.flags, name);
    const patterns = step(inside.patterns, name);
    if (flags.length === 0 && patterns.length === 0) continue;
    visit(child, { flags, patterns, flag: inside.flag, key: typeof name === 'string' ? name : null }, atFlag, problems);
  }
}

function keyOfFlag(node: Tree, { flags, key }: Here): string | null {
  for (const { rule } of flags.filter(isComplete)) {
    const named = rule.key === undefined ? key : yamlText(rule.key.split('/').reduce<Tree | null>(yamlValue, node));
    if (named !== null) return named;
  }
  return null;
}

function judge(node: Tree, rule: SharesAt, flag: string | null, problems: ProblemSink): void {
  const word = rule.when === undefined ? null : yamlText(yamlValue(node, rule.when.field));
  if (rule.when !== undefined && (word === null || !rule.when.words.includes(word))) return;
  const found = sharesIn(node, rule);
  const whose = flag === null ? '' : ` of "${flag}"`;
  const severity = rule.severity ?? 'warning';
  for (const { share, tree } of found) {
    if (share >= 0 && share <= rule.whole) continue;
    const message = `The share ${tree.text}${whose} is not between 0 and ${rule.whole}. Correct it.`;
    addProblem(problems, 'warning', 'weights', tree.span, message);
    return;
  }
  if (rule.sum === 'each' || found.length === 0) return;
  const sum = Math.round(found.reduce((total, { share }) => total + share, 0) * 1e6) / 1e6;
  const slack = rule.whole / 100;
  const isFine =
    rule.sum === 'at-most' ? sum <= rule.whole : Math.abs(sum - rule.whole) < (rule.whole === 1 ? slack : 1e-3);
  if (isFine) return;
  const most = rule.sum === 'at-most' ? `more than ${rule.whole}` : `not ${rule.whole}`;
  const message = `The shares${whose} add up to ${sum}, ${most}; ${rule.otherwise ?? 'correct them'}.`;
  addProblem(problems, severity, 'weights', node.span, message);
}

/** Only what is a number: what is none the decoder tells. */
function sharesIn(
  node: Tree,
  { part }: SharesAt,
): readonly { readonly share: number; readonly tree: Tree & { kind: 'scalar' } }[] {
  const items =
    node.kind === 'scalar'
      ? [node]
      : node.kind === 'list'
        ? node.items
        : part === undefined
          ? node.entries.map(({ value }) => value)
          : [node];
  return items.flatMap(item => {
    const tree = part === undefined ? item : part.split('/').reduce<Tree | null>(yamlValue, item);
    const share =
      tree?.kind === 'scalar' && tree.value !== null && tree.text.trim() !== '' ? Number(tree.text) : Number.NaN;
    return tree?.kind === 'scalar' && Number.isFinite(share) ? [{ share, tree }] : [];
  });
}
