/**
 * What linking keeps (`linkMemory.ts`) as a text, so that a later program links a few files again by it. Functions and types are named by
 * their file and number, since they are told apart by being the very same; all else is plain data. Facts are not in the text:
 * whoever reads it has them, and only those of files that somebody looks at need be there. Where texts are kept is not decided here.
 */
import type { FileFacts, FunctionFact, TypeFact } from '../../languages/facts.ts';
import type { Injected } from '../questions/injectedToggles.ts';
import type { FlagSdk, SdkSurface } from '../sdk.ts';
import { plainFrame } from './checks.ts';
import type { FileShare, LinkInput, LinkMemory, Survey } from './linkMemory.ts';

/** By the path of a file, which of its functions others looked at. */
export type TouchedFunctions = ReadonlyMap<string, readonly number[]>;

/**
 * The text; null where something is kept that can't be written down. `held` are the facts that are there, where it is not all of them, and
 * `touched` says it of the other files: nothing that is kept can be of their making. `written` are the texts of
 * shares that may be the same.
 */
export function linkMemoryText(
  { input, survey, shares, givers, entangled, touched }: LinkMemory,
  held: ReadonlyMap<string, FileFacts> = input.files,
  others: TouchedFunctions = new Map(),
  written: WrittenShares = new Map(),
): string | null {
  const { frame, ...rest } = survey;
  const paths = [...input.files.keys()];
  const plain = createPlain(input.sdks, paths, held);
  try {
    const kept: Kept = {
      used: plain(frame.used),
      toggleNames: [...frame.toggles.names],
      injected: frame.toggles.injected.map(({ sdk, component, ...more }) => {
        const [named] = plain([component]) as readonly { readonly [SPECIAL]?: unknown }[];
        if (named?.[SPECIAL] === undefined) throw new Unnamed();
        return { ...more, sdk: input.sdks.indexOf(sdk), component: named };
      }),
      survey: plain(rest),
      givers: [...givers],
      entangled: [...entangled],
      touched: paths.flatMap((path, file): Kept['touched'] => {
        const facts = held.get(path);
        const own = facts?.functions.flatMap((fn, index) => (touched.has(fn) ? [index] : [])) ?? others.get(path) ?? [];
        return own.length === 0 ? [] : [[file, own]];
      }),
    };
    const lines = [...shares].map(([path, share]) => {
      const known = written.get(path);
      return known?.share === share ? known.line : JSON.stringify(plainShare(path, share, plain));
    });
    return [JSON.stringify(kept), ...lines].join('\n');
  } catch (error) {
    if (error instanceof Unnamed) return null;
    throw error;
  }
}

/**
 * What was kept, for files whose facts are those that they were. `tellTouched` is called before any facts are asked for: whoever reads the
 * facts of a file adds those of its functions to `touched`.
 */
export function linkMemoryOf(
  text: string,
  input: LinkInput,
  touched: Set<FunctionFact>,
  tellTouched: (functions: TouchedFunctions) => void,
  tellWritten: (shares: WrittenShares) => void = () => {},
): LinkMemory {
  const paths = [...input.files.keys()];
  // JSON has no line breaks of its own.
  const [first, ...lines] = text.split('\n');
  const kept = JSON.parse(first!) as Kept;
  tellTouched(new Map(kept.touched.map(([file, functions]) => [paths[file]!, functions])));
  const live = createLive(input, paths);
  const used = live(kept.used) as ReadonlySet<SdkSurface>;
  const survey = live(kept.survey) as Omit<Survey, 'frame'>;
  const frame = plainFrame(input, used, new Set(kept.toggleNames));
  const injected = kept.injected.map(
    (each): Injected => ({
      ...each,
      sdk: input.sdks[each.sdk]!,
      component: live(each.component) as Injected['component'],
    }),
  );
  const written = new Map(
    lines.map((line): [string, WrittenShare] => {
      const share = JSON.parse(line) as PlainShare;
      return [share[0], { line, share: liveShare(share, live) }];
    }),
  );
  tellWritten(written);
  return {
    input,
    survey: { ...survey, frame: { ...frame, toggles: { ...frame.toggles, injected } } },
    shares: new Map([...written].map(([path, { share }]) => [path, share])),
    givers: new Set(kept.givers),
    entangled: new Set(kept.entangled),
    touched,
  };
}

/** Shares with the lines that they were read from, by path. */
export type WrittenShares = ReadonlyMap<string, WrittenShare>;

interface WrittenShare {
  readonly share: FileShare;
  readonly line: string;
}

