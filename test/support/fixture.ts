// Fixtures as data: several files in one text, `$0` for the cursor, and marks under the line they are about:
//
//     //- /src/pay.ts
//     client.getBooleanValue('new-checkout', false);
//            ^^^^^^^^^^^^^^^ new-checkout openfeature literal
//
// A mark's line holds nothing but (a comment leader and) carets and a label; it is not part of the file's text.

export interface Mark {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

export interface Fixture {
  readonly files: ReadonlyMap<string, string>;
  readonly cursor: { readonly path: string; readonly offset: number } | null;
  readonly marks: readonly Mark[];
}

const MARK = /^(\s*(?:\/\/|#)?\s*)(\^+) ?(.*)$/;

/** Reads a fixture. Text before the first `//- /path` belongs to `/main.ts`. */
export function parseFixture(source: string): Fixture {
  const files = new Map<string, string>();
  const marks: Mark[] = [];
  let cursor: Fixture['cursor'] = null;
  let path = 'main.ts';
  let text = '';
  let lineStart = 0;
  const finish = (): void => {
    if (text.trim() !== '') files.set(path, text);
  };
  const lines = dedent(source).split('\n');
  for (const [index, raw] of lines.entries()) {
    const file = /^\/\/- \/(\S+)$/.exec(raw);
    if (file !== null) {
      finish();
      path = file[1]!;
      text = '';
      continue;
    }
    const mark = MARK.exec(raw);
    if (mark !== null) {
      const column = mark[1]!.length;
      marks.push({
        path,
        start: lineStart + column,
        end: lineStart + column + mark[2]!.length,
        label: mark[3]!.trim(),
      });
      continue;
    }
    lineStart = text.length;
    const at = raw.indexOf('$0');
    if (at >= 0) cursor = { path, offset: text.length + at };
    const clean = at < 0 ? raw : raw.slice(0, at) + raw.slice(at + 2);
    text += index === lines.length - 1 ? clean : `${clean}\n`;
  }
  finish();
  return { files, cursor, marks };
}

function dedent(source: string): string {
  const lines = source
    .replace(/^\n/, '')
    .replace(/\n[ \t]*$/, '\n')
    .split('\n');
  const indents = lines.filter(line => line.trim() !== '').map(line => /^ */.exec(line)![0].length);
  const indent = Math.min(...indents, 100);
  return lines.map(line => line.slice(Math.min(indent, line.length))).join('\n');
}
