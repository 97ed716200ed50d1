/** Lines of the core's rich text for a terminal: links become `text (path:line)`, and no line is wider than the terminal. */
import type { RichLine, RichPart } from '../core/features/richText.ts';
import { printable } from '../core/flags/rollout/describe.ts';
import type { TextStyle } from '../core/flags/telling/text.ts';
import { lineOf } from '../core/flags/verdicts/flagIndex.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Output } from './output.ts';

/** One or more lines of text, without line breaks; those behind the first are indented. */
export function terminalLines(
  snapshot: Snapshot,
  line: RichLine,
  { paint, width }: Pick<Output, 'paint' | 'width'>,
): readonly string[] {
  const lines: string[] = [];
  let current = '';
  let length = 0;
  for (const { before, text, after, style } of line.flatMap(part => wordsOf(snapshot, part))) {
    const bare = text.trimEnd();
    const shown = before.length + bare.length + after.trimEnd().length;
    if (length > INDENTATION.length && length + shown > width) {
      lines.push(current.trimEnd());
      current = INDENTATION;
      length = INDENTATION.length;
    }
    current += `${before}${style === null ? bare : paint(style, bare)}${text.slice(bare.length)}${after}`;
    length += before.length + text.length + after.length;
  }
  return [...lines, current.trimEnd()];
}

const INDENTATION = '  ';

/** What is never broken. Blanks behind it belong to it. */
interface Word {
  readonly before: string;
  readonly text: string;
  readonly after: string;
  readonly style: TextStyle | null;
}

function wordsOf(snapshot: Snapshot, part: RichPart): readonly Word[] {
  const words = (text: string, style: TextStyle | null): readonly Word[] =>
    (printable(text).match(/\s*\S+\s*|\s+/g) ?? []).map(word => ({ before: '', text: word, after: '', style }));
  switch (part.kind) {
    case 'text':
    case 'column':
      return words(part.text, null);
    case 'strong':
      return words(part.text, 'heading');
    case 'code':
      return words(part.text, 'key');
    case 'link': {
      const address = addressOf(snapshot, part);
      // `charge.ts:26` and `Open docs/x.md` are only another form of the address.
      const name = withoutLine(part.text).replace(/^Open /, '');
      if (withoutLine(address).endsWith(name)) return words(address, 'key');
      return [...words(`${part.text} `, null), { before: '(', text: printable(address), after: ')', style: 'key' }];
    }
  }
}

function addressOf(snapshot: Snapshot, part: Extract<RichPart, { kind: 'link' }>): string {
  if (part.target.kind === 'url') return part.target.url;
  const { path, span } = part.target;
  const line = span === null ? 1 : lineOf(snapshot, path, span.start);
  return line === 1 ? path : `${path}:${line}`;
}

function withoutLine(text: string): string {
  return text.replace(/:\d+$/, '');
}
