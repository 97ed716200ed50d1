/**
 * Comments that say something of the flag beside them: `flagbook-lifetime: 90d`, `flagbook-type: kill-switch`. They stand on the
 * line of a check or of a flag's entry, or in the comment above it, in every language and file that has comments. What they
 * mean is decided in `lifetimes.ts`; comments that silence findings are the business of `features/silence.ts`.
 */
import { type LineIndex, lineSpan } from '../../text.ts';

export interface Directive {
  readonly name: 'lifetime' | 'type';
  /** As written, in lower case: a duration, `none`, a flag type, or a mistake. */
  readonly value: string;
  /** 0-based line of the comment, and of the code it is about. */
  readonly line: number;
  readonly about: number;
}

/** All directives of a text. Almost no text has one. */
export function readDirectives(text: string, lines: LineIndex): readonly Directive[] {
  if (!text.includes('flagbook-')) return NONE;
  const found: Directive[] = [];
  const open: Omit<Directive, 'about'>[] = [];
  for (let line = 0; line < lines.starts.length && found.length < MOST; line++) {
    const span = lineSpan(lines, line);
    const content = text.slice(span.start, Math.min(span.end, span.start + 1000));
    const match = MARKER.exec(content);
    if (match !== null && COMMENT.test(content.slice(0, match.index))) {
      open.push({ name: match[1] === 'type' ? 'type' : 'lifetime', value: match[2]!.toLowerCase(), line });
    }
    if (open.length === 0 || COMMENT_ALONE.test(content.trimStart())) continue;
    found.push(...open.map(directive => ({ ...directive, about: line })));
    open.length = 0;
  }
  return found;
}

const NONE: readonly Directive[] = [];
const MOST = 1000;

/** A comment begins before it on its line, or has begun on one above. */
const COMMENT = /\/\/|#|\/\*|<!--|--|^\s*\*/;
const MARKER = /\bflagbook-(lifetime|type)[ \t]{0,20}[:=][ \t]{0,20}([\w-]{1,40})/;
const COMMENT_ALONE = /^(?:\/\/|#|\/?\*|<!--|--|\{\s{0,20}\/\*|<%#)/;
