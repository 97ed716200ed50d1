/** What holds for the facts of any text, broken or not. */
import assert from 'node:assert/strict';
import type { CallExpr, FileFacts } from '../../../server/src/core/languages/facts.ts';
import { FILE_SCOPE } from '../../../server/src/core/languages/language.ts';
import type { Span } from '../../../server/src/core/text.ts';

/**
 * Checks that all spans lie in the text, that facts stand in order, that names are where they are said to be, and that every
 * call inside a fact stands once in `calls` or `decorators`, as the same object.
 */
export function assertWellFormed(facts: FileFacts, text: string): void {
  assertInOrder('imports', facts.imports, fact => fact.span);
  assertInOrder('functions', facts.functions, fact => fact.span);
  assertInOrder('bindings', facts.bindings, fact => fact.nameSpan);
  assertInOrder('types', facts.types, fact => fact.span);
  assertInOrder('calls', facts.calls, fact => fact.span);
  assertInOrder('decorators', facts.decorators, fact => fact.span);
  assertInOrder('members', facts.members, fact => fact.span);
  assertInOrder('branches', facts.branches, fact => fact.condition);
  assertInOrder('comments', facts.comments, fact => fact.span);
  for (const fact of facts.bindings) assertNamed(fact.name, fact.nameSpan, text);
  // A type that is listed in a field goes by its owner too.
  for (const fact of facts.types) assertNamed(fact.name.slice(fact.name.lastIndexOf('.') + 1), fact.nameSpan, text);
  for (const fact of facts.functions) {
    if (fact.name !== null) assertNamed(fact.name, fact.nameSpan, text);
    for (const parameter of fact.parameters) assertNamed(parameter.name, parameter.nameSpan, text);
  }
  for (const fact of facts.members) if (fact.kind === 'member') assertNamed(fact.property, fact.propertySpan, text);
  for (const fact of facts.comments) assertNamed(fact.text, fact.span, text);

  const listed = new Set<object>([...facts.calls, ...facts.decorators]);
  assert.equal(listed.size, facts.calls.length + facts.decorators.length, 'a call is listed twice');
  visit(facts, new Set(), value => {
    if (isSpan(value)) assertInside(value, text);
    else if (isCall(value))
      assert(listed.has(value), `call not listed: ${text.slice(value.span.start, value.span.end)}`);
  });
}

function assertInOrder<T>(kind: string, facts: readonly T[], spanOf: (fact: T) => Span): void {
  facts.forEach((fact, position) => {
    const previous = facts[position - 1];
    if (previous !== undefined) assert(spanOf(previous).start <= spanOf(fact).start, `${kind} out of order`);
  });
}

/** A name is what stands at its span; quoted names stand there with their quotes, and what code does not name stands nowhere. */
function assertNamed(name: string, span: Span, text: string): void {
  const source = text.slice(span.start, span.end);
  if (!/^['"]/.test(source) && source !== '') assert.equal(source, name);
  if (source === '') assert(name === '' || IMPLIED.test(name), `${name} stands nowhere`);
}

/**
 * Default exports and what a module is as a whole, what a lambda or an extension is about, constructors that are named after their type, and
 * parameters that are taken apart at once.
 */
const IMPLIED = /^(?:default|export=|it|this|self|\{\w+\}|\p{Lu}.*)$/u;

function assertInside(span: Span, text: string): void {
  if (span.end === FILE_SCOPE.end) return;
  assert(span.start >= 0 && span.start <= span.end && span.end <= text.length, `span outside: ${JSON.stringify(span)}`);
}

function visit(value: unknown, seen: Set<object>, see: (value: object) => void): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  see(value);
  for (const inner of Object.values(value)) visit(inner, seen, see);
}

function isSpan(value: object): value is Span {
  return 'start' in value && 'end' in value;
}

function isCall(value: object): value is CallExpr {
  return 'kind' in value && value.kind === 'call';
}
