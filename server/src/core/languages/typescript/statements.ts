/**
 * Statements and declarations of TypeScript and JavaScript: bindings, classes, enums, branches. Everything that is not a
 * statement goes on to the expression walk.
 */

import type { BindingFact, Expr, TypeFact } from '../facts.ts';
import { type FactSink, FILE_SCOPE } from '../language.ts';
import { childIn, childOfType, type PlainNode, type PlainTree, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch } from '../shapes.ts';
import { withBounds } from '../typeBounds.ts';
import { walkAssignment } from './assignments.ts';
import { walkDecorator } from './decorators.ts';
import { keyText, walkExpression, walkNamed } from './expressions.ts';
import { walkFunction, walkReturned } from './functions.ts';
import { listedType, namedOrListed } from './inlineTypes.ts';
import { walkForIn } from './loops.ts';
import { requiredModule, walkExport, walkImport } from './modules.ts';
import { type Target, targetsOf } from './patterns.ts';
import { typeOf } from './types.ts';
import { addComment, type Walk } from './walk.ts';

/** The walk of one top-level node; see `Language.extractChunk`. */
export function walkChunk({ root, comments }: PlainTree, text: string, sink: FactSink): void {
  const walk = {
    text,
    sink,
    scope: FILE_SCOPE,
    functionScope: FILE_SCOPE,
    owner: null,
    returns: null,
    functionName: null,
  };
  for (const comment of comments) addComment(comment, walk);
  if (root.type === 'hash_bang_line') addComment(root, walk);
  else if (root.type !== 'comment') walkStatement(root, walk);
}

export function walkStatement(node: PlainNode, walk: Walk): void {
  switch (node.type) {
    case 'import_statement':
      walkImport(node, walk);
      return;
    case 'export_statement':
      walkExport(node, walk);
      return;
    case 'lexical_declaration':
    case 'variable_declaration':
      walkDeclaration(node, walk);
      return;
    case 'function_declaration':
    case 'generator_function_declaration':
    case 'function_signature':
    case 'method_definition':
    case 'method_signature':
    case 'abstract_method_signature':
      for (const child of node.children) if (child.type === 'decorator') walkDecorator(child, walk);
      walkFunction(node, childIn(node, 'name'), walk);
      return;
    case 'class_declaration':
    case 'abstract_class_declaration':
    case 'interface_declaration':
      walkClass(node, walk);
      return;
    case 'internal_module':
    case 'module':
      walkNamespace(node, walk);
      return;
    case 'enum_declaration':
      walkEnum(node, walk);
      return;
    case 'type_alias_declaration':
      walkAlias(node, walk);
      return;
    case 'public_field_definition':
    case 'field_definition':
    case 'property_signature':
      walkField(node, walk);
      return;
    case 'assignment_expression':
      walkAssignment(node, walk);
      return;
    case 'return_statement':
      walkReturn(node, walk);
      return;
    case 'if_statement':
      walkIf(node, walk);
      return;
    case 'for_in_statement':
      walkForIn(node, walk);
      return;
    case 'decorator':
      walkDecorator(node, walk);
      return;
    case 'statement_block':
      walkBlock(node, walk);
      return;
    case 'type_annotation':
    case 'type_arguments':
    case 'type_parameters':
      return;
    default:
      if (STATEMENTS.has(node.type)) for (const child of node.children) walkStatement(child, walk);
      else walkExpression(node, walk);
  }
}

/** Nodes that hold statements and have no meaning of their own here. */
const STATEMENTS = new Set([
  'ERROR',
  'ambient_declaration',
  'catch_clause',
  'do_statement',
  'else_clause',
  'expression_statement',
  'finally_clause',
  'for_statement',
  'labeled_statement',
  'switch_body',
  'switch_case',
  'switch_default',
  'switch_statement',
  'throw_statement',
  'try_statement',
  'while_statement',
]);

function walkBlock(node: PlainNode, walk: Walk): void {
  const inner = { ...walk, scope: spanOfPlain(node) };
  for (const child of node.children) walkStatement(child, inner);
}

