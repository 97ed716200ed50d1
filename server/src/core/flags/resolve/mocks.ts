/** What libraries of mocks give whoever asks them. */
import type { CallExpr, Expr } from '../../languages/facts.ts';
import type { Value } from './value.ts';

/** `doReturn(true).when(features)`, `verify(features, never())`: who is asked next is the mock that is given. */
export function isMockAsked({ from, names }: Value & { kind: 'external' }): boolean {
  if (!/^org\.mockito\b/.test(from)) return false;
  const asked = names.at(-1)?.replace(/`/g, '');
  return asked === 'verify' || (asked === 'when' && /^do[A-Z]/.test(names.at(-2) ?? ''));
}

/** PHPUnit: the class that stands behind a mock, `$this->createMock(Switches::class)`, `$this->getMockBuilder(Switches::class)->…->getMock()`; else null. */
export function mockedClass(call: CallExpr): Expr | null {
  if (call.callee.kind !== 'member' || !MAKES_MOCK.test(call.callee.property)) return null;
  let at: Expr = call;
  for (let steps = 0; steps < MOST_STEPS && at.kind === 'call' && at.callee.kind === 'member'; steps++) {
    const [given] = at.args;
    if (given?.value.kind === 'member' && given.value.property === 'class') return given.value.object;
    at = at.callee.object;
  }
  return null;
}

const MAKES_MOCK = /^(?:create(?:Configured|Partial)?(?:Mock|Stub)|getMock(?:ForAbstractClass)?)$/;
/** No builder of a mock is told more. */
const MOST_STEPS = 12;
