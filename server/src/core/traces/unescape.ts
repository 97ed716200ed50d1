/**
 * Traces that travel inside a string: JSON logs, `stack="…\n…"` fields, quoted arrays of lines.
 *
 * A line is only unfolded when an escaped line break is followed by something that a trace would print there, so that
 * a Windows path such as `C:\new` or a source line with "a\nb" stays as it is. One pass, no backtracking.
 */

/** What follows the escaped break in a folded trace, for any runtime. */
const FOLDED_TRACE =
  /\\n(?:\\t|[ \t]{0,32}(?:at |from |File \\{0,3}["'\\]|Caused by: |Traceback |goroutine \d|#\d|\d{1,3}: |[\w$.<>/*]{0,80}@\w{2,20}:|\(?[\w/.-]{1,120}:\d))/;

/** The lines folded into `line`, or null when it folds none. Blank lines keep neighbouring strings apart. */
export function unfoldLine(line: string): readonly string[] | null {
  if (!line.includes('\\n')) return quotedElement(line);
  if (!FOLDED_TRACE.test(line)) return null;
  const literals = stringLiterals(line).filter(literal => FOLDED_TRACE.test(literal));
  const texts = literals.length > 0 ? literals : [line];
  const unfolded: string[] = [];
  for (const text of texts) unfolded.push('', ...unescapeFully(text).split(/\r?\n/), '');
  return unfolded;
}

/** A line that is nothing but one JSON string, as in a pretty-printed array of stack lines. */
function quotedElement(line: string): readonly string[] | null {
  if (line.length > 8192) return null;
  const match = /^\s{0,64}"((?:[^"\\]|\\.)*)",?\s{0,8}$/.exec(line);
  return match?.[1] === undefined ? null : [unescapeOnce(match[1])];
}

/** The contents of the double-quoted literals of a line, escapes kept. */
function stringLiterals(line: string): string[] {
  const literals: string[] = [];
  let start = -1;
  for (let at = 0; at < line.length; at++) {
    const character = line.charCodeAt(at);
    if (character === 0x5c) at++;
    else if (character === 0x22) {
      if (start < 0) start = at + 1;
      else {
        literals.push(line.slice(start, at));
        start = -1;
      }
    }
  }
  return literals;
}

/** Logs that pass through several collectors are escaped once by each. */
function unescapeFully(text: string): string {
  let unescaped = unescapeOnce(text);
  for (let level = 0; level < 3 && !unescaped.includes('\n') && FOLDED_TRACE.test(unescaped); level++)
    unescaped = unescapeOnce(unescaped);
  return unescaped;
}

function unescapeOnce(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/g, (_whole, unicode, byte, plain: string) => {
    const code: string | undefined = unicode ?? byte;
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return plain === 'n' ? '\n' : plain === 't' ? '\t' : plain === 'r' ? '' : plain;
  });
}
