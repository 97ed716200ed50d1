/**
 * How deep a text nests, told without parsing it. It stands apart from the parsers because the configuration asks it too, and
 * the build reads the configuration's schema without them.
 */

const deepestText = 500;

/**
 * Whether a text of YAML or JSON nests so deeply that its recursive parser could exhaust the stack. The parser must never
 * get there: V8 does not always survive a regular expression compiled at the very end of the stack. Brackets in quoted text
 * count too, so the limit is far above what people write.
 */
export function nestsTooDeeply(text: string): boolean {
  let brackets = 0;
  let lead = 0;
  let inLead = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) {
      lead = 0;
      inLead = true;
      continue;
    }
    // Indentation and the compact `- - -` and `? ? ?` each open at most one level a character.
    if (inLead) {
      inLead = code === 32 || code === 45 || code === 63 || code === 58;
      if (inLead && ++lead > deepestText) return true;
    }
    if (code === 91 || code === 123) {
      if (++brackets > deepestText) return true;
    } else if ((code === 93 || code === 125) && brackets > 0) brackets--;
  }
  return false;
}
