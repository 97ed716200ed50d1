/**
 * A flag file format as a language: what stands where in a document, which fields and words it knows, and which keys it takes.
 * Plain data, one description a format, read by `flagPlaces.ts` and by the features. What a document's flags *do* is the
 * decoders' business; no format is named here.
 *
 * Places in a document are written as paths: `flags/*` is every entry or item of `flags`, `{}` an entry of a map only, `[]` an
 * item of a list only, `**` anything below, and `@` at the start is a flag, wherever it stands.
 */
import type { JsonValue, Place } from '../../model.ts';
import type { Span } from '../../text.ts';

export interface FlagLanguage {
  /** Where flags stand. */
  readonly flags: readonly FlagsAt[];
  /** What else has a name, or names something. */
  readonly names: readonly NamesAt[];
  /** Which fields a map takes, in the order in which they are offered. */
  readonly fields: readonly FieldsAt[];
  /** Which words a value may be. */
  readonly values: readonly ValuesAt[];
  /** Where shares stand; left out where the decoder judges them by itself. */
  readonly shares?: readonly SharesAt[];
  /** Names that the format's reader of rules places by itself: here only for completion. */
  readonly offers?: readonly NamesAt[];
  /** Where texts may name variations without any path telling which do: they are offered there. */
  readonly outcomes?: readonly { readonly at: string }[];
  /** A flag that gives nothing to anybody, so that adding it changes nothing for flags that need it. */
  readonly newFlag?: JsonValue;
  /** Which keys a flag may have; every text that is not blank when left out. */
  readonly key?: KeyShape;
}

/** A flag's key is the map's own, unless `key` names the field (or the path to it) that holds it. */
export interface FlagsAt {
  readonly at: string;
  readonly key?: string;
}

/** What a name in a flag file means. A prerequisite is a flag that another one needs; a mention only says whose an entry is. */
export type NameRole =
  | 'variation'
  | 'segment'
  | 'environment'
  | 'variation-reference'
  | 'segment-reference'
  | 'prerequisite'
  | 'flag-mention';

export interface NamesAt {
  readonly at: string;
  /** Whether the map's key there is the name, or the value. */
  readonly part: 'key' | 'value';
  readonly role: NameRole;
  /** Variations without names are counted from 0: the name is the position. */
  readonly by?: 'position';
  /** The field beside it that names the flag whose variation this is, where that is not the flag around it. */
  readonly of?: string;
  /** For a segment or a variation with an id: the field that has its name. */
  readonly label?: string;
}

export interface FieldsAt {
  readonly at: string;
  /** Name → what it says, in one sentence. */
  readonly fields: Readonly<Record<string, string>>;
  /** Fields that are operators or the like, which any place below may hold. */
  readonly kind?: 'operator';
}

export interface ValuesAt {
  readonly at: string;
  /** Word → what it says, in a few words. */
  readonly values: Readonly<Record<string, string>>;
  /** They stand without quotes: numbers, `true` and `false`. */
  readonly bare?: true;
}

/** Shares of users: the items of a list, the values of a map, or one value. */
export interface SharesAt {
  readonly at: string;
  /** Only for maps whose field has one of these words. */
  readonly when?: { readonly field: string; readonly words: readonly string[] };
  /** The field of each item (or the path to it) that holds its share; the item itself when left out. */
  readonly part?: string;
  /** What everyone is: 100, 1, 1000. */
  readonly whole: number;
  /** Whether they must add up to the whole, may stay below it, or count one by one. */
  readonly sum: 'exactly' | 'at-most' | 'each';
  /** What happens when they add up to something else, as the end of a sentence. */
  readonly otherwise?: string;
  /** Of a wrong sum; a warning when left out. */
  readonly severity?: 'warning' | 'note';
}

export interface KeyShape {
  /** The whole key, as a regular expression without flags. */
  readonly pattern: string;
  /** What a key is made of, for people: `letters, digits, "-", "_" and "."`. */
  readonly words: string;
}

/** One named thing in one flag file. In a file they stand in order of `span.start`. */
export interface FlagPlace {
  readonly role: NameRole | 'flag';
  /** What tells it apart from others of its role (and, for variations, of its flag). */
  readonly id: string;
  /** For people; mostly the id. */
  readonly name: string;
  /** The name's text alone, without quotes. */
  readonly span: Span;
  /** The whole of what it names: an entry with its value, an item; for references the same as `span`. */
  readonly whole: Span;
  /** The key of the flag it belongs to, or null. For a variation the flag whose variation it is. */
  readonly flag: string | null;
  /** For a variation: its value. */
  readonly value?: JsonValue;
}

/** One targeting rule (or strategy, or the default) in words. */
export interface RulePlace {
  readonly span: Span;
  readonly flag: string;
  /** Such as `Rule 2 of 3` or `Everyone else`. */
  readonly title: string;
  /** The environment, where the file names several. */
  readonly environment: string | null;
  /** Whom it concerns: `everyone`, `if country is SE`. */
  readonly who: string;
  /** What they get: `on`, `on 25%, off 75%, by user id`. */
  readonly gets: string;
  /** Why it never applies, and the rule before it that takes everyone away; null when it may apply. */
  readonly shadow: { readonly words: string; readonly by: Place } | null;
}
