/** The outline of a flag file: flags, and under each its variations, environments and rules; shared segments at the end. */

import type { FlagPlace, RulePlace } from '../flags/files/flagLanguage.ts';
import { shortState, valueText } from '../flags/rollout/describe.ts';
import { environmentOrder } from '../flags/verdicts/flagIndex.ts';
import type { FlagFile } from '../model.ts';
import type { Snapshot } from '../snapshot.ts';
import { encloses, type Span } from '../text.ts';

export interface DocumentSymbol {
  readonly name: string;
  /** Short, such as `25%`. */
  readonly detail: string;
  readonly kind: 'flag' | 'variation' | 'environment' | 'rule' | 'segment';
  /** All of it. */
  readonly span: Span;
  /** Its name; always inside of `span`. */
  readonly nameSpan: Span;
  readonly archived: boolean;
  readonly children: readonly DocumentSymbol[];
}

/** The symbols of a flag file, in order of position; empty for other files. */
export function documentSymbols(snapshot: Snapshot, path: string): readonly DocumentSymbol[] {
  const view = snapshot.files.get(path);
  const file = view?.flagFile ?? null;
  // Code that lists flags in its comments has an outline of its own.
  if (file === null || view?.facts) return [];
  const order = environmentOrder(snapshot);
  const flags = new Map(file.flags.map(flag => [flag.key, flag]));
  const parts = partsOfFlags(file);
  return (file.places ?? []).flatMap((place): readonly DocumentSymbol[] => {
    if (place.role === 'segment') return [symbolOf(place, 'segment', place.name === place.id ? '' : place.id, [])];
    if (place.role !== 'flag') return [];
    const flag = flags.get(place.id);
    const detail = flag === undefined ? '' : shortState(flag.environments, order);
    const children = (parts.get(place.id) ?? []).filter(part => encloses(place.whole, part.span));
    return [{ ...symbolOf(place, 'flag', detail, children), archived: flag?.archived ?? false }];
  });
}

/** Variations, environments and rules by the key of their flag. */
function partsOfFlags(file: FlagFile): ReadonlyMap<string, readonly DocumentSymbol[]> {
  const parts = new Map<string, DocumentSymbol[]>();
  const add = (key: string | null, symbol: DocumentSymbol) => {
    const list = parts.get(key ?? '');
    if (list === undefined) parts.set(key ?? '', [symbol]);
    else list.push(symbol);
  };
  for (const place of file.places ?? []) {
    if (place.role === 'variation') {
      const value = place.value === undefined || place.value === place.name ? '' : valueText(place.value);
      add(place.flag, symbolOf(place, 'variation', value, []));
    } else if (place.role === 'environment') add(place.flag, symbolOf(place, 'environment', '', []));
  }
  for (const rule of file.rules ?? []) add(rule.flag, ruleSymbol(rule));
  return new Map([...parts].map(([key, symbols]) => [key, nested(symbols)]));
}

/** Rules inside an environment are its children. */
function nested(symbols: readonly DocumentSymbol[]): readonly DocumentSymbol[] {
  const ordered = symbols.toSorted((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const environments = ordered.filter(({ kind }) => kind === 'environment');
  if (environments.length === 0) return ordered;
  const isInside = (outer: DocumentSymbol, inner: DocumentSymbol) =>
    inner !== outer && encloses(outer.span, inner.span);
  const top = ordered.filter(symbol => !environments.some(each => isInside(each, symbol)));
  return top.map(symbol =>
    symbol.kind === 'environment' ? { ...symbol, children: ordered.filter(each => isInside(symbol, each)) } : symbol,
  );
}

function ruleSymbol({ title, who, gets, span }: RulePlace): DocumentSymbol {
  const name = who === 'everyone' ? title : who;
  return { name, detail: gets, kind: 'rule', span, nameSpan: span, archived: false, children: [] };
}

function symbolOf(
  place: FlagPlace,
  kind: DocumentSymbol['kind'],
  detail: string,
  children: readonly DocumentSymbol[],
): DocumentSymbol {
  const span = { start: Math.min(place.whole.start, place.span.start), end: Math.max(place.whole.end, place.span.end) };
  return { name: place.name, detail, kind, span, nameSpan: place.span, archived: false, children };
}
