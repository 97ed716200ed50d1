/** Scala's declarations and statements. What is neither one nor known is walked as an expression. */

import { errorWalks } from '../brokenCalls.ts';
import { addReturn, assignName, type ClassContext, nameOf, nameSpanOf } from '../classContext.ts';
import { childIn, childOfType, type PlainNode, spanOfPlain } from '../plainTree.ts';
import { addBranch, readOfTarget, withoutParentheses } from '../shapes.ts';
import { walkAnnotation } from './calls.ts';
import { codeSpan, walkCase, walkExpression, walkOperand } from './expressions.ts';
import { addBinding, receiverOf, walkBody, walkEnumCase, walkFunction, walkType, walkValue } from './functions.ts';
import { namedType } from './types.ts';

/** Nodes that take the syntax errors inside them, since they open a scope. */
export const ANCHORS: ReadonlySet<string> = new Set([
  'class_definition',
  'trait_definition',
  'object_definition',
  'enum_definition',
  'function_definition',
  'lambda_expression',
]);

/** Any node: a declaration, a statement, an expression, or what a syntax error left. */
export function walkNode(node: PlainNode, context: ClassContext): void {
  switch (node.type) {
    case 'package_clause':
      walkPackage(node, context);
      return;
    case 'package_object':
      walkPackageObject(node, context);
      return;
    case 'import_declaration':
      walkImport(node, context);
      return;
    case 'class_definition':
    case 'object_definition':
      walkType(node, 'class', context);
      return;
    case 'trait_definition':
      walkType(node, 'interface', context);
      return;
    case 'enum_definition':
      walkType(node, 'enum', context);
      return;
    case 'simple_enum_case':
    case 'full_enum_case':
      walkEnumCase(node, context);
      return;
    case 'enum_case_definitions':
    case 'enum_body':
    case 'template_body':
      walkBody(node, context);
      return;
    case 'val_definition':
    case 'var_definition':
    case 'val_declaration':
    case 'var_declaration':
    case 'given_definition':
      walkValue(node, context);
      return;
    case 'function_definition':
    case 'function_declaration':
      walkFunction(node, null, context);
      return;
    case 'extension_definition':
      walkExtension(node, context);
      return;
    case 'type_definition':
      walkAlias(node, context);
      return;
    case 'annotation':
      walkAnnotation(node, context);
      return;
    case 'assignment_expression':
      walkAssignment(node, context);
      return;
    case 'return_expression': {
      const [value] = node.children;
      if (value !== undefined) addReturn(walkExpression(value, context), context);
      return;
    }
    case 'while_expression':
      walkWhile(node, context);
      return;
    case 'catch_clause':
      for (const clause of node.children.flatMap(child => (child.type === 'case_block' ? child.children : [child]))) {
        if (clause.type === 'case_clause') walkCase(clause, null, context);
        else walkExpression(clause, context);
      }
      return;
    case 'ERROR':
      walkBroken(node, context);
      return;
    case 'modifiers':
    case 'type_parameters':
    case 'type_arguments':
    case 'self_type':
      return;
    default:
      walkExpression(node, context);
  }
}

export const { walkWithErrors, walkErrors, walkBroken } = errorWalks<ClassContext>({
  anchors: ANCHORS,
  callees: new Set(['identifier', 'field_expression', 'stable_identifier']),
  joint: /^\s*\.\s*$/,
  walkNode,
  walkOperand,
  walkExpression,
});

function walkPackage(node: PlainNode, context: ClassContext): void {
  const name = childIn(node, 'name');
  const path = (name?.children ?? []).map(part => nameOf(part, context)).join('.');
  if (path !== '') context.sink.packageName ??= path;
  const body = childIn(node, 'body');
  if (body !== undefined) walkBody(body, context);
}

/** `package object flags { … }`: what stands in it is the package's. */
function walkPackageObject(node: PlainNode, context: ClassContext): void {
  const nameNode = childIn(node, 'name');
  const body = childIn(node, 'body');
  if (nameNode === undefined) return;
  const span = spanOfPlain(node);
  context.sink.types.push({
    name: nameOf(nameNode, context),
    nameSpan: nameSpanOf(nameNode, context),
    form: 'namespace',
    bases: [],
    span,
  });
  if (body !== undefined) walkBody(body, { ...context, around: span });
}

/** `import a.b.{C, D => E, _}`, one name at a time. */
function walkImport(node: PlainNode, context: ClassContext): void {
  const path = node.children.filter(child => child.field === 'path').map(part => nameOf(part, context));
  const add = (imported: string, local: string, from: readonly string[]): void => {
    if (from.length === 0 || imported === '' || local === '_') return;
    context.sink.imports.push({ local, imported, from: from.join('.'), span: spanOfPlain(node) });
  };
  const addSelector = (selector: PlainNode): void => {
    if (selector.type === 'identifier') add(nameOf(selector, context), nameOf(selector, context), path);
    else if (selector.type === 'namespace_wildcard') add('*', '*', path);
    else {
      const name = childIn(selector, 'name');
      const alias = childIn(selector, 'alias');
      if (name !== undefined && alias !== undefined) add(nameOf(name, context), nameOf(alias, context), path);
    }
  };
  const selectors = node.children.filter(child => child.field !== 'path');
  for (const selector of selectors) {
    if (selector.type === 'namespace_selectors') for (const child of selector.children) addSelector(child);
    else addSelector(selector);
  }
  const last = path.at(-1);
  if (selectors.length === 0 && last !== undefined) add(last, last, path.slice(0, -1));
}

function walkAlias(node: PlainNode, context: ClassContext): void {
  const name = childIn(node, 'name');
  const type = namedType(childIn(node, 'type'), context);
  if (name === undefined || name.start === name.end) return;
  const bases = type === null ? [] : [type];
  context.sink.types.push({
    name: nameOf(name, context),
    nameSpan: nameSpanOf(name, context),
    form: 'alias',
    bases,
    span: spanOfPlain(node),
  });
}

/** `extension (s: String) def isOn = …` */
function walkExtension(node: PlainNode, context: ClassContext): void {
  const parameter = childIn(node, 'parameters')?.children.find(child => child.type === 'parameter');
  const receiver = receiverOf(parameter, context);
  for (const child of node.children) {
    const inner =
      child.type === 'function_definition'
        ? [child]
        : child.type === 'template_body' || child.type === 'indented_block'
          ? child.children
          : [];
    for (const fn of inner) if (fn.type === 'function_definition') walkFunction(fn, receiver, context);
  }
}

/** `a = v` and `this.a = v` give a name another value; any other target is code. */
function walkAssignment(node: PlainNode, context: ClassContext): void {
  const left = childIn(node, 'left');
  const right = childIn(node, 'right');
  if (left === undefined || right === undefined) {
    for (const child of node.children) walkExpression(child, context);
    return;
  }
  const value = walkExpression(right, context);
  const field = childIn(left, 'field');
  const object = childIn(left, 'value');
  if (left.type === 'identifier') assignName(left, value, context);
  else if (field !== undefined && object !== undefined && context.text.slice(object.start, object.end) === 'this') {
    addBinding(field, { value, type: null, form: 'field' }, { ...context, scope: null });
  } else walkExpression(readOfTarget(left, 'field_expression', 'value'), context);
}

function walkWhile(node: PlainNode, context: ClassContext): void {
  const condition = childIn(node, 'condition');
  const body = childIn(node, 'body') ?? childOfType(node, 'block');
  for (const child of node.children) walkNode(child, context);
  addBranch(context.sink, condition && withoutParentheses(condition), body && codeSpan(body, context));
}
