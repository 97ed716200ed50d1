/** By what facts are remembered: the language and the text alone. */
import { createHash } from 'node:crypto';
import type { LanguageId } from '../../core/languages/facts.ts';

/** A digest of both. */
export function factsKey(language: LanguageId, text: string): string {
  // As UTF-16, in which a half of a character is not another's.
  return createHash('sha256').update(`${language}\0`).update(text, 'utf16le').digest('base64url').slice(0, 32);
}
