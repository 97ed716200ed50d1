/**
 * Tests that set a flag rather than ask for it, in the words of the mocking libraries of Java, .NET and scripts: `features.IsEnabled(K)
 * .Returns(true)` (NSubstitute), `mock.Setup(f => f.IsEnabled(K))` (Moq), `A.CallTo(() => …)` (FakeItEasy), `when(features.isOn(K))
 * .thenReturn(true)`, `doReturn(true).when(features).isOn(K)` (Mockito), `allow(Flipper).to receive(:enabled?).with(K)` (RSpec), and what
 * verifies that a question was asked.
 */
import { type CallExpr, type Expr, isNominal, type LanguageId, readsScripts } from '../../languages/facts.ts';
import { changesFlag } from '../names/changingVerbs.ts';
import { wordsOf } from '../names/flagWords.ts';
import { isTestPath } from '../names/testPaths.ts';
import { familyOf } from '../resolve/programNames.ts';
import type { LinkState, Match } from './linkState.ts';

/** Whether a check is a test's set-up or verification. */
export function isStub(state: LinkState, match: Match): boolean {
  const { path, nameSpan, end } = match;
  const language = state.files.get(path)?.language;
  if (isTestPath(path) && isSetter(match, language)) return true;
  if (familyOf(language) === 'ruby') return isPrepared(state, match);
  if (language === undefined || !isTestPath(path)) return false;
  const { calls, facts } = state.indexes.get(path)!;
  const holds = (expr: Expr) => expr.span.start <= nameSpan.start && expr.span.end >= end;
  if (readsScripts(language) && facts.imports.some(({ from }) => MOCKING.test(from)))
    return TOLD.some(name => calls.get(name)?.some(({ args }) => args.some(({ value }) => holds(value))));
  if (!isNominal(language)) return false;
  for (const name of BEHIND) {
    for (const { callee } of calls.get(name) ?? []) {
      if (callee.kind === 'member' && callee.object.span.end === end && holds(callee.object)) return true;
    }
  }
  for (const name of AROUND) {
    for (const { args } of calls.get(name) ?? []) if (args.some(({ value }) => holds(value))) return true;
  }
  const own = (calls.get(match.method) ?? []).find(call => call.nameSpan.start === nameSpan.start);
  return own !== undefined && isAskedOfMock(own);
}

/**
 * A helper of tests that asks what a flag was before it sets it (`setFeatureGateDuringTest(t, gates, Nav, true)`, `WithFeatureGate(gates, Nav, true)`); in
 * scripts what is called `with…` makes a component that asks.
 */
function isSetter({ system, method }: Match, language: LanguageId | undefined): boolean {
  const [first = '', second = ''] = wordsOf(method);
  const isWith = first === 'with' && language !== undefined && !readsScripts(language);
  return system === 'inferred' && (isWith || changesFlag(first === 'must' ? second : first));
}

/** RSpec: the name of the question is what a double will receive. */
function isPrepared(state: LinkState, { path, nameSpan }: Match): boolean {
  const { calls } = state.indexes.get(path)!;
  return ['receive', 'receive_messages'].some(name =>
    calls.get(name)?.some(({ args }) => args.some(({ value }) => value.span.start === nameSpan.start)),
  );
}

/** `doReturn(true).when(features).isOn(K)`, `verify(features).isOn(K)`, `features.Received().IsEnabled(K)`. */
function isAskedOfMock({ callee }: CallExpr): boolean {
  const receiver = callee.kind === 'member' ? callee.object : null;
  if (receiver?.kind !== 'call') return false;
  const { callee: before } = receiver;
  return BEFORE.has(before.kind === 'member' ? before.property : before.kind === 'name' ? before.name : '');
}

/** The mocking libraries of scripts that are told of a question by asking it, and by which functions they are. */
const MOCKING = /^(?:@[\w-]+\/)?(?:ts-mockito|typemoq)$/;
const TOLD: readonly string[] = ['setup', 'verify', 'when'];

const BEHIND: readonly string[] = [
  'Returns',
  'ReturnsAsync',
  'ReturnsForAnyArgs',
  'ReturnsNull',
  'Throws',
  'ThrowsAsync',
  'ThrowsForAnyArgs',
];
const AROUND: readonly string[] = [
  // gMock
  'EXPECT_CALL',
  'ON_CALL',
  // OCMock, in Objective-C that is read as C++.
  'OCMExpect',
  'OCMStub',
  'OCMVerify',
  'CallTo',
  'Setup',
  'SetupGet',
  'SetupSequence',
  'Verify',
  // MockK, whose questions stand in lambdas.
  'coEvery',
  'coVerify',
  'coVerifyAll',
  'coVerifyOrder',
  'coVerifySequence',
  'every',
  'verify',
  'verifyAll',
  'verifyOrder',
  'verifySequence',
  'given',
  'lenient',
  'when',
  'whenever',
];
const BEFORE: ReadonlySet<string> = new Set([
  'DidNotReceive',
  'DidNotReceiveWithAnyArgs',
  'Received',
  'ReceivedWithAnyArgs',
  'When',
  'given',
  'should',
  'then',
  'verify',
  'when',
]);
