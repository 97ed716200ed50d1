/**
 * Completion inside a flag file: fields, variations, keys of flags, segments, operators and other words of its format. The
 * cursor is read from the text as it is typed, so that it works where the file is broken; what can be named comes from what
 * could be read of it.
 */
import { cursorAt } from '../flags/files/cursor.ts';
import { matching } from '../flags/files/documentPath.ts';
import type { FlagPlace, NamesAt } from '../flags/files/flagLanguage.ts';
import { flagAround } from '../flags/files/flagPlaces.ts';
import type { Cursor } from '../flags/files/flowCursor.ts';
import { holdsFlags, type PathReading, pathsFromFlag } from '../flags/files/languageCursor.ts';
import { shortState, valueText } from '../flags/rollout/describe.ts';
import { environmentOrder, flagFilesOf, flagsOf, statesOf } from '../flags/verdicts/flagIndex.ts';
import { verdictOf } from '../flags/verdicts/staleness.ts';
import type { FlagFile } from '../model.ts';
import type { FileView, Snapshot } from '../snapshot.ts';
import type { Completion } from './completion.ts';

/** What fits at an offset of a flag file. */
export function flagFileCompletions(snapshot: Snapshot, view: FileView, offset: number): readonly Completion[] {
  const file = view.flagFile;
  if (file?.language === undefined) return [];
  const cursor = cursorAt(view.path, view.text, offset);
  if (cursor === null) return [];
  const readings = pathsFromFlag(file.language, cursor.path);
  const asked: Asked = { snapshot, view, file, cursor, offset };
  const found = cursor.part === 'key' ? keyOffers(asked, readings) : valueOffers(asked, readings);
  const unique = new Map(found.map(offer => [offer.word, offer]));
  return [...unique.values()].map(offer => toCompletion(offer, asked));
}

interface Asked {
  readonly snapshot: Snapshot;
  readonly view: FileView;
  readonly file: FlagFile;
  readonly cursor: Cursor;
  readonly offset: number;
}

interface Offer {
  readonly word: string;
  readonly label?: string;
  readonly kind: Completion['kind'];
  readonly detail: string;
  readonly documentation: string | null;
  readonly stale?: boolean;
  /** Numbers, `true` and `false` stand without quotes. */
  readonly bare?: boolean;
}

function keyOffers(asked: Asked, readings: readonly PathReading[]): readonly Offer[] {
  const { file, cursor, snapshot } = asked;
  const offers: Offer[] = [];
  for (const reading of readings) {
    const { path, rules } = reading;
    for (const rule of matching(rules.names, [...path, 'any key'])) {
      const taken = (offer: Offer) => cursor.siblings.includes(offer.word);
      if (rule.part === 'key') offers.push(...nameOffers(asked, rule, reading).filter(offer => !taken(offer)));
    }
    for (const { fields, kind } of matching(rules.fields, path)) {
      for (const [word, documentation] of Object.entries(fields)) {
        if (kind === undefined && cursor.siblings.includes(word)) continue;
        offers.push({ word, kind: kind ?? 'field', detail: '', documentation });
      }
    }
  }
  if (file.language !== undefined && holdsFlags(file.language, cursor.path)) {
    // What code asks for and no file has is what somebody may be about to define.
    for (const [key, checks] of snapshot.checks) {
      if (flagsOf(snapshot, key).length > 0 || !checks.some(check => check.role === 'check')) continue;
      offers.push({ word: key, kind: 'flag', detail: 'checked in code', documentation: null });
    }
  }
  return offers;
}

function valueOffers(asked: Asked, readings: readonly PathReading[]): readonly Offer[] {
  const offers: Offer[] = [];
  for (const reading of readings) {
    for (const { values, bare } of matching(reading.rules.values, reading.path)) {
      for (const [word, detail] of Object.entries(values)) {
        offers.push({ word, kind: 'word', detail, documentation: null, ...(bare ? { bare } : {}) });
      }
    }
    for (const rule of matching(reading.rules.names, reading.path)) offers.push(...nameOffers(asked, rule, reading));
  }
  if (offers.length > 0) return offers;
  const outcomes = asked.file.language?.outcomes ?? [];
  const isOutcome = readings.some(({ path, flag }) => flag !== null && matching(outcomes, path).length > 0);
  return isOutcome ? variationOffers(asked, flagOf(asked, readings)) : [];
}

