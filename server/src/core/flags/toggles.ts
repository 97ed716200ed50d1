/**
 * Flags read as properties of an object an SDK hands out (`useFlags().newCheckout`, destructured or not), and elements that
 * name a flag in an attribute.
 */
import type { Expr, FileFacts, MemberExpr } from '../languages/facts.ts';
import type { LinkState, Match } from './linkState.ts';
import { memberReads } from './memberReads.ts';
import type { Value } from './resolve/value.ts';
import { type FlagSdk, isPackageOf, type SdkSurface, type SdkToggles } from './sdk.ts';

/** A property read: the match, and the key as it is spelled in code. */
export interface ToggleMatch {
  readonly match: Match;
  readonly name: string;
  readonly camelCase: boolean;
}

/**
 * Property reads of SDK toggles in one file, whether it asks the SDK itself or a function of the repository that hands the
 * SDK's object on. `used` are the SDKs that the repository imports anywhere.
 */
export function toggleMatches(
  state: LinkState,
  path: string,
  sdks: readonly FlagSdk[],
  used: ReadonlySet<SdkSurface>,
): readonly ToggleMatch[] {
  // This is asked of every file again after each keystroke: what most repositories don't use must not cost anything.
  if (![...used].some(surface => surface.toggles.length > 0)) return [];
  const facts = state.files.get(path)!;
  const surfaces = allSurfaces(facts, sdks).filter(({ surface }) => surface.toggles.length > 0 && used.has(surface));
  if (surfaces.length === 0) return [];
  const matches: ToggleMatch[] = [];
  for (const read of memberReads(facts)) {
    const toggle = toggleIn(state, path, read, surfaces);
    if (toggle === null) continue;
    const { member, found } = toggle;
    matches.push({
      name: member.property,
      camelCase: found.toggles.camelCase,
      match: {
        path,
        nameSpan: member.propertySpan,
        end: member.propertySpan.end,
        keyExpr: null,
        fallbackExpr: null,
        constantFallback: undefined,
        system: found.sdk.id,
        method: found.toggles.function,
        type: null,
        via: 'property',
        confidence: 'certain',
        role: 'check',
      },
    });
  }
  return matches;
}

/** The flag in a read of it or of something below it: `flags.banner.text` reads the flag `banner`. */
function toggleIn(state: LinkState, path: string, read: MemberExpr, surfaces: readonly SurfaceOfSdk[]) {
  for (let member: Expr = read; member.kind === 'member'; member = member.object) {
    const value = state.evaluator.evaluate(member, path);
    // A property of another name only hands the flag on (`{ isNewNavOn: flags.newNav }`): the check is where it was read.
    const isRead = value.kind === 'external' && value.names.at(-1) === member.property;
    const found = isRead ? togglesOf(value, surfaces) : null;
    if (found !== null) return { member, found };
  }
  return null;
}

/** Elements of SDKs that name a flag. */
export function elementMatches(state: LinkState, path: string, sdks: readonly FlagSdk[]): readonly Match[] {
  const facts = state.files.get(path)!;
  const matches: Match[] = [];
  const { imported } = state.indexes.get(path)!;
  if (imported.length === 0 || facts.elements.length === 0) return [];
  for (const { sdk, surface } of allSurfaces(facts, sdks)) {
    if (!imported.includes(surface)) continue;
    for (const element of facts.elements) {
      const known = surface.elements.find(candidate => candidate.name === element.name);
      const key = known === undefined ? undefined : element.attributes.find(attribute => attribute.name === known.key);
      if (known === undefined || key === undefined || key.value === null) continue;
      const fallback = element.attributes.find(attribute => attribute.name === known.fallback);
      matches.push({
        path,
        nameSpan: element.nameSpan,
        end: key.span.end,
        keyExpr: key.value,
        fallbackExpr: fallback?.value ?? null,
        constantFallback: undefined,
        system: sdk.id,
        method: element.name,
        type: null,
        via: 'component',
        confidence: 'certain',
        role: 'check',
      });
    }
  }
  return matches;
}

interface SurfaceOfSdk {
  readonly sdk: FlagSdk;
  readonly surface: SdkSurface;
}

/** The SDKs that exist for a file's language. */
function allSurfaces(facts: FileFacts, sdks: readonly FlagSdk[]): readonly SurfaceOfSdk[] {
  return sdks.flatMap(sdk =>
    sdk.surfaces.filter(surface => surface.languages.includes(facts.language)).map(surface => ({ sdk, surface })),
  );
}

function togglesOf(value: Value & { kind: 'external' }, surfaces: readonly SurfaceOfSdk[]) {
  const source = value.names[value.names.length - 2];
  for (const { sdk, surface } of surfaces) {
    const toggles: SdkToggles | undefined = surface.toggles.find(candidate => candidate.function === source);
    if (toggles !== undefined && isPackageOf(surface, value.from)) return { sdk, toggles };
  }
  return null;
}
