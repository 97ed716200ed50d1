/** Elements of SDKs that name a flag in an attribute (`<FeatureFlag flagKey="…">`), told by where the element's name comes from. */
import type { ElementFact } from '../languages/facts.ts';
import { keysIn } from './keys.ts';
import type { LinkState, Match } from './linkState.ts';
import { type FlagSdk, isPackageOf, type SdkElement, type SdkSurface } from './sdk.ts';

/** One element of one SDK. */
interface ElementForm {
  readonly sdk: FlagSdk;
  readonly surface: SdkSurface;
  readonly known: SdkElement;
}

/** All elements by the attribute that names the flag. */
export type ElementForms = ReadonlyMap<string, readonly ElementForm[]>;

/** Arranges the SDKs' data for look-up. */
export function arrangeElements(sdks: readonly FlagSdk[]): ElementForms {
  const forms = new Map<string, ElementForm[]>();
  for (const sdk of sdks) {
    for (const surface of sdk.surfaces) {
      for (const known of surface.elements)
        forms.set(known.key, [...(forms.get(known.key) ?? []), { sdk, surface, known }]);
    }
  }
  return forms;
}

/** Elements of SDKs in one file. */
export function elementMatches(state: LinkState, path: string, forms: ElementForms): readonly Match[] {
  return state.indexes.get(path)!.sdkElements.flatMap(element => matchesOf(state, path, element, forms));
}

function matchesOf(state: LinkState, path: string, element: ElementFact, forms: ElementForms): readonly Match[] {
  const found = formOf(state, path, element, forms);
  if (found === null) return [];
  const { sdk, known } = found;
  const attributeOf = (name: string | null) => element.attributes.find(attribute => attribute.name === name);
  const key = attributeOf(known.key);
  if (key === undefined || key.value === null) return [];
  const { several } = known;
  const keys =
    several === undefined ? [{ expr: key.value }] : keysIn({ expr: key.value }, path, several, state.evaluator);
  return keys.map(({ expr, place, path: keyPath, item, unlisted }) => ({
    path,
    nameSpan: place ?? element.nameSpan,
    end: place?.end ?? key.span.end,
    keyExpr: expr,
    ...(keyPath === undefined ? {} : { keyPath }),
    ...(item === undefined ? {} : { item }),
    ...(unlisted === undefined ? {} : { unlisted }),
    fallbackExpr: attributeOf(known.fallback)?.value ?? null,
    constantFallback: undefined,
    system: sdk.id,
    method: known.name,
    type: null,
    via: 'component',
    confidence: 'certain',
    role: known.role ?? 'check',
  }));
}

/** The SDK's element that an element is; null when it is another. */
function formOf(state: LinkState, path: string, element: ElementFact, forms: ElementForms): ElementForm | null {
  const candidates = element.attributes.flatMap(attribute => forms.get(attribute.name) ?? []);
  const parts = element.name.split('.');
  const component = state.evaluator.evaluate({ kind: 'name', name: parts[0]!, span: element.nameSpan }, path);
  if (component.kind !== 'external') return null;
  const means = parts.length > 1 ? parts.at(-1) : component.names.at(-1);
  return candidates.find(({ surface, known }) => known.name === means && isPackageOf(surface, component.from)) ?? null;
}
