/**
 * C++'s macros that ask: `#define IS_ON(x) base::FeatureList::IsEnabled(x)` is a function of the program for whoever calls it. The grammar
 * leaves what stands behind a macro's name as one text; one call of a path is read out of it, whatever parentheses are around, and
 * nothing else. Macros that stand for a text are `names.ts`' business.
 */
import { addCall } from '../addCall.ts';
import { type ClassContext, nameOf, nameSpanOf } from '../classContext.ts';
import type { Argument, Expr, ParameterFact } from '../facts.ts';
import type { PlainNode } from '../plainTree.ts';
import { childIn, sourceOf, spanOfPlain } from '../plainTree.ts';

/** A macro with parameters. */
export function walkMacro(node: PlainNode, context: ClassContext): void {
  const nameNode = childIn(node, 'name');
  const value = childIn(node, 'value');
  if (nameNode === undefined || value === undefined || value.end - value.start > LONGEST) return;
  const [, before = '', path, between = '', list = ''] = ONE_CALL.exec(sourceOf(value, context)) ?? [];
  if (path === undefined) return;
  const parameters = parametersOf(childIn(node, 'parameters'), context);
  const callee = calleeOf(path, value.start + before.length);
  const args = argumentsOf(list, value.start + before.length + path.length + between.length);
  const isAsking = ({ value: given }: Argument): boolean =>
    given.kind === 'name' && parameters.some(({ name }) => name === given.name);
  if (callee === null || !args.some(isAsking)) return;
  const start = value.start + before.length;
  const span = { start, end: start + path.length + between.length + list.length + 1 };
  const call = addCall(callee, args, false, span, null, context);
  context.sink.functions.push({
    name: nameOf(nameNode, context),
    nameSpan: nameSpanOf(nameNode, context),
    owner: null,
    parameters,
    returns: [call],
    span: spanOfPlain(node),
  });
}

/** What is longer does more than ask. */
const LONGEST = 400;

/** Parentheses and continued lines, a path, and the arguments of its call. */
const ONE_CALL = /^([\s(\\]*)([A-Za-z_]\w*(?:(?:\(\))?(?:::|\.|->)[A-Za-z_]\w*)*)(\s*\()([^()]*)\)[\s)\\]*$/;

function parametersOf(list: PlainNode | undefined, context: ClassContext): readonly ParameterFact[] {
  return (list?.children ?? [])
    .filter(({ type }) => type === 'identifier')
    .map((child, position) => ({
      name: nameOf(child, context),
      nameSpan: nameSpanOf(child, context),
      position,
      property: null,
      type: null,
      defaultValue: null,
    }));
}

/** `base::FeatureList::IsEnabled`, `Flags::Get().IsOn`. */
function calleeOf(path: string, start: number): Expr | null {
  let expr: Expr | null = null;
  for (const { 0: name, index, 1: called } of path.matchAll(/[A-Za-z_]\w*(\(\))?/g)) {
    const property = called === undefined ? name : name.slice(0, -called.length);
    const propertySpan = { start: start + index, end: start + index + property.length };
    const span = { start, end: propertySpan.end };
    const part: Expr =
      expr === null
        ? { kind: 'name', name: property, span: propertySpan }
        : { kind: 'member', object: expr, property, propertySpan, span };
    const whole = { start, end: start + index + name.length };
    expr =
      called === undefined
        ? part
        : { kind: 'call', callee: part, args: [], construct: false, nameSpan: propertySpan, span: whole };
  }
  return expr;
}

/** Names and texts; whatever else is given is unknown. */
function argumentsOf(list: string, start: number): readonly Argument[] {
  const args: Argument[] = [];
  let at = start;
  for (const written of list.split(',')) {
    const text = written.trim();
    const from = at + written.indexOf(text);
    const span = { start: from, end: from + text.length };
    at += written.length + 1;
    const value: Expr = /^[A-Za-z_]\w*$/.test(text)
      ? { kind: 'name', name: text, span }
      : /^"[^"\\]*"$/.test(text)
        ? { kind: 'string', value: text.slice(1, -1), span }
        : { kind: 'other', span };
    args.push({ name: null, value, spread: false });
  }
  return args;
}
