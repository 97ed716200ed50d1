/**
 * An SDK's object of flags that a component or a function hands on: `<Nav flags={flags} />`, `pick(flags)`, and from there to the next. Who
 * gets it reads flags, as far as names tell that it is handed on as such. What components get from an SDK is `injectedToggles.ts`'
 * business.
 */
import type { Expr, FileFacts } from '../../languages/facts.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { speaksOfFlags } from '../names/flagWords.ts';
import { isTestPath } from '../names/testPaths.ts';
import { type FlagSdk, isPackageOf, type SdkSurface } from '../sdk.ts';
import { componentOf, type Injected, isGiven } from './injectedToggles.ts';
import type { LinkState } from './linkState.ts';
import { toggleHolder } from './toggleNames.ts';

/** One place where something is handed on: to what, under which name or at which position. */
interface Handing {
  readonly to: Expr;
  readonly value: Expr;
  readonly property: string;
  readonly position?: number;
}

/** Who is given an SDK's object of flags, in the whole repository. */
export function handedToggles(
  state: LinkState,
  surfaces: readonly { readonly sdk: FlagSdk; readonly surface: SdkSurface }[],
  names: ReadonlySet<string>,
): readonly Injected[] {
  if (surfaces.length === 0) return [];
  const places = [...state.indexes].flatMap(([path, index]) => {
    const handings = index.found(handingsIn);
    if (handings.length === 0 || isTestPath(path)) return [];
    const holds = toggleHolder(path, index, names, state);
    return handings.map(handing => ({ path, handing, mayHold: holds(handing.value) }));
  });
  const found: Injected[] = [];
  for (let round = 0, known = -1; round < MOST_ROUNDS && found.length > known; round++) {
    known = found.length;
    for (const { path, handing, mayHold } of places) {
      const here = found.filter(other => other.path === path);
      if (!mayHold && here.length === 0) continue;
      state.evaluator.ask(path);
      const given = sourceOf(state, path, handing.value, surfaces, here);
      const component = given === null ? null : componentOf(state.evaluator.evaluate(handing.to, path));
      if (given === null || component === null) continue;
      const { position, property } = handing;
      const isKnown = found.some(
        other =>
          other.component === component.fact && other.injection.property === property && other.position === position,
      );
      if (isKnown) continue;
      state.givers.add(path).add(component.path);
      state.entangled.add(path).add(component.path);
      found.push({
        sdk: given.sdk,
        injection: { function: given.method, property, camelCase: given.camelCase },
        component: component.fact,
        path: component.path,
        ...(position === undefined ? {} : { position }),
        confidence: 'likely',
      });
    }
  }
  return found;
}

/** Through how many hands flags are followed. */
const MOST_ROUNDS = 4;

/** What a file hands on under names that speak of flags; two files that hand on alike give the same text. */
export function handingsText(facts: FileFacts): string {
  const textOf = (expr: Expr): string =>
    expr.kind === 'name' ? expr.name : expr.kind === 'member' ? `${textOf(expr.object)}.${expr.property}` : expr.kind;
  return handingsOf(facts)
    .map(({ to, value, property, position }) => `${textOf(to)} ${textOf(value)} ${property} ${position}`)
    .join('\n');
}

function handingsIn({ facts }: FileIndex): readonly Handing[] {
  return handingsOf(facts);
}

function handingsOf({ elements, calls }: FileFacts): readonly Handing[] {
  const attributes = elements.flatMap(({ name, nameSpan, attributes: all }) =>
    all.flatMap(({ name: property, value }): readonly Handing[] =>
      value === null || !speaksOfFlags(property) || !HANDED.has(value.kind) || name.includes('.')
        ? []
        : [{ to: { kind: 'name', name, span: nameSpan }, value, property }],
    ),
  );
  const given = calls.flatMap(({ callee, args, construct }) =>
    construct || callee.kind === 'call'
      ? []
      : args.flatMap(({ value, spread }, position): readonly Handing[] =>
          !spread && value.kind === 'name' && speaksOfFlags(value.name)
            ? [{ to: callee, value, property: '', position }]
            : [],
        ),
  );
  return [...attributes, ...given];
}

const HANDED: ReadonlySet<Expr['kind']> = new Set(['call', 'member', 'name']);

/** The SDK whose object of flags an expression is, itself or because it was handed on; null where it is none. */
function sourceOf(
  state: LinkState,
  path: string,
  expr: Expr,
  surfaces: readonly { readonly sdk: FlagSdk; readonly surface: SdkSurface }[],
  given: readonly Injected[],
): { readonly sdk: FlagSdk; readonly method: string; readonly camelCase: boolean } | null {
  const value = state.evaluator.evaluate(expr, path);
  if (value.kind === 'external') {
    const [last, before] = [value.names.at(-1), value.names.at(-2)];
    for (const { sdk, surface } of surfaces) {
      const toggles = surface.toggles.find(
        ({ function: source, below, role }) =>
          role === undefined && (below === undefined ? last === source : last === below && before === source),
      );
      if (toggles !== undefined && isPackageOf(surface, value.from))
        return { sdk, method: toggles.function, camelCase: toggles.camelCase };
    }
    return null;
  }
  const injected = given.find(each => isGiven(state, path, expr, each));
  if (injected === undefined) return null;
  const { function: method, camelCase } = injected.injection;
  return { sdk: injected.sdk, method, camelCase };
}
