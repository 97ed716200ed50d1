/** Lines of the core's rich text for a terminal: links become `text (path:line)` where the text does not say it already. */
import type { RichLine, RichPart } from '../core/features/richText.ts';
import { printable } from '../core/flags/describe.ts';
import { lineOf } from '../core/flags/flagIndex.ts';
import type { Paint } from '../core/flags/text.ts';
import type { Snapshot } from '../core/snapshot.ts';

/** One line of text, without a line break. */
export function terminalLine(snapshot: Snapshot, line: RichLine, paint: Paint): string {
  return line.map(part => terminalPart(snapshot, part, paint)).join('');
}

function terminalPart(snapshot: Snapshot, part: RichPart, paint: Paint): string {
  const text = printable(part.text);
  switch (part.kind) {
    case 'text':
      return text;
    case 'strong':
      return paint('heading', text);
    case 'code':
      return paint('key', text);
    case 'link': {
      const address = addressOf(snapshot, part);
      // `charge.ts:26` and `flags/shop.flagd.json` are only the short form of their address.
      const isShort = withoutLine(address).endsWith(withoutLine(text));
      return isShort ? paint('key', address) : `${text} (${paint('key', address)})`;
    }
  }
}

function addressOf(snapshot: Snapshot, part: Extract<RichPart, { kind: 'link' }>): string {
  if (part.target.kind === 'url') return printable(part.target.url);
  const { path, span } = part.target;
  const line = span === null ? 1 : lineOf(snapshot, path, span.start);
  return printable(line === 1 ? path : `${path}:${line}`);
}

function withoutLine(text: string): string {
  return text.replace(/:\d+$/, '');
}
