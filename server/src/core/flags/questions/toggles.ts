/** Flags read as properties of an object an SDK hands out (`useFlags().newCheckout`, destructured or not). */
import type { Expr, MemberExpr } from '../../languages/facts.ts';
import type { Value } from '../resolve/value.ts';
import { type FlagSdk, isPackageOf, type SdkSurface } from '../sdk.ts';
import { handedToggles } from './handedToggles.ts';
import { type Injected, injectedComponents, injectionOf } from './injectedToggles.ts';
import { type LinkState, type Match, plainMatch } from './linkState.ts';
import { defaultOf, indexReads, memberReads } from './memberReads.ts';
import { toggleHolder } from './toggleNames.ts';

/** A property read: the match, and the key as it is spelled in code. */
export interface ToggleMatch {
  readonly match: Match;
  /** Null where the property is not a name but an expression: that is the match's key. */
  readonly name: string | null;
  readonly camelCase: boolean;
}

/** The toggles of the SDKs that the repository imports anywhere; most repositories have none. */
export interface UsedToggles {
  readonly surfaces: readonly SurfaceOfSdk[];
  readonly injected: readonly Injected[];
  /** By which names such an object is reached; see `toggleNames.ts`. */
  readonly names: ReadonlySet<string>;
}

/** @param names what `toggleNames` tells of all files. */
export function usedToggles(
  state: LinkState,
  sdks: readonly FlagSdk[],
  used: ReadonlySet<SdkSurface>,
  names: ReadonlySet<string>,
): UsedToggles {
  const surfaces = usedToggleSurfaces(sdks, used);
  const injected = [...injectedComponents(state, sdks, used), ...handedToggles(state, surfaces, names)];
  return { surfaces, injected, names };
}

/** Those whose clients are read by property. */
export function usedToggleSurfaces(sdks: readonly FlagSdk[], used: ReadonlySet<SdkSurface>): UsedToggles['surfaces'] {
  return sdks.flatMap(sdk =>
    sdk.surfaces.filter(surface => surface.toggles.length > 0 && used.has(surface)).map(surface => ({ sdk, surface })),
  );
}

/**
 * Property reads of SDK toggles in one file, whether it asks the SDK itself or a function of the repository that hands the
 * SDK's object on. Pauses after each read.
 */
export function* toggleMatches(
  state: LinkState,
  path: string,
  toggles: UsedToggles,
): Generator<undefined, readonly ToggleMatch[]> {
  // This is asked of every file again after each keystroke: what most repositories don't use must not cost anything.
  if (toggles.surfaces.length === 0 && toggles.injected.length === 0) return [];
  const facts = state.files.get(path)!;
  const surfaces = toggles.surfaces.filter(({ surface }) => surface.languages.includes(facts.language));
  const injected = toggles.injected.filter(({ path: at }) => at === path);
  const holds = toggleHolder(path, state.indexes.get(path)!, toggles.names, state);
  const matches: ToggleMatch[] = [];
  for (const read of memberReads(facts)) {
    if (injected.length === 0 && !readsBelow(read, holds)) continue;
    const toggle = toggleIn(state, path, read, { surfaces, injected });
    yield;
    if (toggle === null) continue;
    const { member, system, method, camelCase, role, confidence } = toggle;
    matches.push({
      name: member.property,
      camelCase,
      match: {
        path,
        nameSpan: member.propertySpan,
        end: member.propertySpan.end,
        keyExpr: null,
        fallbackExpr: member === read ? defaultOf(facts, read) : null,
        constantFallback: undefined,
        system,
        method,
        type: null,
        via: 'property',
        confidence,
        role,
      },
    });
  }
  return [...matches, ...indexedToggles(state, path, surfaces, holds)];
}

/** Flags read by an expression: `flags[NEW_NAV]`. */
function indexedToggles(
  state: LinkState,
  path: string,
  surfaces: readonly SurfaceOfSdk[],
  holds: (expr: Expr) => boolean,
): readonly ToggleMatch[] {
  return indexReads(state.files.get(path)!).flatMap(({ object, index, span }) => {
    if (!holds(object)) return [];
    const value = state.evaluator.evaluate(object, path);
    const found =
      value.kind === 'external' ? togglesOf({ ...value, names: [...value.names, INDEXED] }, surfaces) : null;
    // What only hands on the results of checks made elsewhere names no flag by itself.
    if (found === null || found.toggles.role !== undefined) return [];
    const match = plainMatch({
      path,
      nameSpan: index.span,
      end: span.end,
      keyExpr: index,
      system: found.sdk.id,
      method: found.toggles.function,
      confidence: 'certain',
    });
    return [{ match, name: null, camelCase: found.toggles.camelCase }];
  });
}

/** Stands for a name that only an expression tells. */
const INDEXED = '[]';

/** Whether a read, or what it goes through, is one of an object that may hold flags. */
function readsBelow(read: MemberExpr, holds: (expr: Expr) => boolean): boolean {
  for (let member: Expr = read; member.kind === 'member'; member = member.object) if (holds(member.object)) return true;
  return false;
}

/** The flag in a read of it or of something below it: `flags.banner.text` reads the flag `banner`. */
function toggleIn(
  state: LinkState,
  path: string,
  read: MemberExpr,
  { surfaces, injected }: Pick<UsedToggles, 'surfaces' | 'injected'>,
) {
  for (let member: Expr = read; member.kind === 'member'; member = member.object) {
    const value = state.evaluator.evaluate(member, path);
    // A property of another name only hands the flag on (`{ isNewNavOn: flags.newNav }`): the check is where it was read.
    const isRead = value.kind === 'external' && value.names.at(-1) === member.property;
    const found = isRead ? togglesOf(value, surfaces) : null;
    if (found !== null) {
      const { sdk, toggles } = found;
      const { camelCase, role } = toggles;
      return {
        member,
        system: sdk.id,
        method: toggles.function,
        camelCase,
        role: role ?? 'check',
        confidence: 'certain',
      } as const;
    }
    const given = injectionOf(state, path, member, injected);
    if (given !== null) {
      const { sdk, injection, confidence } = given;
      const { camelCase } = injection;
      return { member, system: sdk.id, method: injection.function, camelCase, role: 'check', confidence } as const;
    }
  }
  return null;
}

interface SurfaceOfSdk {
  readonly sdk: FlagSdk;
  readonly surface: SdkSurface;
}

function togglesOf(value: Value & { kind: 'external' }, surfaces: readonly SurfaceOfSdk[]) {
  const [fromResult, fromBelow] = [value.names.at(-2), value.names.at(-3)];
  for (const { sdk, surface } of surfaces) {
    const toggles = surface.toggles.find(({ function: source, below }) =>
      below === undefined ? fromResult === source : fromResult === below && fromBelow === source,
    );
    if (toggles !== undefined && isPackageOf(surface, value.from)) return { sdk, toggles };
  }
  return null;
}
