/**
 * The same facts at other places. This runs over all facts of a file whenever somebody reads them at their places after an edit, so
 * what code is full of is copied field by field, and only rarer facts by their keys: copying objects of many shapes in one
 * place costs several times as much. Where facts stand is `layout.ts`' business.
 */
import type { Span } from '../text.ts';
import type {
  Argument,
  BindingFact,
  BranchFact,
  CallExpr,
  CommentFact,
  Expr,
  FunctionFact,
  IndexExpr,
  MemberExpr,
  ParameterFact,
} from './facts.ts';
import { type FactSink, FILE_SCOPE } from './language.ts';

/**
 * Which of the expressions that shifting meets, in its order, it has met before: by that one's number, or -1. It is the same
 * for facts that were shifted, so that nobody has to look for it again on the next keystroke.
 */
export type SharedExpressions = readonly number[];

export interface ShiftedSink {
  readonly facts: FactSink;
  readonly shared: SharedExpressions;
}

/**
 * The facts moved by so many UTF-16 units. Facts that share an expression made of others go on sharing it. `shared` is what
 * shifting these facts before has found out; null the first time.
 */
export function shiftSink(sink: FactSink, way: Way, shared: SharedExpressions | null): ShiftedSink {
  const shift: Shift = { ...way, shared: shared ?? [], made: [], met: 0, numbers: shared === null ? new Map() : null };
  const facts: FactSink = {
    packageName: sink.packageName,
    imports: sink.imports.map(fact => shiftKeys(fact, shift)),
    exports: sink.exports.map(fact => shiftKeys(fact, shift)),
    functions: sink.functions.map(fact => shiftFunction(fact, shift)),
    bindings: sink.bindings.map(fact => shiftBinding(fact, shift)),
    types: sink.types.map(fact => shiftKeys(fact, shift)),
    calls: sink.calls.map(call => shiftCall(call, shift)),
    decorators: sink.decorators.map(call => shiftCall(call, shift)),
    members: sink.members.map(member => shiftRead(member, shift)),
    elements: sink.elements.map(fact => shiftKeys(fact, shift)),
    branches: sink.branches.map(fact => shiftBranch(fact, shift)),
    comments: sink.comments.map(fact => shiftComment(fact, shift)),
  };
  return { facts, shared: shift.shared };
}

/** Comments moved by so many UTF-16 units. */
export function shiftComments(comments: readonly CommentFact[], delta: number): readonly CommentFact[] {
  return delta === 0 ? comments : comments.map(comment => shiftComment(comment, { delta, part: null }));
}

/** How facts are moved. */
export interface Way {
  /** By so many UTF-16 units. */
  readonly delta: number;
  /** Facts of a part of a chunk: where that part was, and where what is around it is now. */
  readonly part: { readonly own: Span; around(span: Span): Span } | null;
}

/** A span moved that way; what the whole file sees stays. */
function shiftSpan(span: Span, { delta, part }: Way): Span {
  if (span.end === FILE_SCOPE.end) return span;
  if (part !== null && (span.start < part.own.start || span.end > part.own.end)) return part.around(span);
  return { start: span.start + delta, end: span.end + delta };
}

interface Shift extends Way {
  /** Filled the first time. */
  readonly shared: number[] | SharedExpressions;
  /** The expressions made of others that were moved already, by their numbers. */
  readonly made: Expr[];
  /** How many were met. */
  met: number;
  /** The first time: the numbers of those that were moved. */
  readonly numbers: Map<Expr, number> | null;
}

/** What an expression was moved to, if it was met before. */
function movedBefore(expr: Expr, shift: Shift): Expr | undefined {
  const { numbers } = shift;
  const number = numbers === null ? shift.shared[shift.met++]! : (numbers.get(expr) ?? -1);
  if (numbers !== null) (shift.shared as number[]).push(number);
  return number < 0 ? undefined : shift.made[number];
}

