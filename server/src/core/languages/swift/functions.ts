/** Swift's functions, closures, properties and types. */
import {
  addReturn,
  type ClassContext,
  declareLocal,
  declareMember,
  inBlock,
  nameOf,
  nameSpanOf,
} from '../classContext.ts';
import type { BindingFact, CallExpr, Expr, ParameterFact, TypeFact } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { withBounds } from '../typeBounds.ts';
import { walkModifiers } from './calls.ts';
import { walkExpression, walkStatements } from './expressions.ts';
import { walkErrors, walkNode } from './statements.ts';
import { basesOf, declaredType, TYPES, typeOf } from './types.ts';

/** A function, a protocol's requirement, or an initializer, which has the name of its type. */
export function walkFunction(node: PlainNode, outer: ClassContext): void {
  const context = withBounds(node, outer, typeOf);
  walkModifiers(node, context);
  const isInit = node.type === 'init_declaration';
  const isSubscript = node.type === 'subscript_declaration';
  const nameNode = node.type.includes('function') ? childIn(node, 'name') : undefined;
  const owner = context.scope === null ? (context.owner?.name ?? null) : null;
  const span = spanOfPlain(node);
  const returns: Expr[] = [];
  const inner: ClassContext = { ...inBlock(node, context), returns };
  const written = parametersOf(node, inner);
  // Brackets give no labels, unless the declaration has two names.
  const parameters = isSubscript
    ? written.map(each => (each.label === each.name ? { ...each, label: null } : each))
    : written;
  const lastParameter = node.children.findLast(child => child.type === 'parameter');
  const after = lastParameter?.end ?? nameNode?.end ?? node.start;
  const result = node.children.find(child => TYPES.has(child.type) && child.start >= after);
  const resultType = result === undefined ? null : typeOf(result, context);
  const body = childIn(node, 'body');
  if (body !== undefined) walkFunctionBody(body, inner);
  const computed = isSubscript ? childOfType(node, 'computed_property') : undefined;
  if (computed !== undefined) walkGetters(computed, inner);
  walkErrors(node, inner);
  const known = nameNode !== undefined && nameNode.start < nameNode.end;
  context.sink.functions.push({
    name: isInit ? owner : isSubscript ? 'subscript' : known ? nameOf(nameNode, context) : null,
    nameSpan: known ? nameSpanOf(nameNode, context) : { start: span.start, end: span.start },
    owner,
    parameters,
    returns,
    ...(resultType === null || resultType.kind === 'other' ? {} : { resultType }),
    span,
  });
}

/** A closure. One without parameters of its own has `$0`, which no declaration says. */
export function walkLambda(node: PlainNode, context: ClassContext): Expr {
  const span = spanOfPlain(node);
  const returns: Expr[] = [];
  const inner: ClassContext = { ...inBlock(node, context), returns };
  const parameters: ParameterFact[] = [];
  const type = childOfType(node, 'lambda_function_type');
  const list = type && childOfType(type, 'lambda_function_type_parameters');
  for (const child of list?.children ?? []) {
    const nameNode = child.type === 'lambda_parameter' ? childOfType(child, 'simple_identifier') : undefined;
    if (nameNode === undefined) continue;
    const name = nameOf(nameNode, inner);
    inner.scope?.names.set(name, span);
    const declared = declaredType(child, inner);
    const nameSpan = nameSpanOf(nameNode, inner);
    parameters.push({
      name,
      nameSpan,
      position: parameters.length,
      property: null,
      type: declared,
      defaultValue: null,
    });
  }
  for (const child of node.children) if (child.type === 'statements') walkBody(child, inner);
  walkErrors(node, inner);
  const nameSpan = { start: span.start, end: span.start };
  context.sink.functions.push({ name: null, nameSpan, owner: null, parameters, returns, span });
  return { kind: 'function', span };
}

/** A class, struct, enum, actor, protocol or extension with everything in it. */
export function walkType(node: PlainNode, outer: ClassContext): void {
  const context = withBounds(node, outer, typeOf);
  walkModifiers(node, context);
  const nameNode = childIn(node, 'name');
  const isExtension = node.token === 'extension';
  const extended = isExtension && nameNode !== undefined ? typeOf(nameNode, context) : null;
  const own =
    nameNode?.type === 'user_type' ? nameNode.children.findLast(({ type }) => type === 'type_identifier') : nameNode;
  const name = own === undefined ? '' : nameOf(own, context);
  const span = spanOfPlain(node);
  const nameSpan = own === undefined ? { start: span.start, end: span.start } : nameSpanOf(own, context);
  const bases = [...(extended === null || extended.kind === 'other' ? [] : [extended]), ...basesOf(node, context)];
  context.sink.types.push({ name, nameSpan, form: formOf(node), bases, span });
  const isOfStrings = bases.some(base => base.kind === 'name' && base.name === 'String');
  const inner: ClassContext = { ...context, owner: { name, span }, scope: null, returns: null };
  for (const member of childIn(node, 'body')?.children ?? []) {
    if (member.type === 'enum_entry') walkEnumEntry(member, isOfStrings && !isExtension, inner);
    else walkNode(member, inner);
  }
  if (node.token === 'struct' && own !== undefined) addMemberwise(node, { name, nameSpan, span }, context);
  walkErrors(node, inner);
}

