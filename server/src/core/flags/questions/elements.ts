/**
 * Elements that name a flag in an attribute (`<FeatureFlag flagKey="…">`), told by where the element's name comes from: an SDK, or
 * a component of the repository that hands its attribute on.
 */
import type { ElementFact } from '../../languages/facts.ts';
import type { Value } from '../resolve/value.ts';
import { type FlagSdk, isPackageOf, type SdkElement, type SdkSurface, type SeveralKeys } from '../sdk.ts';
import { keysIn, placeOf } from './keys.ts';
import type { LinkState, Match, Wrapper } from './linkState.ts';

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
export function elementMatches(
  state: LinkState,
  path: string,
  forms: ElementForms,
  used: ReadonlySet<SdkSurface>,
): readonly Match[] {
  return state.indexes.get(path)!.sdkElements.flatMap(element => matchesOf(state, path, element, forms, used));
}

/** Elements of the repository's own components that hand an attribute on as a key. */
export function componentMatches(state: LinkState, path: string, wrappers: readonly Wrapper[]): readonly Match[] {
  const components = wrappers.filter(({ key }) => key.position === 0 && key.property !== undefined);
  const { elements } = state.files.get(path)!;
  if (components.length === 0 || elements.length === 0) return [];
  const attributes = new Set(components.map(({ key }) => key.property));
  return elements.flatMap((element): readonly Match[] => {
    if (!element.attributes.some(({ name }) => attributes.has(name))) return [];
    const means = meaningOf(state, path, element);
    const wrapper = means.kind === 'function' ? state.wrappers.get(means.fn) : undefined;
    if (wrapper === undefined || !components.includes(wrapper) || wrapper.prefix !== null) return [];
    const { key, fallback, type, confidence } = wrapper;
    return attributeMatches(state, path, element, key.property!, fallback?.property ?? null, key.several).map(
      match => ({
        ...match,
        constantFallback: wrapper.constantFallback,
        system: 'inferred',
        method: element.name,
        type,
        confidence,
      }),
    );
  });
}

function matchesOf(
  state: LinkState,
  path: string,
  element: ElementFact,
  forms: ElementForms,
  used: ReadonlySet<SdkSurface>,
): readonly Match[] {
  const tag = tagOf(state, path, element, forms, used);
  const found = tag ?? formOf(state, path, element, forms);
  if (found === null) return [];
  const { sdk, known } = found;
  const matches = attributeMatches(state, path, element, known.key, known.fallback, known.several);
  const confidence = tag === null || isUsed(sdk, used) ? 'certain' : 'likely';
  return matches.map(match => ({
    ...match,
    system: sdk.id,
    method: known.name,
    role: known.role ?? 'check',
    confidence,
  }));
}

function isUsed({ surfaces }: FlagSdk, used: ReadonlySet<SdkSurface>): boolean {
  return surfaces.some(surface => used.has(surface));
}

/** The SDK's tag or directive of a template that an element is. */
function tagOf(
  state: LinkState,
  path: string,
  { name, attributes }: ElementFact,
  forms: ElementForms,
  used: ReadonlySet<SdkSurface>,
): ElementForm | null {
  const { language } = state.files.get(path)!;
  for (const attribute of attributes) {
    const found = forms
      .get(attribute.name)
      ?.find(
        ({ sdk, surface, known }) =>
          known.tag !== undefined &&
          known.name === name &&
          surface.languages.includes(language) &&
          (known.tag === 'by name' || isUsed(sdk, used)),
      );
    if (found !== undefined) return found;
  }
  return null;
}

/** What an element's attributes say of keys and fallback; whose element it is, the caller knows. */
function attributeMatches(
  state: LinkState,
  path: string,
  { nameSpan, attributes }: ElementFact,
  keyName: string,
  fallbackName: string | null,
  several: SeveralKeys | undefined,
): readonly Match[] {
  const key = attributes.find(({ name }) => name === keyName);
  const fallback = attributes.find(({ name }) => name === fallbackName)?.value ?? null;
  if (key === undefined || key.value === null) return [];
  const held = { expr: key.value };
  const keys = several === undefined ? [held] : keysIn(held, path, several, state.evaluator);
  return keys.map(found => ({
    path,
    ...placeOf({ nameSpan, end: key.span.end }, found, fallback),
    constantFallback: undefined,
    system: '',
    method: '',
    type: null,
    via: 'component',
    confidence: 'certain',
    role: 'check',
  }));
}

/** The SDK's element that an element is; null when it is another. */
function formOf(state: LinkState, path: string, element: ElementFact, forms: ElementForms): ElementForm | null {
  const candidates = element.attributes.flatMap(attribute => forms.get(attribute.name) ?? []);
  const parts = element.name.split('.');
  const component = meaningOf(state, path, element);
  if (component.kind !== 'external') return null;
  const means = parts.length > 1 ? parts.at(-1) : component.names.at(-1);
  return (
    candidates.find(
      ({ surface, known }) => known.tag === undefined && known.name === means && isPackageOf(surface, component.from),
    ) ?? null
  );
}

/** What an element's name means, or the first part of it. */
function meaningOf(state: LinkState, path: string, { name, nameSpan }: ElementFact): Value {
  const [first] = name.split('.', 1);
  return state.evaluator.evaluate({ kind: 'name', name: first!, span: nameSpan }, path);
}
