/**
 * Names that are looked up in files which nobody has read: of a package of Go, or of the modules behind `export *`, it is one file that
 * declares a name, and only that is worth reading. What is sought is written as one text, so that it can be compared, sent to a thread and
 * remembered like other words that files are looked through for (`linking/wishedWords.ts`).
 */

export interface SoughtName {
  readonly name: string;
  readonly path: string;
}

/** The text for a name in a file; null where a file of its kind, or a name that is none, can't be told by looking at the text. */
export function soughtText(name: string, path: string): string | null {
  return TOLD_BY_TEXT.test(path) && IDENTIFIER.test(name) ? name + DECLARED + path : null;
}

/** The name and the file behind such a text; null for any other text. */
export function soughtName(text: string): SoughtName | null {
  const at = text.indexOf(DECLARED);
  return at < 0 ? null : { name: text.slice(0, at), path: text.slice(at + DECLARED.length) };
}

const DECLARED = ' declared in ';
const TOLD_BY_TEXT = /\.(?:go|[cm]?[jt]sx?)$/;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** Which of the names a file may declare for others, or hand on: always those that it does. */
export function declaredAmong(names: readonly string[], path: string, text: string): readonly string[] {
  const held = names.filter(name => text.includes(name));
  if (path.endsWith('.go')) {
    const declared = held.length === 0 ? NOTHING : declaredInGo(text);
    return held.filter(name => declared.has(name));
  }
  return HANDS_ON.test(text) ? names : held.filter(name => isWord(name, text));
}

function isWord(name: string, text: string): boolean {
  return new RegExp(String.raw`(?<![\w$])${name.replaceAll('$', String.raw`\$`)}(?![\w$])`).test(text);
}

/** What stands where declarations do. */
function declaredInGo(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, names] of text.matchAll(BEGINS_IN_GO)) for (const name of names!.split(/\W+/)) found.add(name);
  return found;
}

const NOTHING: ReadonlySet<string> = new Set();
/** A line's begin, a declaration's word, a method's receiver, several names of one declaration. */
const BEGINS_IN_GO =
  /(?:^|[\n;])[\t ]*(?:(?:func|type|var|const)\b\s*(?:\([^()\n]*\)\s*|\(\s*)?)?((?:\w+[\t ]*,[\t ]*){0,8}\w+)/g;
/** A script's exports that don't say what is in them. */
const HANDS_ON = /\bexport\s*(?:type\s*)?[*=]|\bexports\b/;