/** A property wrapper without an initializer is given its properties by their names, as if it had one. */
function addMemberwise(
  node: PlainNode,
  { name, nameSpan, span }: Pick<TypeFact, 'name' | 'nameSpan' | 'span'>,
  { text, sink }: ClassContext,
): void {
  const modifiers = childOfType(node, 'modifiers');
  const isWrapper = modifiers !== undefined && /@propertyWrapper\b/.test(text.slice(modifiers.start, modifiers.end));
  if (!isWrapper || sink.functions.some(fn => fn.owner === name && fn.name === name)) return;
  const own = sink.bindings.filter(
    ({ owner, form, scope }) => owner === name && form === 'field' && scope.start === span.start,
  );
  const computed = new Set(sink.functions.filter(fn => fn.owner === name).map(fn => fn.name));
  const parameters = own
    .filter(field => field.value === null && !computed.has(field.name))
    .map((field, position): ParameterFact => {
      const { name: label, nameSpan: place, type } = field;
      return { name: label, nameSpan: place, position, label, property: null, type, defaultValue: null };
    });
  if (parameters.length > 0) sink.functions.push({ name, nameSpan, owner: name, parameters, returns: [], span });
}

function formOf(node: PlainNode): TypeFact['form'] {
  if (node.type === 'protocol_declaration') return 'interface';
  if (node.token === 'extension' || node.token === 'enum' || node.token === 'struct') return node.token;
  return 'class';
}

/** `case pay = "new-pay", old`: constants that construct their enum. */
function walkEnumEntry(node: PlainNode, isOfStrings: boolean, context: ClassContext): void {
  const { owner } = context;
  if (owner === null) return;
  node.children.forEach((nameNode, index) => {
    if (nameNode.field !== 'name' || nameNode.start === nameNode.end) return;
    const next = node.children[index + 1];
    const nameSpan = nameSpanOf(nameNode, context);
    const raw = next?.field === 'raw_value' ? walkExpression(next, context) : null;
    const implied: Expr = { kind: 'string', value: nameOf(nameNode, context), span: nameSpan };
    const value = raw ?? (isOfStrings && next?.field !== 'data_contents' ? implied : null);
    const args = value === null ? [] : [{ name: 'rawValue', value, spread: false }];
    const callee: Expr = { kind: 'name', name: owner.name, span: nameSpan };
    const span = { start: nameNode.start, end: raw === null ? nameNode.end : next!.end };
    const call: CallExpr = { kind: 'call', callee, args, construct: true, nameSpan, span };
    context.sink.calls.push(call);
    declareMember(nameNode, { value: call, type: null, form: 'enum-member' }, context);
  });
}

/** Properties and local variables, of which one declaration may hold several. */
export function walkProperty(node: PlainNode, context: ClassContext): void {
  walkModifiers(node, context);
  const constant = isConstant(node, context);
  let pattern: PlainNode | undefined;
  let type: Expr | null = null;
  let isGiven = false;
  const declare = (value: Expr | null): void => {
    if (pattern !== undefined) declarePattern(pattern, impliedOf(value, type), type, constant, context);
  };
  for (const child of node.children) {
    switch (child.type) {
      case 'pattern':
        if (pattern !== undefined && !isGiven) declare(null);
        pattern = child;
        type = null;
        isGiven = false;
        break;
      case 'type_annotation':
        type = declaredType(child, context);
        break;
      case 'computed_property':
        declare(walkComputed(child, pattern, type, context));
        isGiven = true;
        break;
      case 'willset_didset_block':
        for (const clause of child.children) walkNode(clause, { ...inBlock(clause, context), returns: [] });
        break;
      case 'modifiers':
      case 'value_binding_pattern':
      case 'type_constraints':
      case 'protocol_property_requirements':
        break;
      default:
        declare(walkExpression(child, context));
        isGiven = true;
    }
  }
  if (pattern !== undefined && !isGiven) declare(null);
}

/** `let flag: Flag = .pay` */
function impliedOf(value: Expr | null, type: Expr | null): Expr | null {
  const isImplied = value?.kind === 'member' && value.object.kind === 'name' && value.object.name === '.';
  return isImplied && type !== null ? { ...value, object: type } : value;
}

