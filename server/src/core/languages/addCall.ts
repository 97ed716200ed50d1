/** How walks of C++ and Scala note a call that they have read: where its name stands, and among the calls of its chunk. */
import type { ClassContext } from './classContext.ts';
import type { Argument, CallExpr, Expr } from './facts.ts';

/** Notes a call; `typeArgument` is the type handed in brackets, where there is one. */
export function addCall(
  callee: Expr,
  args: readonly Argument[],
  construct: boolean,
  span: CallExpr['span'],
  typeArgument: Expr | null,
  context: ClassContext,
): CallExpr {
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const handed = typeArgument === null ? {} : { typeArgument };
  const call: CallExpr = { kind: 'call', callee, args, construct, nameSpan, span, ...handed };
  context.sink.calls.push(call);
  return call;
}
