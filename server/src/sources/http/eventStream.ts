/**
 * Streams out of pieces of text: server-sent events as the HTML standard says (9.2.6), and lines of JSON, of which only that one came is
 * told. Whatever a server sends, no more than `LONGEST_EVENT` characters are held, and each character is looked at once.
 */

/** Takes a piece of the stream; false when it can not be followed any longer. */
export type StreamReader = (piece: string) => boolean;

/** Tells each event that has data. An event of more than `LONGEST_EVENT` characters ends it: nobody sends such changes. */
export function createEventReader(onEvent: (name: string, data: string) => void): StreamReader {
  let parts: string[] = [];
  let size = 0;
  let name = '';
  let data: string[] = [];
  let endedWithReturn = false;
  const line = (text: string): void => {
    if (text === '') {
      if (data.length > 0) onEvent(name === '' ? 'message' : name, data.join('\n'));
      name = '';
      data = [];
      size = 0;
      return;
    }
    const colon = text.indexOf(':');
    if (colon === 0) {
      size -= text.length;
      return;
    }
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') name = value;
    else if (field === 'data') data.push(value);
  };
  return piece => {
    // A line's end may be cut in two: what follows a carriage return belongs to it.
    const text = endedWithReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
    if (piece !== '') endedWithReturn = piece.endsWith('\r');
    const lines = text.split(/\r\n|\n|\r/);
    for (const [at, each] of lines.entries()) {
      size += each.length;
      if (size > LONGEST_EVENT) return false;
      if (at === lines.length - 1) {
        if (each !== '') parts.push(each);
      } else {
        const whole = parts.length === 0 ? each : parts.join('') + each;
        parts = [];
        line(whole);
      }
    }
    return true;
  };
}

/** Tells of each line that is not empty that it came; what it holds is let go at once, however long it is. */
export function createLineReader(onEvent: (name: string, data: string) => void): StreamReader {
  let hasText = false;
  return piece => {
    for (let from = 0; ; ) {
      const end = piece.indexOf('\n', from);
      const until = end < 0 ? piece.length : end;
      hasText ||= until > from && !(until - from === 1 && piece[from] === '\r');
      if (end < 0) return true;
      if (hasText) onEvent('line', '');
      hasText = false;
      from = end + 1;
    }
  };
}

export const LONGEST_EVENT = 1024 * 1024;
