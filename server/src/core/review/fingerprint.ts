/**
 * The name of a finding that survives what does not concern it: lines added above it, another indentation. Programs use it to
 * tell new findings from those they have seen.
 */

/** 16 hexadecimal digits for a rule, a key, a path and the text of the line; blanks count as one. */
export function fingerprintOf(rule: string, key: string, path: string, lineText: string): string {
  const text = [rule, key, path, lineText.replace(/\s+/g, ' ').trim()].join('\0');
  return hash(text, 0x811c9dc5) + hash(text, 0x2f0b4a17);
}

/** FNV-1a over UTF-16 code units, 32 bits, from a given start, as 8 digits. */
function hash(text: string, start: number): string {
  let value = start;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, '0');
}
