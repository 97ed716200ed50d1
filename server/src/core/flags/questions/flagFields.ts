/** Fields by which a class names the flag for what it inherits from an SDK (`waffle_flag = "…"` below `WaffleFlagMixin`). */

import { type FlagSdk, isPackageOf, type SdkField, type SdkSurface } from '../sdk.ts';
import type { LinkState, Match } from './linkState.ts';

/** One such field of one SDK. */
interface FieldForm {
  readonly sdk: FlagSdk;
  readonly surface: SdkSurface;
  readonly field: SdkField;
}

/** The fields of the SDKs that some file imports; most repositories have none. */
export function usedFields(sdks: readonly FlagSdk[], used: ReadonlySet<SdkSurface>): readonly FieldForm[] {
  return sdks.flatMap(sdk =>
    sdk.surfaces
      .filter(surface => used.has(surface))
      .flatMap(surface => (surface.fields ?? []).map(field => ({ sdk, surface, field }))),
  );
}

/** Fields of one file that name flags. */
export function fieldMatches(state: LinkState, path: string, forms: readonly FieldForm[]): readonly Match[] {
  if (forms.length === 0) return [];
  const { bindings } = state.files.get(path)!;
  return bindings.flatMap(({ name, nameSpan, owner, value }): readonly Match[] => {
    const named = owner === null || value === null ? [] : forms.filter(({ field }) => field.name === name);
    const form = named.find(candidate => extendsBase(state, path, owner!, candidate));
    if (form === undefined || value === null) return [];
    return [
      {
        path,
        nameSpan,
        end: value.span.end,
        keyExpr: value,
        fallbackExpr: null,
        constantFallback: undefined,
        system: form.sdk.id,
        method: name,
        type: 'boolean',
        via: 'attribute',
        confidence: 'certain',
        role: 'check',
        ...(form.field.negation === undefined ? {} : { negation: form.field.negation }),
      },
    ];
  });
}

function extendsBase(state: LinkState, path: string, owner: string, { surface, field }: FieldForm): boolean {
  const type = state.files.get(path)!.types.find(candidate => candidate.name === owner);
  if (type === undefined) return false;
  return state.evaluator.ancestors(path, type).some(placed =>
    placed.type.bases.some(base => {
      const value = state.evaluator.evaluate(base, placed.path);
      return value.kind === 'external' && value.names.at(-1) === field.base && isPackageOf(surface, value.from);
    }),
  );
}
