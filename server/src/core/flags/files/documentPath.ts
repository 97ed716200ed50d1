/**
 * Paths in a document, and the patterns of `flagLanguage.ts` that they are matched against. Only matching; where a path comes
 * from (a tree, a cursor in a broken text) does not matter here.
 */

/** From the document's root: keys of maps and positions in lists. */
export type DocumentPath = readonly (string | number)[];

/** A pattern that has been split, and how much of it is matched so far. */
export interface LivePattern<T> {
  readonly rule: T;
  readonly parts: readonly string[];
  readonly at: number;
}

/** A pattern before its first step. A leading `@` is left out: such patterns start at a flag. */
export function startPattern<T extends { readonly at: string }>(rule: T): LivePattern<T> {
  const parts = rule.at.split('/').filter(part => part !== '' && part !== '@');
  return { rule, parts, at: 0 };
}

/** Whether a pattern starts at a flag and not at the document's root. */
export function startsAtFlag(rule: { readonly at: string }): boolean {
  return rule.at === '@' || rule.at.startsWith('@/');
}

/** The patterns that still hold after one step down. */
export function step<T>(patterns: readonly LivePattern<T>[], key: string | number): readonly LivePattern<T>[] {
  const next: LivePattern<T>[] = [];
  for (const pattern of patterns) {
    const part = pattern.parts[pattern.at];
    if (part === undefined) continue;
    if (part === '**') {
      next.push(pattern);
      const behind = pattern.parts[pattern.at + 1];
      if (behind !== undefined && fits(behind, key)) next.push({ ...pattern, at: pattern.at + 2 });
    } else if (fits(part, key)) next.push({ ...pattern, at: pattern.at + 1 });
  }
  return next;
}

/** Whether the pattern ends here; `**` may stand for nothing. */
export function isComplete<T>({ parts, at }: LivePattern<T>): boolean {
  return at >= parts.length || (at === parts.length - 1 && parts[at] === '**');
}

/** The rules whose pattern is this very path. */
export function matching<T extends { readonly at: string }>(rules: readonly T[], path: DocumentPath): readonly T[] {
  let live: readonly LivePattern<T>[] = rules.map(startPattern);
  for (const key of path) live = step(live, key);
  return [...new Set(live.filter(isComplete).map(pattern => pattern.rule))];
}

function fits(part: string, key: string | number): boolean {
  switch (part) {
    case '*':
      return true;
    case '[]':
      return typeof key === 'number';
    case '{}':
      return typeof key === 'string';
    default:
      return part === key;
  }
}