function isConstant(node: PlainNode, context: ClassContext): boolean {
  const keyword = childOfType(node, 'value_binding_pattern');
  const modifiers = childOfType(node, 'modifiers');
  const isLet = keyword !== undefined && sourceOf(keyword, context) === 'let';
  const isStatic = modifiers !== undefined && /\b(?:static|class)\b/.test(sourceOf(modifiers, context));
  return isLet && (isStatic || context.owner === null || context.scope !== null);
}

function declarePattern(
  pattern: PlainNode,
  value: Expr | null,
  type: Expr | null,
  constant: boolean,
  context: ClassContext,
): void {
  const nameNode = pattern.children.find(child => child.type === 'simple_identifier');
  if (nameNode === undefined) {
    pattern.children.forEach((part, position) => {
      const item = value?.kind === 'array' ? (value.items[position] ?? null) : null;
      if (part.type === 'pattern') declarePattern(part, item, null, constant, context);
    });
    return;
  }
  const plain: BindingFact['form'] = context.scope === null && context.owner !== null ? 'field' : 'variable';
  const given = { value, type, form: constant ? 'constant' : plain } as const;
  if (context.scope !== null) declareLocal(nameNode, given, context);
  else declareMember(nameNode, given, context);
}

/** A getter is a function of its property's name. Returns the only value that it gives. */
function walkComputed(
  node: PlainNode,
  pattern: PlainNode | undefined,
  type: Expr | null,
  context: ClassContext,
): Expr | null {
  const nameNode = pattern?.children.find(child => child.type === 'simple_identifier');
  const returns: Expr[] = [];
  const inner: ClassContext = { ...inBlock(node, context), returns };
  walkGetters(node, inner);
  if (nameNode !== undefined) {
    const owner = context.scope === null ? (context.owner?.name ?? null) : null;
    const common = { name: nameOf(nameNode, context), nameSpan: nameSpanOf(nameNode, context), owner };
    const result = type === null ? {} : { resultType: type };
    context.sink.functions.push({ ...common, parameters: [], returns, ...result, span: spanOfPlain(node) });
  }
  return returns.length === 1 ? returns[0]! : null;
}

/** The accessors of a property or a subscript; what the getter gives is what it returns. */
function walkGetters(node: PlainNode, context: ClassContext): void {
  for (const child of node.children) {
    if (child.type === 'statements') walkBody(child, context);
    else {
      const own = { ...inBlock(child, context), returns: child.type === 'computed_getter' ? context.returns : [] };
      for (const part of child.children) if (part.type === 'statements') walkBody(part, own);
    }
  }
}

function walkFunctionBody(body: PlainNode, context: ClassContext): void {
  for (const child of body.children) {
    if (child.type === 'statements') walkBody(child, context);
    else walkNode(child, context);
  }
}

/** Statements of a function: what a single expression gives is returned. A `switch` by itself is one value. */
function walkBody(node: PlainNode, context: ClassContext): void {
  const value = walkStatements(node, context);
  if (node.children.length !== 1 || value.kind === 'other') return;
  const { returns } = context;
  if (value.kind === 'index' && value.object.kind === 'object' && returns !== null)
    returns.splice(0, returns.length, value);
  else if (returns === null || returns.length === 0) addReturn(value, context);
}

/** The parameters among a declaration's children. They are names of the function's block. */
function parametersOf(node: PlainNode, context: ClassContext): readonly ParameterFact[] {
  const parameters: ParameterFact[] = [];
  let unlabelled = 0;
  node.children.forEach((child, index) => {
    if (child.type !== 'parameter') return;
    walkModifiers(child, context);
    const names = child.children.filter(part => part.type === 'simple_identifier');
    const nameNode = names.at(-1);
    if (nameNode === undefined || nameNode.start === nameNode.end) return;
    const name = nameOf(nameNode, context);
    const label = names.length > 1 ? nameOf(names[0]!, context) : name;
    const next = node.children[index + 1];
    const type = declaredType(child, context);
    const isOpen = /\.\.\.$/.test(sourceOf(child, context));
    context.scope?.names.set(name, context.scope.span);
    parameters.push({
      name,
      nameSpan: nameSpanOf(nameNode, context),
      position: label === '_' ? unlabelled++ : parameters.length,
      label: label === '_' ? null : label,
      property: null,
      type: isOpen ? { kind: 'array', items: type === null ? [] : [type], span: spanOfPlain(child) } : type,
      defaultValue: next?.field === 'default_value' ? walkExpression(next, context) : null,
    });
  });
  return parameters;
}