interface Kept {
  readonly used: unknown;
  readonly toggleNames: readonly string[];
  /** The SDK by its number. */
  readonly injected: readonly (Omit<Injected, 'sdk' | 'component'> & {
    readonly sdk: number;
    readonly component: unknown;
  })[];
  readonly survey: unknown;
  readonly givers: readonly string[];
  readonly entangled: readonly string[];
  /** Numbers of files, and of functions in them. */
  readonly touched: readonly (readonly [number, readonly number[]])[];
}

/** A share in the order of its fields: there are many, and checks are plain data by themselves. */
type PlainShare = readonly [
  path: string,
  checks: FileShare['checks'],
  holders: readonly string[],
  asked: readonly unknown[],
  told: string,
  names: readonly string[],
  missing: readonly string[],
  sought: readonly string[],
  undeclared: readonly string[],
  reads: readonly (readonly [string, readonly string[]])[],
];

function plainShare(path: string, share: FileShare, plain: (value: unknown) => unknown): PlainShare {
  const { checks, holders, asked, told, names, wishes, reads } = share;
  return [
    path,
    checks,
    [...holders],
    [...asked].map(plain),
    told,
    [...names],
    [...wishes.missing],
    [...wishes.sought],
    [...wishes.undeclared],
    [...reads].map(([other, looked]) => [other, [...looked]]),
  ];
}

function liveShare(plain: PlainShare, live: (value: unknown) => unknown): FileShare {
  const [, checks, holders, asked, told, names, missing, sought, undeclared, reads] = plain;
  return {
    checks,
    holders: new Set(holders),
    asked: new Set(asked.map(live) as FunctionFact[]),
    told,
    names: new Set(names),
    wishes: { missing: new Set(missing), sought: new Set(sought), undeclared: new Set(undeclared) },
    reads: new Map(reads.map(([other, looked]) => [other, new Set(looked)])),
  };
}

/** What JSON has no word for is an object with this key: what it is, and what it is made of. */
const SPECIAL = '$';

/** A map or a set whose members are told apart by being the same, of which one has no name. */
class Unnamed extends Error {}

/** Makes plain data of what linking keeps. */
function createPlain(
  sdks: readonly FlagSdk[],
  paths: readonly string[],
  held: ReadonlyMap<string, FileFacts>,
): (value: unknown) => unknown {
  const names = new Map<object, unknown>();
  paths.forEach((path, file) => {
    const { functions = [], types = [] } = held.get(path) ?? {};
    for (const [index, fn] of functions.entries()) names.set(fn, { [SPECIAL]: 'function', file, index });
    for (const [index, type] of types.entries()) names.set(type, { [SPECIAL]: 'type', file, index });
  });
  for (const [index, surface] of surfacesOf(sdks).entries()) names.set(surface, { [SPECIAL]: 'surface', index });
  const member = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null && !names.has(value)) throw new Unnamed();
    return plain(value);
  };
  const plain = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const name = names.get(value);
    if (name !== undefined) return name;
    if (Array.isArray(value)) return value.map(plain);
    if (value instanceof Set) return { [SPECIAL]: 'set', items: [...value].map(member) };
    if (value instanceof Map)
      return { [SPECIAL]: 'map', items: [...value].map(([key, item]) => [member(key), plain(item)]) };
    const entries = Object.entries(value).map(([key, item]) => [key, plain(item)] as const);
    return SPECIAL in value ? { [SPECIAL]: 'object', items: entries } : Object.fromEntries(entries);
  };
  return plain;
}

/** Makes of plain data what it was. */
function createLive({ files, sdks }: LinkInput, paths: readonly string[]): (value: unknown) => unknown {
  const surfaces = surfacesOf(sdks);
  const factsOf = (file: unknown): FileFacts => files.get(paths[file as number]!)!;
  const special = (value: Record<string, unknown>): unknown => {
    const { index, items } = value as { readonly index: number; readonly items: readonly unknown[] };
    switch (value[SPECIAL]) {
      case 'function':
        return factsOf(value.file).functions[index] satisfies FunctionFact | undefined;
      case 'type':
        return factsOf(value.file).types[index] satisfies TypeFact | undefined;
      case 'surface':
        return surfaces[index];
      case 'set':
        return new Set(items.map(live));
      case 'map':
        return new Map((items as [unknown, unknown][]).map(([key, item]) => [live(key), live(item)]));
      default:
        return Object.fromEntries((items as [string, unknown][]).map(([key, item]) => [key, live(item)]));
    }
  };
  const live = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(live);
    const all = value as Record<string, unknown>;
    if (SPECIAL in all) return special(all);
    for (const key in all) {
      const item = all[key];
      if (typeof item === 'object' && item !== null) all[key] = live(item);
    }
    return all;
  };
  return live;
}

function surfacesOf(sdks: readonly FlagSdk[]): readonly SdkSurface[] {
  return sdks.flatMap(({ surfaces }) => surfaces);
}
