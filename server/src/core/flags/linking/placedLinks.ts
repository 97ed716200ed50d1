/**
 * What was linked, at its places in the texts. Facts of edited documents stand at anchors (`languages/layout.ts`), and so does what
 * linking finds there; here it is moved to where it stands now. What stays where it was stays the same object, so that whoever
 * has made something of it can tell. Nothing is found or dropped here.
 */
import { type Layout, placeOf } from '../../languages/layout.ts';
import type { Check, Flag } from '../../model.ts';
import type { Span } from '../../text.ts';
import type { LinkResult } from './linkMemory.ts';

/** Moves results to their places, one after the other. `layouts` are those of the edited documents, by path. */
export type PlaceLinks = (found: LinkResult, layouts: ReadonlyMap<string, Layout>) => LinkResult;

export function createPlacedLinks(): PlaceLinks {
  let placed = new WeakMap<Check, Check>();
  let before: ReadonlyMap<string, readonly Check[]> = new Map();
  return (found, layouts) => {
    if (layouts.size === 0) {
      if (before.size > 0) [placed, before] = [new WeakMap(), new Map()];
      return found;
    }
    const checks = new Map<string, readonly Check[]>();
    for (const [path, list] of found.checks) {
      const layout = layouts.get(path);
      const isElsewhere = layout !== undefined || list.some(({ keyPlace }) => keyPlace && layouts.has(keyPlace.path));
      const moved = isElsewhere ? list.map(check => placedCheck(check, layout, layouts, placed)) : list;
      const known = before.get(path);
      const isKnown = known?.length === moved.length && moved.every((check, at) => check === known[at]);
      checks.set(path, isKnown ? known : moved);
    }
    before = checks;
    const listed = [...found.listed].map(([path, flags]) => [path, placedFlags(flags, layouts.get(path))] as const);
    return { ...found, checks, listed: new Map(listed) };
  };
}

function placedCheck(
  check: Check,
  layout: Layout | undefined,
  layouts: ReadonlyMap<string, Layout>,
  placed: WeakMap<Check, Check>,
): Check {
  const { keyPlace, keySpan, fallbackSpan } = check;
  const ofKey = keyPlace === null ? undefined : layouts.get(keyPlace.path);
  if (layout === undefined && ofKey === undefined) return check;
  const moved: Check = {
    ...check,
    span: placedSpan(check.span, layout),
    nameSpan: placedSpan(check.nameSpan, layout),
    keySpan: keySpan && placedSpan(keySpan, layout),
    fallbackSpan: fallbackSpan && placedSpan(fallbackSpan, layout),
    keyPlace: keyPlace && { ...keyPlace, span: placedSpan(keyPlace.span, ofKey) },
  };
  const known = placed.get(check);
  const isSame =
    known !== undefined &&
    sameSpan(known.span, moved.span) &&
    sameSpan(known.nameSpan, moved.nameSpan) &&
    sameSpan(known.keySpan, moved.keySpan) &&
    sameSpan(known.fallbackSpan, moved.fallbackSpan) &&
    sameSpan(known.keyPlace?.span, moved.keyPlace?.span);
  if (isSame) return known;
  placed.set(check, moved);
  return moved;
}

function placedFlags(flags: readonly Flag[], layout: Layout | undefined): readonly Flag[] {
  if (layout === undefined) return flags;
  return flags.map(flag => {
    const { declaration } = flag;
    if (declaration === null) return flag;
    const { path, span, keySpan } = declaration;
    return {
      ...flag,
      declaration: { path, span: placedSpan(span, layout), keySpan: placedSpan(keySpan, layout) },
    };
  });
}

function placedSpan(span: Span, layout: Layout | undefined): Span {
  if (layout === undefined) return span;
  return { start: placeOf(layout, span.start), end: placeOf(layout, span.end) };
}

function sameSpan(one: Span | null | undefined, other: Span | null | undefined): boolean {
  return one?.start === other?.start && one?.end === other?.end;
}
