/**
 * Questions that are named after their flag: `Flipflop.new_nav?`, where a gem's global answers for whatever its block of declarations
 * lists (`feature :new_nav`). Types of the repository that answer like this are `typedToggles.ts`' business.
 */
import type { CallExpr } from '../../languages/facts.ts';
import { familyOf } from '../resolve/programNames.ts';
import { type FlagSdk, isPackageOf, type SdkSurface } from '../sdk.ts';
import { type LinkState, type Match, plainMatch } from './linkState.ts';

/** One surface with such questions. */
export interface NamedForm {
  readonly sdk: FlagSdk;
  readonly surface: SdkSurface;
}

/** The surfaces that have them; whether the repository uses one is told by what a call is asked of. */
export function arrangeNamed(sdks: readonly FlagSdk[]): readonly NamedForm[] {
  return sdks.flatMap(sdk =>
    sdk.surfaces.filter(({ namedQuestions }) => namedQuestions !== undefined).map(surface => ({ sdk, surface })),
  );
}

/** Questions and declarations of this kind in one file. */
export function namedQuestionMatches(
  state: LinkState,
  path: string,
  forms: readonly NamedForm[],
  used: ReadonlySet<SdkSurface>,
): readonly Match[] {
  if (forms.length === 0 || familyOf(state.files.get(path)?.language) !== 'ruby') return [];
  const { calls } = state.indexes.get(path)!;
  const matches: Match[] = [];
  for (const [name, named] of calls) {
    const asked = name.endsWith('?')
      ? forms.filter(({ surface }) => !surface.namedQuestions!.except.includes(name))
      : [];
    for (const call of asked.length === 0 ? [] : named) {
      const { callee } = call;
      if (callee.kind !== 'member' || callee.object.kind !== 'name' || call.args.length > 0) continue;
      const found = formOf(state, path, call, asked, 2);
      if (found === null) continue;
      const { start, end } = call.nameSpan;
      matches.push({
        ...matchOf(path, call, found.sdk, used.has(found.surface)),
        keyExpr: { kind: 'string', value: name.slice(0, -1), span: { start, end: end - 1 } },
        method: name,
        type: 'boolean',
        via: 'property',
      });
    }
  }
  for (const form of forms) matches.push(...declaredMatches(state, path, form, used));
  return matches;
}

/** `feature :new_nav` inside of `Flipflop.configure do … end`. */
function declaredMatches(
  state: LinkState,
  path: string,
  form: NamedForm,
  used: ReadonlySet<SdkSurface>,
): readonly Match[] {
  const { declaredInBlocks } = form.surface;
  const { calls } = state.indexes.get(path)!;
  const blocks = declaredInBlocks === undefined ? [] : (calls.get(declaredInBlocks.of) ?? []);
  const own = blocks.filter(call => formOf(state, path, call, [form], 2) !== null);
  if (declaredInBlocks === undefined || own.length === 0) return [];
  return (calls.get(declaredInBlocks.by) ?? []).flatMap(call => {
    const [key] = call.args;
    const isInside = own.some(({ span }) => call.span.start > span.start && call.span.end < span.end);
    if (!isInside || call.callee.kind !== 'name' || key?.value.kind !== 'string' || key.name !== null) return [];
    const fallback = call.args.find(({ name }) => name === 'default')?.value ?? null;
    return [
      {
        ...matchOf(path, call, form.sdk, used.has(form.surface)),
        nameSpan: key.value.span,
        end: key.value.span.end,
        keyExpr: key.value,
        fallbackExpr: fallback,
        role: 'declaration' as const,
      },
    ];
  });
}

function formOf(
  state: LinkState,
  path: string,
  call: CallExpr,
  forms: readonly NamedForm[],
  depth: number,
): NamedForm | null {
  const callee = state.evaluator.evaluate(call.callee, path);
  if (callee.kind !== 'external' || callee.names.length !== depth) return null;
  return forms.find(({ surface }) => isPackageOf(surface, callee.from)) ?? null;
}

function matchOf(path: string, { nameSpan, span }: CallExpr, sdk: FlagSdk, isUsed: boolean): Match {
  return plainMatch({
    path,
    nameSpan,
    end: span.end,
    keyExpr: null,
    system: sdk.id,
    method: '',
    confidence: isUsed ? 'certain' : 'likely',
  });
}
