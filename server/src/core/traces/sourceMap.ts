/**
 * One source map: how a generated file names it, decoding it, and asking it for a position. Versions, broken maps and sizes are
 * checked here; where maps and sources lie in the repository is in `mappedSources.ts`, and reading them is a source's business.
 */
import {
  FlattenMap,
  originalPositionFor,
  sourceContentFor,
  type TraceMap,
  traceSegment,
} from '@jridgewell/trace-mapping';

export type DecodedMap =
  | { readonly kind: 'ok'; readonly map: TraceMap }
  /** A few words for people, such as `it is no JSON`. */
  | { readonly kind: 'broken'; readonly reason: string };

/** Where a generated position comes from. Lines and columns are 1-based. */
export interface OriginalPosition {
  /** As the map names it, its root before it. */
  readonly source: string;
  readonly line: number;
  /** Null when only the line was asked for. */
  readonly column: number | null;
  /** What the map calls the place: an identifier that stands there, not the function around it. */
  readonly name: string | null;
  /** The whole source, where the map carries it. */
  readonly content: string | null;
}

/** How a generated file names its map. */
export type MapReference =
  | { readonly kind: 'inline'; readonly text: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'broken'; readonly reason: string };

/** Characters at the end of a file in which a reference to a map beside it stands. */
const REFERENCE_TAIL = 4096;

/** The last `sourceMappingURL` of a generated file; null when it has none. */
export function mapReference(text: string): MapReference | null {
  const at = Math.max(text.lastIndexOf('//# sourceMappingURL='), text.lastIndexOf('//@ sourceMappingURL='));
  if (at < 0) return null;
  const start = text.indexOf('=', at) + 1;
  const end = /\s/.exec(text.slice(start, start + REFERENCE_TAIL));
  const isInline = text.startsWith('data:', start);
  if (!isInline) {
    const url = text.slice(start, end === null ? start + REFERENCE_TAIL : start + end.index);
    // A string in the code that speaks of maps is no reference: those stand at the end.
    return url === '' || text.length - at > 2 * REFERENCE_TAIL ? null : { kind: 'url', url };
  }
  const comma = text.indexOf(',', start);
  const header = comma < 0 || comma - start > 200 ? null : text.slice(start, comma);
  if (header === null || !/^data:application\/json\b/.test(header))
    return { kind: 'broken', reason: 'its inline map is no JSON' };
  const data = text.slice(comma + 1).replace(/\s[\s\S]*$/, '');
  return decodeInline(data, /;base64$/.test(header) ? 'base64' : 'percent');
}

/** Decodes a map of version 3, plain or indexed. */
export function decodeSourceMap(text: string): DecodedMap {
  let data: unknown;
  try {
    // A guard against inclusion by script tags may stand before it.
    data = JSON.parse(text.replace(/^\)\]\}'[^\n]*\n/, ''));
  } catch {
    return { kind: 'broken', reason: 'it is no JSON' };
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return { kind: 'broken', reason: 'it is no map' };
  const { version, mappings, sections, sources } = data as Readonly<Record<string, unknown>>;
  if (Number(version) !== 3) {
    return {
      kind: 'broken',
      reason: `it has version ${version === undefined ? 'none' : String(version)}, and only 3 is known`,
    };
  }
  const isPlain = typeof mappings === 'string' && Array.isArray(sources);
  if (!isPlain && !Array.isArray(sections)) return { kind: 'broken', reason: 'it has no mappings' };
  try {
    return { kind: 'ok', map: new FlattenMap(data as ConstructorParameters<typeof FlattenMap>[0]) };
  } catch (error) {
    return {
      kind: 'broken',
      reason: `its mappings can't be read (${error instanceof Error ? error.message : 'damaged'})`,
    };
  }
}

/** Asks for a position (1-based; without a column, for the line); null when nothing was generated from there. */
export function originalPosition(map: TraceMap, line: number, column: number | null): OriginalPosition | null {
  const found = column === null ? firstOfLine(map, line) : positionAt(map, line, column - 1);
  if (found === null) return null;
  return { ...found, column: column === null ? null : found.column, content: contentOf(map, found.source) };
}

function positionAt(map: TraceMap, line: number, column: number): Omit<OriginalPosition, 'content'> | null {
  try {
    const found = originalPositionFor(map, { line, column });
    if (found.source === null) return null;
    return { source: found.source, line: found.line, column: found.column + 1, name: found.name };
  } catch {
    // Mappings are decoded when they are first asked for.
    return null;
  }
}

/** Without a column the first mapping of the line counts, wherever on the line it stands. */
function firstOfLine(map: TraceMap, line: number): Omit<OriginalPosition, 'content'> | null {
  for (const column of [0, 1, 2, 4, 8, 16, 32, 64, 128, 1_000_000]) {
    try {
      if ((traceSegment(map, line - 1, column)?.length ?? 0) > 1) return positionAt(map, line, column);
    } catch {
      return null;
    }
  }
  return null;
}

function contentOf(map: TraceMap, source: string): string | null {
  return sourceContentFor(map, source);
}

function decodeInline(data: string, encoding: 'base64' | 'percent'): MapReference {
  try {
    if (encoding === 'percent') return { kind: 'inline', text: decodeURIComponent(data) };
    const bytes = Uint8Array.from(atob(data), character => character.charCodeAt(0));
    return { kind: 'inline', text: new TextDecoder('utf-8').decode(bytes) };
  } catch {
    return { kind: 'broken', reason: 'its inline map is damaged' };
  }
}
