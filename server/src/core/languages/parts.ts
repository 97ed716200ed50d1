/**
 * Long classes and namespaces, which are one chunk each, in parts: the head (up to the first member), the members, and the tail. What a
 * member says depends on its own text and on what is around it, not on its neighbours, so that an edit inside of one reads
 * that one again. Where the parts stand is `layout.ts`' business, what is reused `extract.ts`'.
 */
import type { Node } from 'web-tree-sitter';
import type { Span } from '../text.ts';
import { createSink, type FactSink, type TreeSource } from './language.ts';

export type PartRole = 'whole' | 'head' | 'member' | 'tail';

export interface Part extends Span {
  readonly role: PartRole;
  readonly type: string;
  readonly broken: boolean;
}

/** The parts of a node that is long enough and has members; null for any other. */
export function partsOf(node: Node): readonly Part[] | null {
  if (!isLongHolder(node)) return null;
  const parts: Part[] = [];
  return addParts(node, parts) ? parts : null;
}

/** The node as a walk sees it that skips the members outside of these spans. */
export function focusedOn(node: TreeSource, spans: readonly Span[]): TreeSource {
  return { walk: () => focusedCursor(node.walk(), spans) };
}

/** What the cursor is among: the members of a body, what a holder is made of, or something else, of which all is seen. */
type Level = 'body' | 'holder' | 'other';

type Cursor = ReturnType<TreeSource['walk']>;

function focusedCursor(cursor: Cursor, spans: readonly Span[]): Cursor {
  const levels: Level[] = [];
  const levelInside = (): Level => {
    if (levels.at(-1) === 'other' || cursor.endIndex - cursor.startIndex < LONG) return 'other';
    return BODIES.has(cursor.nodeType) ? 'body' : HOLDERS.has(cursor.nodeType) ? 'holder' : 'other';
  };
  const isSeen = (): boolean => {
    const [from, to] = [cursor.startIndex, cursor.endIndex];
    return spans.some(({ start, end }) => from < end && to > start);
  };
  const toNextSeen = (): boolean => {
    while (levels.at(-1) === 'body' && cursor.nodeIsNamed && !isSeen()) if (!cursor.gotoNextSibling()) return false;
    return true;
  };
  return {
    get nodeType() {
      return cursor.nodeType;
    },
    get nodeIsNamed() {
      return cursor.nodeIsNamed;
    },
    get startIndex() {
      return cursor.startIndex;
    },
    get endIndex() {
      return cursor.endIndex;
    },
    get currentFieldName() {
      return cursor.currentFieldName;
    },
    gotoFirstChild() {
      const level = levelInside();
      if (!cursor.gotoFirstChild()) return false;
      levels.push(level);
      if (toNextSeen()) return true;
      levels.pop();
      cursor.gotoParent();
      return false;
    },
    gotoNextSibling: () => cursor.gotoNextSibling() && toNextSeen(),
    gotoParent() {
      levels.pop();
      return cursor.gotoParent();
    },
    delete: () => cursor.delete(),
  };
}

/** The facts that begin in each of these spans, which are in order of position; what has no place is the first one's. */
export function dividedFacts(facts: FactSink, spans: readonly Span[]): readonly FactSink[] {
  const divided = spans.map(() => createSink());
  const first = divided[0];
  if (first === undefined) return divided;
  first.packageName = facts.packageName;
  first.exports.push(...facts.exports);
  const divide = <T>(listOf: (sink: FactSink) => T[], startOf: (fact: T) => number): void => {
    let at = 0;
    for (const fact of listOf(facts)) {
      while (at + 1 < spans.length && spans[at + 1]!.start <= startOf(fact)) at++;
      listOf(divided[at]!).push(fact);
    }
  };
  divide(
    sink => sink.imports,
    fact => fact.span.start,
  );
  divide(
    sink => sink.functions,
    fact => fact.span.start,
  );
  divide(
    sink => sink.bindings,
    fact => fact.nameSpan.start,
  );
  divide(
    sink => sink.types,
    fact => fact.span.start,
  );
  divide(
    sink => sink.calls,
    fact => fact.span.start,
  );
  divide(
    sink => sink.decorators,
    fact => fact.span.start,
  );
  divide(
    sink => sink.members,
    fact => fact.span.start,
  );
  divide(
    sink => sink.elements,
    fact => fact.span.start,
  );
  divide(
    sink => sink.branches,
    fact => fact.condition.start,
  );
  divide(
    sink => sink.comments,
    fact => fact.span.start,
  );
  return divided;
}

function isLongHolder(node: Node): boolean {
  return HOLDERS.has(node.type) && node.endIndex - node.startIndex >= LONG;
}

function addParts(holder: Node, parts: Part[]): boolean {
  const at = parts.length;
  const inside = holder.namedChildren.find(
    child =>
      child !== null && child.endIndex - child.startIndex >= LONG && (BODIES.has(child.type) || isLongHolder(child)),
  );
  if (!inside) return false;
  if (BODIES.has(inside.type)) {
    for (const member of inside.namedChildren) {
      if (member === null || (isLongHolder(member) && addParts(member, parts))) continue;
      const { type, startIndex: start, endIndex: end, hasError: broken } = member;
      parts.push({ role: 'member', type, start, end, broken });
    }
    if (parts.length === at) return false;
  } else if (!addParts(inside, parts)) return false;
  const { type, startIndex, endIndex } = holder;
  parts.splice(at, 0, { role: 'head', type, start: startIndex, end: parts[at]!.start, broken: false });
  parts.push({ role: 'tail', type, start: parts.at(-1)!.end, end: endIndex, broken: false });
  return true;
}

/** What is shorter is read quickly enough as a whole, in UTF-16 units. */
const LONG = 8 * 1024;

/** What has a body, or is around something that has one. */
const HOLDERS: ReadonlySet<string> = new Set([
  'export_statement',
  'class_declaration',
  'abstract_class_declaration',
  'class_definition',
  'decorated_definition',
  'object_definition',
  'object_declaration',
  'companion_object',
  'trait_definition',
  'interface_declaration',
  'struct_declaration',
  'record_declaration',
  'namespace_declaration',
  'namespace_definition',
  'class_specifier',
  'struct_specifier',
  'impl_item',
  'mod_item',
  'trait_item',
  'trait_declaration',
  'class',
  'module',
]);

/** What holds members that say nothing of one another. */
const BODIES: ReadonlySet<string> = new Set([
  'class_body',
  'interface_body',
  'declaration_list',
  'field_declaration_list',
  'template_body',
  'body_statement',
  'block',
]);