function nameOffers(asked: Asked, rule: NamesAt, reading: PathReading): readonly Offer[] {
  switch (rule.role) {
    case 'variation-reference':
      return variationOffers(asked, rule.of === undefined ? flagOf(asked, [reading]) : flagBeside(asked));
    case 'prerequisite':
    case 'flag-mention':
      return flagOffers(asked, rule.role === 'prerequisite' ? flagOf(asked, [reading]) : null);
    case 'segment-reference':
      return segmentOffers(asked);
    default:
      return [];
  }
}

function flagOf({ file, offset }: Asked, readings: readonly PathReading[]): string | null {
  return readings.find(({ flag }) => flag !== null)?.flag ?? flagAround(file, offset);
}

/** The flag that the entry under the cursor names as its prerequisite: the nearest one. */
function flagBeside({ file, offset }: Asked): string | null {
  let best: FlagPlace | null = null;
  const distance = ({ span }: FlagPlace) => Math.abs(span.start - offset);
  for (const place of file.places ?? []) {
    if (place.role === 'prerequisite' && (best === null || distance(place) < distance(best))) best = place;
  }
  return best?.id ?? null;
}

function variationOffers({ file }: Asked, key: string | null): readonly Offer[] {
  const offers: Offer[] = [];
  for (const place of file.places ?? []) {
    if (place.role !== 'variation' || place.flag !== key) continue;
    const counted = place.id !== place.name;
    const value = place.value === undefined || place.value === place.name ? '' : valueText(place.value);
    const offer: Offer = { word: place.id, kind: 'variation', detail: value, documentation: null };
    offers.push(counted ? { ...offer, label: `${place.id} ${place.name}`, bare: true } : offer);
  }
  return offers;
}

function flagOffers({ snapshot, file }: Asked, without: string | null): readonly Offer[] {
  const own = file.flags.map(({ key }) => key);
  const others = flagFilesOf(snapshot)
    .filter(each => each !== file && each.system === file.system && each.environment === file.environment)
    .flatMap(each => each.flags.map(({ key }) => key));
  const order = environmentOrder(snapshot);
  return [...new Set([...own, ...others])]
    .filter(key => key !== without)
    .map(word => ({
      word,
      kind: 'flag',
      detail: shortState(statesOf(snapshot, word), order),
      documentation: null,
      stale: verdictOf(snapshot, word).stale,
    }));
}

function segmentOffers({ file }: Asked): readonly Offer[] {
  return (file.places ?? []).flatMap((place): readonly Offer[] => {
    if (place.role !== 'segment') return [];
    const isNumber = /^\d+$/.test(place.id);
    const offer: Offer = { word: place.id, kind: 'segment', detail: '', documentation: null };
    return [isNumber ? { ...offer, label: `${place.id} ${place.name}`, bare: true } : offer];
  });
}

function toCompletion(offer: Offer, { view, cursor }: Asked): Completion {
  const isYaml = /\.ya?ml$/i.test(view.path);
  const label = offer.label ?? offer.word;
  const { text, closing } = insertion(offer, cursor, isYaml);
  return {
    key: offer.word,
    label,
    text,
    span: { start: cursor.span.start, end: cursor.span.end + closing },
    detail: offer.detail,
    stale: offer.stale ?? false,
    kind: offer.kind,
    documentation: offer.documentation,
  };
}

/** The text that takes the word's place, and how many characters behind the word it takes with it (a closing quote). */
function insertion(
  { word, bare }: Offer,
  { part, quote, colon }: Cursor,
  isYaml: boolean,
): { readonly text: string; readonly closing: 0 | 1 } {
  const json = JSON.stringify(word);
  const inner = json.slice(1, -1);
  if (quote === 'none') {
    const text = isYaml ? (bare || !NEEDS_QUOTES.test(word) ? word : json) : bare ? word : json;
    return { text: part === 'key' && !colon ? `${text}: ` : text, closing: 0 };
  }
  const closing = quote === 'open' ? '"' : '';
  if (part === 'value' || colon) return { text: `${inner}${closing}`, closing: 0 };
  return { text: `${inner}": `, closing: quote === 'closed' ? 1 : 0 };
}

/** What YAML would read as something else than this text. */
const NEEDS_QUOTES =
  /^(?:|y|n|yes|no|on|off|true|false|null|~|[-+.\d].*|[\s"'#{}[\],&*!|>%@`?:$].*|.*(?:: | #|:$).*|.*\s)$/i;
