// A package that a pattern of the SDKs' data stands for.
import type { LanguageId } from '../../../../../server/src/core/languages/facts.ts';

export function concrete(pattern: string, language: LanguageId): string {
  if (!pattern.includes('*')) return pattern;
  if (language === 'php') return pattern.replace('\\*', '\\Sub');
  if (pattern.startsWith('gopkg.in/')) return pattern.replace('*', 'v5');
  return pattern.replace(/[/.]\*$/, '').replace('*', '');
}
