/**
 * What Kotlin's grammar does not know yet: a property's field of another type, `val state: StateFlow<T>` and below it `field = MutableStateFlow(…)`.
 * The rest of the class would be lost behind it. The word is blanked, so that what it is given reads as the property's own value.
 */

/** The text without the word before a property's own field, as long as before. */
export function blankFields(text: string): string {
  return text.includes('field') ? text.replace(OWN_FIELD, (_whole, before: string) => `${before}     `) : text;
}

const OWN_FIELD = /(\bva[lr]\s{1,9}\w{1,99}[ \t]{0,9}:[^\n={}]{1,200}\r?\n[ \t]{1,99})field(?=\s{0,9}=[^=])/g;
