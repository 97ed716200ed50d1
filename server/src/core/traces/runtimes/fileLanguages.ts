/** Which language a frame is of, by its file: for traces that name their files and not their runtime. */
import type { StackFrame } from '../model.ts';

const LANGUAGES: readonly (readonly [RegExp, string])[] = [
  [/\.pyx?$/, 'python'],
  [/\.(?:[cm]?[jt]sx?|vue|svelte)(?:[?#].*)?$/, 'javascript'],
  [/\.java$/, 'java'],
  [/\.kts?$/, 'kotlin'],
  [/\.scala$/, 'scala'],
  [/\.go$/, 'go'],
  [/\.rb$/, 'ruby'],
  [/\.php$/, 'php'],
  [/\.(?:cs|vb|fs)$/, 'csharp'],
  [/\.rs$/, 'rust'],
  [/\.(?:swift|mm?)$/, 'swift'],
  [/\.dart$/, 'dart'],
  [/\.exs?$/, 'elixir'],
];

/** The language of the first frame whose file tells; `generic` when none does. */
export function languageOfFile(frames: readonly StackFrame[]): string {
  for (const { file } of frames) {
    const found = file === null ? undefined : LANGUAGES.find(([extension]) => extension.test(file));
    if (found) return found[1];
  }
  return 'generic';
}
