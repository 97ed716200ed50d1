/**
 * Which checks stand on every way to a place in the code, and which way they sent it: whether it is reached only when the flag is on,
 * only when it is off, or either way. From the syntax tree; `flagsOnTheWay.ts` says what is known of the flags.
 */
import type { Node } from 'web-tree-sitter';
import type { BindingFact } from '../../languages/facts.ts';
import { type DefinitionOf, outcomeOf, wayTo } from '../../languages/guards.ts';
import type { Check } from '../../model.ts';
import type { FileView } from '../../snapshot.ts';
import { lineSpan, positionAt, type Span } from '../../text.ts';

export interface CheckOnTheWay {
  readonly check: Check;
  /** What the flag said when the place was reached; null when it may have said either, as when its value is only used. */
  readonly branch: 'on' | 'off' | null;
}

/**
 * In order of the checks. `line` is 1-based; a 1-based `column` makes it surer on lines that hold more than one statement. Checks on
 * the line itself count.
 */
export function checksOnTheWay(
  root: Node,
  file: FileView,
  line: number,
  column: number | null,
): readonly CheckOnTheWay[] {
  const candidates = file.checks.filter(isAnswer);
  if (candidates.length === 0 || line > file.lines.starts.length) return [];
  const span = lineSpan(file.lines, line - 1);
  const indent = /^[ \t]*/.exec(file.text.slice(span.start, span.end))![0].length;
  const place = Math.min(span.start + Math.max(indent, (column ?? 1) - 1), Math.max(span.start, span.end - 1));
  const way = wayTo(root, place);
  const definitionOf = definitionsIn(root, file);
  const lineOf = (check: Check): number => positionAt(file.lines, check.nameSpan.start).line;
  const call = callAt(root, place);
  const isHandedOver = ({ nameSpan }: Check): boolean =>
    call !== null && nameSpan.start >= call.startIndex && nameSpan.start < call.endIndex;
  return candidates.flatMap((check): readonly CheckOnTheWay[] => {
    const outcome = outcomeOf(way.guards, check.span, definitionOf);
    if (outcome !== null) return [{ check, branch: isAskedForOff(check) ? OPPOSITE[outcome] : outcome }];
    const isHere = column === null ? lineOf(check) === line - 1 : isHandedOver(check);
    const passes = check.role === 'check' && (isHere || way.passes(check.nameSpan.start));
    return passes ? [{ check, branch: null }] : [];
  });
}

const OPPOSITE = { on: 'off', off: 'on' } as const;

/** The call that stands at a place: what is handed to it is evaluated before it. Without one, the access to a member: what it is of. */
function callAt(root: Node, place: number): Node | null {
  let access: Node | null = null;
  for (
    let node = root.namedDescendantForIndex(place, place);
    node !== null && node.startIndex >= place - 200;
    node = node.parent
  ) {
    if (/call|invocation|creation|^new_/.test(node.type)) return node;
    if (/statement|block|function|method|lambda/.test(node.type)) return access;
    if (/^(?:member|selector|field|navigation|subscript)_(?:access|expression)/.test(node.type)) access ??= node;
  }
  return access;
}

/** A check, or a call of what returns one. */
function isAnswer({ role, key, via }: Check): boolean {
  return key !== null && (role === 'check' || (role === 'reference' && via.includes('accessor')));
}

/** `isDisabled("x")` is true when the flag is off. */
function isAskedForOff({ method, type }: Check): boolean {
  return (
    (type === null || type === 'boolean') && /(?:^|[a-z_])(?:disabled|inactive|not_?enabled|is_?off)\W?$/i.test(method)
  );
}

/** A name that was given one value, and no other where it is visible. */
function definitionsIn(root: Node, { facts }: FileView): DefinitionOf {
  return name => {
    const wanted = name.text.replace(/^\$/, '');
    let nearest: BindingFact | null = null;
    let times = 0;
    for (const binding of facts?.bindings ?? []) {
      if (binding.name.replace(/^\$/, '') !== wanted || binding.owner !== null) continue;
      if (name.startIndex < binding.scope.start || name.startIndex >= binding.scope.end) continue;
      const isNarrower = nearest === null || sizeOf(binding.scope) < sizeOf(nearest.scope);
      if (!isNarrower && sizeOf(binding.scope) > sizeOf(nearest!.scope)) continue;
      times = isNarrower ? 1 : times + 1;
      nearest = binding;
    }
    const value = times === 1 ? (nearest?.value ?? null) : null;
    return value === null ? null : root.namedDescendantForIndex(value.span.start, value.span.end);
  };
}

function sizeOf({ start, end }: Span): number {
  return end - start;
}