function walkDeclaration(node: PlainNode, walk: Walk): void {
  const keyword = node.token;
  for (const declarator of node.children) {
    if (declarator.type !== 'variable_declarator') continue;
    const pattern = childIn(declarator, 'name');
    const valueNode = childIn(declarator, 'value');
    if (pattern === undefined) continue;
    const name = pattern.type === 'identifier' ? sourceOf(pattern, walk) : '';
    const value = valueNode === undefined ? null : walkNamed(valueNode, name, pattern, walk);
    const type = namedOrListed(childIn(declarator, 'type'), name, walk) ?? castOf(valueNode, walk);
    const scope = keyword === 'var' ? walk.functionScope : walk.scope;
    const form = keyword === 'const' ? 'constant' : 'variable';
    for (const target of targetsOf(pattern, walk)) addBinding(target, value, type, form, scope, walk);
  }
}

/** Adds a name that a pattern binds. */
export function addBinding(
  target: Target,
  value: Expr | null,
  type: Expr | null,
  form: BindingFact['form'],
  scope: BindingFact['scope'],
  walk: Walk,
): void {
  const from = value === null ? null : requiredModule(value);
  if (from !== null && target.path.length < 2) {
    walk.sink.imports.push({ local: target.name, imported: target.path[0] ?? '*', from, span: target.span });
    return;
  }
  const bound = value === null ? null : memberAlong(value, target);
  walk.sink.bindings.push({
    name: target.name,
    nameSpan: target.span,
    owner: null,
    value: bound,
    type: target.path.length === 0 ? type : null,
    ...(target.path.length === 0 || type === null ? {} : { patternType: type }),
    ...(target.defaultValue === null ? {} : { defaultValue: target.defaultValue }),
    form,
    scope,
  });
}

/** The type that a value is said to be of: `load() as Flags`. `as unknown as T` says `T`. */
function castOf(value: PlainNode | undefined, walk: Walk): Expr | null {
  const isCast = value?.type === 'as_expression' || value?.type === 'satisfies_expression';
  return isCast ? typeOf(value.children[1], walk) : null;
}

/** `const { a: b } = c` reads the member `a` of `c`; it is a member access as much as `c.a` is. */
function memberAlong(value: Expr, target: Target): Expr {
  return target.path.reduce<Expr>((object, property, index) => {
    const propertySpan = target.pathSpans[index] ?? target.span;
    return { kind: 'member', object, property, propertySpan, span: propertySpan };
  }, value);
}

/** Adds a class or interface, its bases and its members. */
export function walkClass(node: PlainNode, outer: Walk): void {
  const walk = withBounds(node, outer, typeOf);
  const bases: Expr[] = [];
  for (const child of node.children) {
    if (child.type === 'decorator') walkDecorator(child, walk);
    else if (child.type === 'class_heritage' || child.type.startsWith('extends_')) collectBases(child, bases, walk);
  }
  const name = addType(node, node.type === 'interface_declaration' ? 'interface' : 'class', bases, walk);
  const body = childIn(node, 'body');
  if (body === undefined) return;
  const inner: Walk = { ...walk, owner: { name, span: spanOfPlain(node) }, scope: spanOfPlain(node) };
  for (const member of body.children) walkStatement(member, inner);
}

/** `namespace F { … }`: what it declares are names inside, and members outside. A module by a text is one of another package. */
function walkNamespace(node: PlainNode, walk: Walk): void {
  const nameNode = childIn(node, 'name');
  const body = childIn(node, 'body');
  if (nameNode?.type !== 'identifier' || body === undefined) {
    for (const child of node.children) if (child !== nameNode) walkStatement(child, walk);
    return;
  }
  const name = addType(node, 'class', [], walk);
  const first = walk.sink.bindings.length;
  walkBlock(body, walk);
  const scope = spanOfPlain(body);
  const inside = walk.sink.bindings
    .slice(first)
    .filter(binding => binding.owner === null && binding.scope.start === scope.start);
  for (const binding of inside) walk.sink.bindings.push({ ...binding, owner: name, scope: spanOfPlain(node) });
}

/** An alias extends what it joins (`A & B`), and has the members that it lists. */
function walkAlias(node: PlainNode, walk: Walk): void {
  const value = childIn(node, 'value');
  const joined = value?.type === 'intersection_type' ? joinedTypes(value) : value === undefined ? [] : [value];
  const bases = joined.flatMap(part => (part.type === 'object_type' ? [] : (typeOf(part, walk) ?? [])));
  const name = addType(node, 'alias', bases, walk);
  const inner: Walk = { ...walk, owner: { name, span: spanOfPlain(node) }, scope: spanOfPlain(node) };
  for (const part of joined) {
    if (part.type === 'object_type') for (const member of part.children) walkStatement(member, inner);
  }
}