/** Takes the next number for an expression that was not met before. What it is made of comes behind it. */
function nextNumber(expr: Expr, shift: Shift): number {
  const number = shift.made.length;
  shift.numbers?.set(expr, number);
  shift.made.push(expr);
  return number;
}

/** The type itself while these are all its keys: a field that is added to it must be added to its copy here. */
type Whole<T, Keys extends keyof T> = Exclude<keyof T, Keys> extends never ? T : never;

function shiftExpr(expr: Expr, shift: Shift): Expr {
  switch (expr.kind) {
    case 'name':
      return { kind: 'name', name: expr.name, span: shiftSpan(expr.span, shift) };
    case 'string':
      return { kind: 'string', value: expr.value, span: shiftSpan(expr.span, shift) };
    case 'literal':
      return { kind: 'literal', value: expr.value, span: shiftSpan(expr.span, shift) };
    case 'function':
      return { kind: 'function', span: shiftSpan(expr.span, shift) };
    case 'other':
      return { kind: 'other', span: shiftSpan(expr.span, shift) };
    case 'member':
      return shiftMember(expr, shift);
    case 'call':
      return shiftCall(expr, shift);
    default: {
      const known = movedBefore(expr, shift);
      if (known !== undefined) return known;
      const number = nextNumber(expr, shift);
      const copy = shiftKeys(expr, shift);
      shift.made[number] = copy;
      return copy;
    }
  }
}

function shiftRead(read: MemberExpr | IndexExpr, shift: Shift): MemberExpr | IndexExpr {
  return read.kind === 'member' ? shiftMember(read, shift) : (shiftExpr(read, shift) as IndexExpr);
}

function shiftMember(
  member: Whole<MemberExpr, 'kind' | 'object' | 'property' | 'propertySpan' | 'span' | 'ofPath'>,
  shift: Shift,
): MemberExpr {
  const known = movedBefore(member, shift);
  if (known !== undefined) return known as MemberExpr;
  const number = nextNumber(member, shift);
  const moved: MemberExpr = {
    kind: 'member',
    object: shiftExpr(member.object, shift),
    property: member.property,
    propertySpan: shiftSpan(member.propertySpan, shift),
    span: shiftSpan(member.span, shift),
  };
  const copy = member.ofPath === undefined ? moved : { ...moved, ofPath: member.ofPath };
  shift.made[number] = copy;
  return copy;
}

function shiftCall(
  call: Whole<CallExpr, 'kind' | 'callee' | 'args' | 'construct' | 'nameSpan' | 'span' | 'typeArgument'>,
  shift: Shift,
): CallExpr {
  const known = movedBefore(call, shift);
  if (known !== undefined) return known as CallExpr;
  const number = nextNumber(call, shift);
  const callee = shiftExpr(call.callee, shift);
  const plain: CallExpr = {
    kind: 'call',
    callee,
    args: call.args.length === 0 ? NO_ARGUMENTS : call.args.map(argument => shiftArgument(argument, shift)),
    construct: call.construct,
    nameSpan: shiftNameSpan(call, callee, shift),
    span: shiftSpan(call.span, shift),
  };
  const { typeArgument } = call;
  const copy = typeArgument === undefined ? plain : { ...plain, typeArgument: shiftExpr(typeArgument, shift) };
  shift.made[number] = copy;
  return copy;
}

const NO_ARGUMENTS: readonly Argument[] = [];

/** The span of the called name is the callee's own in most calls: it goes on being the same object. */
function shiftNameSpan({ callee, nameSpan }: CallExpr, moved: Expr, way: Way): Span {
  if (nameSpan === callee.span) return moved.span;
  if (callee.kind === 'member' && moved.kind === 'member' && nameSpan === callee.propertySpan)
    return moved.propertySpan;
  return shiftSpan(nameSpan, way);
}

