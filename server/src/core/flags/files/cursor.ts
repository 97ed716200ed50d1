/** Where a cursor stands in a flag file that is being typed, by the file's ending. */
import { type Cursor, flowCursor } from './flowCursor.ts';
import { yamlCursor } from './yamlCursor.ts';

/** The cursor at an offset; null in comments, in block texts, and in files that are neither JSON nor YAML. */
export function cursorAt(path: string, text: string, offset: number): Cursor | null {
  if (/\.ya?ml$/i.test(path)) return yamlCursor(text, offset);
  return /\.(?:json|jsonc|json5)$/i.test(path) ? flowCursor(text, 0, offset, []) : null;
}