/** `A & B & C` nests to the left. */
function joinedTypes(node: PlainNode): readonly PlainNode[] {
  return node.children.flatMap(child => (child.type === 'intersection_type' ? joinedTypes(child) : [child]));
}

function collectBases(node: PlainNode, bases: Expr[], walk: Walk): void {
  for (const child of node.children) {
    if (child.type === 'extends_clause' || child.type === 'implements_clause') collectBases(child, bases, walk);
    else if (child.type !== 'type_arguments') {
      const base = typeOf(child, walk);
      if (base === null) walkExpression(child, walk);
      else bases.push(base);
    }
  }
}

function addType(node: PlainNode, form: TypeFact['form'], bases: readonly Expr[], walk: Walk): string {
  const nameNode = childIn(node, 'name');
  const span = spanOfPlain(node);
  const name = nameNode === undefined ? '' : sourceOf(nameNode, walk);
  const nameSpan = nameNode === undefined ? { start: span.start, end: span.start } : spanOfPlain(nameNode);
  walk.sink.types.push({ name, nameSpan, form, bases, span });
  return name;
}

function walkEnum(node: PlainNode, walk: Walk): void {
  const owner = addType(node, 'enum', [], walk);
  const body = childIn(node, 'body');
  if (body === undefined) return;
  for (const member of body.children) {
    const [nameNode, valueNode] = member.type === 'enum_assignment' ? member.children : [member, undefined];
    if (nameNode === undefined) continue;
    const value = valueNode === undefined ? null : walkExpression(valueNode, walk);
    const span = spanOfPlain(nameNode);
    const name = keyText(nameNode, walk);
    walk.sink.bindings.push({
      name,
      nameSpan: span,
      owner,
      value,
      type: null,
      form: 'enum-member',
      scope: spanOfPlain(node),
    });
  }
}

/** `isOn = (key: string) => …` is a method of its class as much as `isOn(key: string) { … }` is. */
function giveOwner({ start, end }: Expr['span'], owner: string, { sink: { functions } }: Walk): void {
  const at = functions.findLastIndex(({ span }) => span.start === start && span.end === end);
  const fn = functions[at];
  if (fn !== undefined) functions[at] = { ...fn, owner };
}

function walkField(node: PlainNode, walk: Walk): void {
  for (const child of node.children) if (child.type === 'decorator') walkDecorator(child, walk);
  const nameNode = childIn(node, 'name') ?? childIn(node, 'property');
  const valueNode = childIn(node, 'value');
  if (nameNode === undefined) return;
  const name = keyText(nameNode, walk);
  const value = valueNode === undefined ? null : walkNamed(valueNode, name, nameNode, walk);
  const typeNode = childIn(node, 'type');
  if (walk.owner === null) return;
  if (value?.kind === 'function') giveOwner(value.span, walk.owner.name, walk);
  const type = typeOf(typeNode, walk) ?? listedType(typeNode, `${walk.owner.name}.${name}`, walk);
  // `isEnabled: (key: string) => boolean` declares a method as much as `isEnabled(key: string): boolean` does.
  const signature = typeNode && childOfType(typeNode, 'function_type');
  if (signature) walkFunction(signature, nameNode, walk);
  walk.sink.bindings.push({
    name,
    nameSpan: spanOfPlain(nameNode),
    owner: walk.owner.name,
    value,
    type,
    form: 'field',
    scope: walk.owner.span,
  });
}

function walkReturn(node: PlainNode, walk: Walk): void {
  const value = node.children[0];
  if (value === undefined) return;
  const expr = walkReturned(value, walk);
  if (walk.returns !== null && walk.returns.length < 8) walk.returns.push(expr);
}

function walkIf(node: PlainNode, walk: Walk): void {
  const condition = childIn(node, 'condition');
  const consequent = childIn(node, 'consequence');
  const alternative = childIn(node, 'alternative');
  for (const child of node.children) walkStatement(child, walk);
  addBranch(walk.sink, condition, consequent, alternative);
}
