/** What gives names in C++ without making anything: includes, namespaces, `using`, aliases and `#define`. */
import { type ClassContext, nameOf, nameSpanOf } from '../classContext.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { declaredBy } from './functions.ts';
import { walkErrors, walkNode } from './statements.ts';
import { definedText, textOf } from './strings.ts';
import { typeOf } from './types.ts';

/** `#include <a/b.h>`: everything of it. */
export function walkInclude(node: PlainNode, context: ClassContext): void {
  const path = childIn(node, 'path');
  if (path === undefined) return;
  const from = path.type === 'system_lib_string' ? sourceOf(path, context).slice(1, -1) : textOf(path, context);
  if (from === null || from === '') return;
  context.sink.imports.push({ local: '*', imported: '*', from, span: spanOfPlain(path) });
}

/** `#define NAME "text"` */
export function walkDefine(node: PlainNode, context: ClassContext): void {
  const name = childIn(node, 'name');
  const value = childIn(node, 'value');
  const text = value === undefined ? null : definedText(sourceOf(value, context));
  if (name === undefined || value === undefined || text === null) return;
  const given = { kind: 'string', value: text, span: spanOfPlain(value) } as const;
  context.sink.bindings.push({
    name: nameOf(name, context),
    nameSpan: nameSpanOf(name, context),
    owner: null,
    value: given,
    type: null,
    form: 'constant',
    scope: { start: 0, end: Number.MAX_SAFE_INTEGER },
  });
}

/** A namespace, or several at once; what has no name is part of what is around. */
export function walkNamespace(node: PlainNode, context: ClassContext): void {
  const nameNode = childIn(node, 'name');
  const isInline = /^inline\b/.test(context.text.slice(node.start, node.start + 7));
  const names =
    nameNode === undefined || isInline
      ? []
      : nameNode.type === 'nested_namespace_specifier'
        ? flat(nameNode)
        : [nameNode];
  let around = context.around ?? null;
  names.forEach((name, index) => {
    // Each stands in the one before it.
    around = { start: index === 0 ? node.start : name.start, end: node.end };
    context.sink.types.push({
      name: nameOf(name, context),
      nameSpan: nameSpanOf(name, context),
      form: 'namespace',
      bases: [],
      span: around,
    });
  });
  const inner: ClassContext = { ...context, around, owner: null, scope: null };
  for (const child of childIn(node, 'body')?.children ?? []) walkNode(child, inner);
  walkErrors(node, inner);
}

/** `namespace a = b::c;` */
export function walkNamespaceAlias(node: PlainNode, context: ClassContext): void {
  const name = childIn(node, 'name');
  const target = node.children.find(child => child !== name);
  if (name !== undefined && target !== undefined)
    addImport(dotted(target, context), nameOf(name, context), node, context);
}

/** `using a::B;` and `using namespace a;` */
export function walkUsing(node: PlainNode, context: ClassContext): void {
  const [target] = node.children;
  if (target === undefined) return;
  const path = dotted(target, context);
  if (/^using\s+namespace\b/.test(context.text.slice(node.start, target.start))) {
    if (path !== '') context.sink.imports.push({ local: '*', imported: '*', from: path, span: spanOfPlain(node) });
  } else if (!/^using\s+enum\b/.test(context.text.slice(node.start, target.start)))
    addImport(path, null, node, context);
}

/** `using A = b::C<D>;` and `typedef b::C A;` */
export function walkAlias(node: PlainNode, context: ClassContext): void {
  const target = childIn(node, 'type');
  if (target === undefined) return;
  if (childIn(target, 'body') !== undefined) walkNode(target, context);
  const declarator = childIn(node, 'declarator');
  const name = childIn(node, 'name') ?? (declarator === undefined ? undefined : declaredBy(declarator, context)?.name);
  const type = typeOf(target, context);
  if (name === undefined || name.start === name.end || (type.kind === 'name' && type.name === nameOf(name, context)))
    return;
  const bases = type.kind === 'other' ? [] : [type];
  context.sink.types.push({
    name: nameOf(name, context),
    nameSpan: nameSpanOf(name, context),
    form: 'alias',
    bases,
    span: spanOfPlain(node),
  });
}

function addImport(path: string, local: string | null, node: PlainNode, context: ClassContext): void {
  const dot = path.lastIndexOf('.');
  const imported = path.slice(dot + 1);
  if (imported === '' || (dot < 0 && local === null)) return;
  context.sink.imports.push({
    local: local ?? imported,
    imported,
    from: path.slice(0, Math.max(dot, 0)),
    span: spanOfPlain(node),
  });
}

function dotted(node: PlainNode, context: ClassContext): string {
  return sourceOf(node, context).replace(/\s+/g, '').replace(/^::/, '').replaceAll('::', '.');
}

function flat(node: PlainNode): readonly PlainNode[] {
  return node.children.flatMap(child => (child.type === 'nested_namespace_specifier' ? flat(child) : [child]));
}
