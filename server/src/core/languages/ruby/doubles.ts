/**
 * RSpec's doubles: `allow(Flipper).to receive(:enabled?).with(:k)` says which question will be asked, and is read as that question. That it
 * is a double who answers is told by where the name stands.
 */
import type { Argument, CallExpr, Expr } from '../facts.ts';

/** The questions that a call of `to` prepares; none for any other call. */
export function preparedCalls({ callee, args, span }: CallExpr): readonly CallExpr[] {
  if (callee.kind !== 'member' || !EXPECTS.has(callee.property) || callee.object.kind !== 'call') return [];
  const { callee: opening, args: prepared } = callee.object;
  const [double] = prepared;
  if (opening.kind !== 'name' || !OPENS.has(opening.name) || double === undefined) return [];
  let given: readonly Argument[] = [];
  for (let at: Expr | undefined = args[0]?.value; at?.kind === 'call'; ) {
    const name: string =
      at.callee.kind === 'member' ? at.callee.property : at.callee.kind === 'name' ? at.callee.name : '';
    if (name === 'with') given = at.args;
    if (name === 'receive')
      return at.args.slice(0, 1).flatMap(({ value }) => askedOf(double.value, value, given, span));
    if (name === 'receive_messages') {
      return at.args.flatMap(({ name: asked, value }) =>
        asked === null || asked === '' ? [] : [callOf(double.value, asked, value.span, [], span)],
      );
    }
    at = at.callee.kind === 'member' ? at.callee.object : undefined;
  }
  return [];
}

const EXPECTS: ReadonlySet<string> = new Set(['to', 'not_to', 'to_not']);
const OPENS: ReadonlySet<string> = new Set(['allow', 'allow_any_instance_of', 'expect', 'expect_any_instance_of']);

function askedOf(double: Expr, asked: Expr, args: readonly Argument[], span: Expr['span']): readonly CallExpr[] {
  return asked.kind === 'string' ? [callOf(double, asked.value, asked.span, args, span)] : [];
}

function callOf(
  object: Expr,
  property: string,
  nameSpan: Expr['span'],
  args: readonly Argument[],
  span: Expr['span'],
): CallExpr {
  const callee: Expr = { kind: 'member', object, property, propertySpan: nameSpan, span };
  return { kind: 'call', callee, args, construct: false, nameSpan, span };
}