function shiftFunction(
  fn: Whole<
    FunctionFact,
    'name' | 'nameSpan' | 'owner' | 'parameters' | 'returns' | 'span' | 'resultType' | 'declared'
  >,
  shift: Shift,
): FunctionFact {
  const plain: FunctionFact = {
    name: fn.name,
    nameSpan: shiftSpan(fn.nameSpan, shift),
    owner: fn.owner,
    parameters: fn.parameters.map(parameter => shiftParameter(parameter, shift)),
    returns: fn.returns.map(value => shiftExpr(value, shift)),
    span: shiftSpan(fn.span, shift),
  };
  const { resultType, declared } = fn;
  const typed = resultType === undefined ? plain : { ...plain, resultType: shiftExpr(resultType, shift) };
  return declared === undefined ? typed : { ...typed, declared };
}

function shiftParameter(
  parameter: Whole<
    ParameterFact,
    'name' | 'nameSpan' | 'position' | 'label' | 'property' | 'type' | 'patternType' | 'rest' | 'defaultValue'
  >,
  shift: Shift,
): ParameterFact {
  const plain: ParameterFact = {
    name: parameter.name,
    nameSpan: shiftSpan(parameter.nameSpan, shift),
    position: parameter.position,
    property: parameter.property,
    type: parameter.type && shiftExpr(parameter.type, shift),
    defaultValue: parameter.defaultValue && shiftExpr(parameter.defaultValue, shift),
  };
  const { patternType } = parameter;
  const typed = patternType === undefined ? plain : { ...plain, patternType: shiftExpr(patternType, shift) };
  const all = parameter.rest === undefined ? typed : { ...typed, rest: parameter.rest };
  return parameter.label === undefined ? all : { ...all, label: parameter.label };
}

function shiftArgument(argument: Whole<Argument, 'name' | 'value' | 'spread'>, shift: Shift): Argument {
  return { name: argument.name, value: shiftExpr(argument.value, shift), spread: argument.spread };
}

function shiftBinding(
  binding: Whole<
    BindingFact,
    'name' | 'nameSpan' | 'owner' | 'value' | 'type' | 'patternType' | 'defaultValue' | 'form' | 'scope'
  >,
  shift: Shift,
): BindingFact {
  const plain: BindingFact = {
    name: binding.name,
    nameSpan: shiftSpan(binding.nameSpan, shift),
    owner: binding.owner,
    value: binding.value && shiftExpr(binding.value, shift),
    type: binding.type && shiftExpr(binding.type, shift),
    form: binding.form,
    scope: shiftSpan(binding.scope, shift),
  };
  const { patternType, defaultValue } = binding;
  const typed = patternType === undefined ? plain : { ...plain, patternType: shiftExpr(patternType, shift) };
  return defaultValue === undefined ? typed : { ...typed, defaultValue: shiftExpr(defaultValue, shift) };
}

function shiftBranch(branch: Whole<BranchFact, 'condition' | 'consequent' | 'alternative'>, way: Way): BranchFact {
  return {
    condition: shiftSpan(branch.condition, way),
    consequent: shiftSpan(branch.consequent, way),
    alternative: branch.alternative && shiftSpan(branch.alternative, way),
  };
}

function shiftComment(comment: Whole<CommentFact, 'text' | 'span'>, way: Way): CommentFact {
  return { text: comment.text, span: shiftSpan(comment.span, way) };
}

/** Any other fact, or part of one, by its keys. */
function shiftKeys<T extends object>(source: T, shift: Shift): T {
  const copy = { ...source } as Record<string, unknown>;
  for (const key in copy) {
    const value = copy[key];
    if (typeof value === 'object' && value !== null) copy[key] = shiftValue(value, shift);
  }
  return copy as T;
}

function shiftValue(value: object, shift: Shift): object {
  if (Array.isArray(value)) {
    return value.map(item => (typeof item === 'object' && item !== null ? shiftValue(item, shift) : item));
  }
  if (isExpr(value)) return shiftExpr(value, shift);
  return isSpan(value) ? shiftSpan(value, shift) : shiftKeys(value, shift);
}

function isSpan(value: object): value is Span {
  return 'start' in value && 'end' in value;
}

function isExpr(value: object): value is Expr {
  return 'kind' in value && 'span' in value;
}
