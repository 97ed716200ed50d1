/**
 * Extension functions of C#, Kotlin, Scala and Swift that are wrappers: `unleash.isOn("k")` where `isOn` is declared elsewhere for the
 * type of `unleash`, and `"k".isOn()` where it is declared for texts. Members of the type itself are `wrappers.ts`' business.
 */
import type { CallExpr, Expr } from '../../languages/facts.ts';
import { asKey, instanceOf, type Value } from '../resolve/value.ts';
import type { LinkState, Wrapper } from './linkState.ts';

/** The wrapper among these that a call of a member means, when they are extensions of what is asked. */
export function extensionMeant(
  state: LinkState,
  path: string,
  name: string,
  call: CallExpr,
  wrappers: readonly Wrapper[],
): Wrapper | null {
  if (call.callee.kind !== 'member') return null;
  let receiver: Value | null = null;
  for (const wrapper of wrappers) {
    if (wrapper.fn.name !== name) continue;
    const extended = extendedBy(state, wrapper);
    if (extended === null) continue;
    receiver ??= typedValue(state, state.evaluator.evaluate(call.callee.object, path));
    if (isOf(state, receiver, extended, wrapper.path)) return wrapper;
  }
  return null;
}

const RECEIVER = -1;

/** What a function is declared for: its receiver's type, or in Swift the type that the extension around it adds to. */
function extendedBy(state: LinkState, { fn, path }: Wrapper): Expr | null {
  const receiver = fn.parameters.find(({ position }) => position === RECEIVER);
  // C#: a type of the language itself has no name that could be looked up.
  if (receiver !== undefined) return receiver.type ?? { kind: 'name', name: 'string', span: receiver.nameSpan };
  const around = state.files
    .get(path)
    ?.types.find(({ form, span }) => form === 'extension' && span.start <= fn.span.start && fn.span.end <= span.end);
  return around?.bases[0] ?? null;
}

/** A parameter is worth what its type says. */
function typedValue(state: LinkState, value: Value): Value {
  if (value.kind !== 'parameter' || value.parameter.type === null) return value;
  return instanceOf(state.evaluator.evaluate(value.parameter.type, value.path));
}

function isOf(state: LinkState, receiver: Value, type: Expr, path: string): boolean {
  if (type.kind === 'name' && /^string$/i.test(type.name)) {
    const { kind } = asKey(receiver);
    return kind === 'text' || kind === 'prefix';
  }
  const extended = instanceOf(state.evaluator.evaluate(type, path));
  if (extended.kind === 'external')
    return receiver.kind === 'external' && receiver.from !== '' && receiver.from === extended.from;
  if (extended.kind !== 'instance' || receiver.kind !== 'instance') return false;
  return state.evaluator.ancestors(receiver.path, receiver.type).some(({ type: own }) => own === extended.type);
}
