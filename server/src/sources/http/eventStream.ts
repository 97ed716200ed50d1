/** Server-sent events out of pieces of text, as the HTML standard says (9.2.6). */

/** Takes pieces of the stream; tells each event that has data. A line longer than `LONGEST_LINE` is cut there. */
export function createEventReader(onEvent: (name: string, data: string) => void): (piece: string) => void {
  let rest = '';
  let name = '';
  let data: string[] = [];
  let size = 0;
  const line = (text: string): void => {
    if (text === '') {
      if (data.length > 0) onEvent(name === '' ? 'message' : name, data.join('\n'));
      name = '';
      data = [];
      size = 0;
      return;
    }
    const colon = text.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') name = value;
    else if (field === 'data' && size < LONGEST_LINE) {
      data.push(value);
      size += value.length;
    }
  };
  return piece => {
    const text = rest + piece;
    // A carriage return at the end may be half of a line's end.
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    rest = (lines.pop() ?? '').slice(0, LONGEST_LINE);
    for (const each of lines) line(each);
  };
}

const LONGEST_LINE = 4 * 1024 * 1024;
