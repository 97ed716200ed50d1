/**
 * Questions that a lambda says to a mock (`featureService.Setup(x => x.IsEnabled(PAY))`, Moq): what is asked is the lambda's parameter, whose type
 * nobody writes, so that the mock's own name says whether it is of flags.
 */
import type { CallExpr } from '../../languages/facts.ts';
import { speaksOfFlags } from '../names/flagWords.ts';
import { lastNameCalled } from '../names/lastName.ts';
import { isTestPath } from '../names/testPaths.ts';
import type { LinkState } from './linkState.ts';

/** Whether a call in a lambda of a test tells a mock of flags what it will be asked. */
export function isToldToMock(state: LinkState, path: string, { callee, span }: CallExpr): boolean {
  if (callee.kind !== 'member' || callee.object.kind !== 'name' || !isTestPath(path)) return false;
  const { calls } = state.indexes.get(path)!;
  return TELLS.some(name =>
    calls
      .get(name)
      ?.some(
        ({ callee: told, args }) =>
          told.kind === 'member' &&
          args.some(({ value }) => value.kind === 'function' && holds(value, span)) &&
          speaksOfFlags(lastNameCalled(told.object)),
      ),
  );
}

function holds({ span: around }: { readonly span: CallExpr['span'] }, { start, end }: CallExpr['span']): boolean {
  return around.start <= start && end <= around.end;
}

const TELLS: readonly string[] = ['Setup', 'SetupSequence', 'Verify'];
