/** Whether a text may be a flag's key, where only its use says that it is one: no sentence, no number, no path with spaces. */

/** At most a hundred letters, digits and what joins them, with a letter in front. */
export function looksLikeKey(text: string): boolean {
  return KEY_SHAPE.test(text);
}

const KEY_SHAPE = /^[A-Za-z][\w.:/-]{1,99}$/;
