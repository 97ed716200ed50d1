// What a table of keys holds; one file a language.

/** How the key is written, the files that write it (by path), what the asking file imports, the key's expression, and the key. */
export type Row = readonly [
  what: string,
  files: Readonly<Record<string, string>>,
  imports: string,
  expression: string,
  key: string,
];

export interface LanguageRows {
  readonly language: string;
  /** The file that asks, and what is in it. */
  readonly path: string;
  readonly ask: (imports: string, expression: string) => string;
  readonly rows: readonly Row[];
}
