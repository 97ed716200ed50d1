/**
 * Verbs at the beginning of a name that changes a flag instead of asking for it. Tests set flags so, and what is called so is no
 * question even if it asks what was before. How much of the name must speak of flags besides is up to who looks.
 */

/** `enableFeature(k)`. */
const SWITCHES: ReadonlySet<string> = new Set(['activate', 'deactivate', 'disable', 'enable', 'turn']);
/** `setFlag(k, true)`. */
const SETS: ReadonlySet<string> = new Set(['mock', 'override', 'set', 'store', 'stub']);
/** `updateFeature(k, …)`. */
const KEEPS: ReadonlySet<string> = new Set(['decrement', 'increment', 'save', 'update']);

/** Whether a verb says itself how the flag is from then on. */
export function switchesFlag(verb: string): boolean {
  return SWITCHES.has(verb);
}

/** Whether a verb is given how the flag is from then on. */
export function setsFlag(verb: string): boolean {
  return SETS.has(verb);
}

/** Whether a verb is given something to be kept for a flag: a state, a text, a count. */
export function writesFlag(verb: string): boolean {
  return setsFlag(verb) || KEEPS.has(verb);
}

/** Whether a verb changes a flag in any of these ways. */
export function changesFlag(verb: string): boolean {
  return switchesFlag(verb) || writesFlag(verb);
}
