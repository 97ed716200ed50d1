/**
 * Finds the named things of a flag file (flags, variations, segments, environments, and what refers to them) in its tree, by
 * the format's description, and answers which of them stands at an offset. Knows no format; says nothing about what flags do.
 */
import { type YamlNode, yamlValue } from '../../markdown/yamlTree.ts';
import type { Flag, FlagFile } from '../../model.ts';
import { type Span, touches } from '../../text.ts';
import { isComplete, type LivePattern, startPattern, startsAtFlag, step } from './documentPath.ts';
import type { FlagLanguage, FlagPlace, FlagsAt, NamesAt } from './flagLanguage.ts';

/** The places of a file in order of position. Without a description, the flags and variations that the decoder placed. */
export function flagPlaces(
  trees: readonly YamlNode[],
  language: FlagLanguage | null,
  flags: readonly Flag[],
): readonly FlagPlace[] {
  const places = language === null || trees.length === 0 ? decodedPlaces(flags) : walkedPlaces(trees, language, flags);
  return places.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** The innermost place whose name is at an offset, or null. */
export function placeAt(file: FlagFile, offset: number): FlagPlace | null {
  let best: FlagPlace | null = null;
  for (const place of file.places ?? []) {
    if (place.span.start > offset) break;
    if (touches(place.span, offset)) best = place;
  }
  return best;
}

/** The key of the flag around an offset; where a broken text left none around it, that of the flag before it. */
export function flagAround(file: FlagFile, offset: number): string | null {
  let around: FlagPlace | null = null;
  let before: FlagPlace | null = null;
  for (const place of file.places ?? []) {
    if (place.role !== 'flag' || place.whole.start > offset) continue;
    before = place;
    if (place.whole.end >= offset) around = place;
  }
  return (around ?? before)?.id ?? null;
}

/** Names the thing that a place defines or refers to. */
export function thingOf(place: FlagPlace): string {
  switch (place.role) {
    case 'flag':
    case 'prerequisite':
    case 'flag-mention':
      return `flag\0${place.id}`;
    case 'variation':
    case 'variation-reference':
      return `variation\0${place.flag}\0${place.id}`;
    case 'segment':
    case 'segment-reference':
      return `segment\0${place.id}`;
    case 'environment':
      return `environment\0${place.flag}\0${place.id}`;
  }
}

/** Whether a place defines what it names, and does not only refer to it. */
export function isDefinition({ role }: FlagPlace): boolean {
  return role === 'flag' || role === 'variation' || role === 'segment';
}

function decodedPlaces(flags: readonly Flag[]): readonly FlagPlace[] {
  return flags.flatMap((flag): readonly FlagPlace[] => {
    const { key, declaration } = flag;
    if (declaration === null) return [];
    const own: FlagPlace = {
      role: 'flag',
      id: key,
      name: key,
      span: declaration.keySpan,
      whole: declaration.span,
      flag: key,
    };
    const variations = flag.variations.flatMap(({ name, span, value }): readonly FlagPlace[] =>
      span === null ? [] : [{ role: 'variation', id: name, name, span, whole: span, flag: key, value }],
    );
    return [own, ...variations];
  });
}

interface Walk {
  readonly language: FlagLanguage;
  readonly atFlag: readonly LivePattern<NamesAt>[];
  readonly flags: ReadonlyMap<string, Flag>;
  readonly found: FlagPlace[];
}

interface Here {
  readonly flags: readonly LivePattern<FlagsAt>[];
  readonly names: readonly LivePattern<NamesAt>[];
  /** The flag around. */
  readonly flag: string | null;
  readonly parent: YamlNode | null;
  /** The name of the step that led here, where it was a map's. */
  readonly key: { readonly text: string; readonly span: Span } | null;
  readonly position: number;
}

function walkedPlaces(
  trees: readonly YamlNode[],
  language: FlagLanguage,
  flags: readonly Flag[],
): readonly FlagPlace[] {
  const walk: Walk = {
    language,
    atFlag: language.names.filter(startsAtFlag).map(startPattern),
    flags: new Map(flags.map(flag => [flag.key, flag])),
    found: [],
  };
  for (const tree of trees) {
    const names = language.names.filter(rule => !startsAtFlag(rule)).map(startPattern);
    visit(
      tree,
      { flags: language.flags.map(startPattern), names, flag: null, parent: null, key: null, position: 0 },
      walk,
    );
  }
  const placed = new Set(walk.found.flatMap(({ role, span }) => (role === 'flag' ? [span.start] : [])));
  // A flag that the description does not know of is placed by its decoder.
  const others = flags.filter(({ declaration }) => declaration !== null && !placed.has(declaration.keySpan.start));
  return [...walk.found, ...decodedPlaces(others)];
}

function visit(node: YamlNode, here: Here, walk: Walk): void {
  const own = flagHere(node, here, walk);
  if (own !== null) walk.found.push(own);
  const inside: Here = own === null ? here : { ...here, flag: own.id, names: [...here.names, ...walk.atFlag] };
  for (const { rule } of inside.names.filter(isComplete)) {
    const place = nameHere(node, inside, rule, walk);
    if (place !== null) walk.found.push(place);
  }
  if (node.kind === 'scalar' || (inside.flags.length === 0 && inside.names.length === 0)) return;
  if (node.kind === 'map') {
    for (const { key, keySpan, value } of node.entries) {
      descend(value, node, inside, { text: key, span: keySpan }, 0, walk);
    }
  } else for (const [position, item] of node.items.entries()) descend(item, node, inside, null, position, walk);
}

function descend(node: YamlNode, parent: YamlNode, from: Here, key: Here['key'], position: number, walk: Walk): void {
  const name = key?.text ?? position;
  const flags = step(from.flags, name);
  const names = step(from.names, name);
  if (flags.length > 0 || names.length > 0) visit(node, { flags, names, flag: from.flag, parent, key, position }, walk);
}

/** A pattern may also take in what the decoder knows to be no flag. */
function flagHere(node: YamlNode, { flags, key }: Here, walk: Walk): FlagPlace | null {
  for (const { rule } of flags.filter(isComplete)) {
    if (rule.key === undefined) {
      if (key === null || !walk.flags.has(key.text)) continue;
      return {
        role: 'flag',
        id: key.text,
        name: key.text,
        span: key.span,
        whole: hull(key.span, node.span),
        flag: key.text,
      };
    }
    const field = rule.key.split('/').reduce<YamlNode | null>(yamlValue, node);
    if (field?.kind !== 'scalar' || !walk.flags.has(field.text.trim())) continue;
    const id = field.text.trim();
    return { role: 'flag', id, name: id, span: field.span, whole: node.span, flag: id };
  }
  return null;
}

function nameHere(node: YamlNode, here: Here, rule: NamesAt, walk: Walk): FlagPlace | null {
  const { role } = rule;
  const beside = rule.of === undefined ? null : textOf(here.parent, rule.of);
  const flag = beside ?? here.flag;
  const isVariation = role === 'variation' || role === 'variation-reference';
  if (rule.part === 'key') {
    if (here.key === null || here.key.text === '') return null;
    const { text, span } = here.key;
    const whole = isDefining(role) ? hull(span, node.span) : span;
    const name = rule.label === undefined ? text : (textOf(node, rule.label) ?? text);
    const value = role === 'variation' ? variationValue(walk, flag, text) : undefined;
    return { role, id: text, name, span, whole, flag, ...(value === undefined ? {} : { value }) };
  }
  if (role === 'variation' && rule.by === 'position') {
    const known = walk.flags.get(flag ?? '')?.variations[here.position];
    const id = String(here.position);
    const value = known === undefined ? {} : { value: known.value };
    return { role, id, name: known?.name ?? id, span: node.span, whole: node.span, flag, ...value };
  }
  if (node.kind !== 'scalar' || node.value === null || node.text.trim() === '') return null;
  const id = node.text.trim();
  const whole = isDefining(role) ? (here.parent?.span ?? node.span) : node.span;
  if (!isVariation) {
    const name = rule.label === undefined ? id : (textOf(here.parent, rule.label) ?? id);
    return { role, id, name, span: node.span, whole, flag };
  }
  const counted = rule.by === 'position' ? walk.flags.get(flag ?? '')?.variations[Number(id)] : undefined;
  const value = counted?.value ?? variationValue(walk, flag, id);
  return {
    role,
    id,
    name: counted?.name ?? (rule.label === undefined ? null : textOf(here.parent, rule.label)) ?? id,
    span: node.span,
    whole,
    flag,
    ...(value === undefined ? {} : { value }),
  };
}

function isDefining(role: NamesAt['role']): boolean {
  return role === 'variation' || role === 'segment' || role === 'environment';
}

function variationValue(walk: Walk, flag: string | null, variation: string) {
  return walk.flags.get(flag ?? '')?.variations.find(({ name }) => name === variation)?.value;
}

function textOf(node: YamlNode | null, field: string): string | null {
  const value = node?.kind === 'map' ? node.entries.findLast(entry => entry.key === field)?.value : undefined;
  return value?.kind === 'scalar' && value.text.trim() !== '' ? value.text.trim() : null;
}

function hull(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}
