/**
 * A small regular expression engine whose time grows with the length of the input times the size of the expression, whatever
 * the expression is (Thompson's construction, all states advanced together; https://swtch.com/~rsc/regexp/regexp1.html).
 * It answers one question, whether an expression matches somewhere, for the common part of JavaScript's syntax; what needs
 * backtracking (backreferences, lookaround) is refused with a sentence that says so.
 */

type CharTest = (code: number) => boolean;

type State =
  | { readonly kind: 'char'; readonly test: CharTest; readonly next: number }
  | { readonly kind: 'split'; readonly next: readonly number[] }
  | { readonly kind: 'assert'; readonly what: '^' | '$' | 'b' | 'B'; readonly next: number }
  | { readonly kind: 'match' };

export interface LinearExpression {
  readonly states: readonly State[];
  readonly start: number;
}

type Tree =
  | { readonly kind: 'char'; readonly test: CharTest }
  | { readonly kind: 'assert'; readonly what: '^' | '$' | 'b' | 'B' }
  | { readonly kind: 'sequence'; readonly parts: readonly Tree[] }
  | { readonly kind: 'choice'; readonly options: readonly Tree[] }
  | { readonly kind: 'repeat'; readonly part: Tree; readonly least: number; readonly most: number };

const mostStates = 2_000;

/** Compiles the source of an expression (without slashes), or says in a sentence why it can't. */
export function compileExpression(
  source: string,
  letters: 'exact-case' | 'ignore-case',
): LinearExpression | { readonly problem: string } {
  try {
    new RegExp(source);
    const reader: Reader = { source, at: 0, ignoreCase: letters === 'ignore-case', depth: 0 };
    const tree = readChoice(reader);
    const states: State[] = [{ kind: 'match' }];
    const start = build(tree, 0, states);
    return { states, start };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message };
    const reason = error instanceof SyntaxError ? error.message.replace(/^.*\/: /s, '') : 'it is too complex';
    return { problem: `This is no regular expression Flagbook can use: ${reason}.` };
  }
}

/** Whether the expression matches somewhere in the input. */
export function matchesExpression(expression: LinearExpression, input: string): boolean {
  const { states, start } = expression;
  let current = new Set<number>();
  for (let at = 0; ; at++) {
    // A new attempt may begin at every position.
    if (follow(start, at, input, states, current)) return true;
    if (at >= input.length) return false;
    const following = new Set<number>();
    const code = input.charCodeAt(at);
    for (const index of current) {
      const state = states[index]!;
      if (state.kind === 'char' && state.test(code) && follow(state.next, at + 1, input, states, following))
        return true;
    }
    current = following;
  }
}

/** Adds a state and all that is reached from it without reading a character; true when that includes the end. */
function follow(first: number, at: number, input: string, states: readonly State[], into: Set<number>): boolean {
  const waiting = [first];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (into.has(index)) continue;
    const state = states[index]!;
    if (state.kind === 'match') return true;
    into.add(index);
    if (state.kind === 'split') waiting.push(...state.next);
    if (state.kind === 'assert' && holds(state.what, at, input)) waiting.push(state.next);
  }
  return false;
}

function holds(what: '^' | '$' | 'b' | 'B', at: number, input: string): boolean {
  if (what === '^') return at === 0;
  if (what === '$') return at === input.length;
  const boundary = isWord(input.charCodeAt(at - 1)) !== isWord(input.charCodeAt(at));
  return boundary === (what === 'b');
}

function build(tree: Tree, next: number, states: State[]): number {
  if (states.length > mostStates)
    throw new Refusal('This regular expression is too large; use fewer or smaller repetitions.');
  switch (tree.kind) {
    case 'char':
      return states.push({ kind: 'char', test: tree.test, next }) - 1;
    case 'assert':
      return states.push({ kind: 'assert', what: tree.what, next }) - 1;
    case 'sequence':
      return tree.parts.reduceRight((after, part) => build(part, after, states), next);
    case 'choice': {
      const options = tree.options.map(option => build(option, next, states));
      return states.push({ kind: 'split', next: options }) - 1;
    }
    case 'repeat':
      return buildRepeat(tree, next, states);
  }
}

function buildRepeat(tree: Tree & { kind: 'repeat' }, next: number, states: State[]): number {
  let after = next;
  if (tree.most === Number.POSITIVE_INFINITY) {
    const loop = states.push({ kind: 'split', next: [next] }) - 1;
    const body = build(tree.part, loop, states);
    states[loop] = { kind: 'split', next: [body, next] };
    after = loop;
  } else {
    for (let i = tree.least; i < tree.most; i++) {
      const body = build(tree.part, after, states);
      after = states.push({ kind: 'split', next: [body, next] }) - 1;
    }
  }
  for (let i = 0; i < tree.least; i++) after = build(tree.part, after, states);
  return after;
}

interface Reader {
  readonly source: string;
  at: number;
  readonly ignoreCase: boolean;
  depth: number;
}

class Refusal extends Error {}

function readChoice(reader: Reader): Tree {
  if (++reader.depth > 50) throw new Refusal('This regular expression is nested too deeply.');
  const options = [readSequence(reader)];
  while (reader.source[reader.at] === '|') {
    reader.at++;
    options.push(readSequence(reader));
  }
  reader.depth--;
  return options.length === 1 ? options[0]! : { kind: 'choice', options };
}

function readSequence(reader: Reader): Tree {
  const parts: Tree[] = [];
  while (reader.at < reader.source.length && !'|)'.includes(reader.source[reader.at]!)) {
    parts.push(readRepeat(readAtom(reader), reader));
  }
  return { kind: 'sequence', parts };
}

function readRepeat(part: Tree, reader: Reader): Tree {
  const match = /^(?:([*+?])|\{(\d{1,4})(,?)(\d{0,4})\})\??/.exec(reader.source.slice(reader.at));
  if (match === null) return part;
  reader.at += match[0].length;
  if (match[1] !== undefined) {
    const most = match[1] === '?' ? 1 : Number.POSITIVE_INFINITY;
    return { kind: 'repeat', part, least: match[1] === '+' ? 1 : 0, most };
  }
  const least = Number(match[2]);
  const most = match[3] === '' ? least : match[4] === '' ? Number.POSITIVE_INFINITY : Number(match[4]);
  return { kind: 'repeat', part, least, most };
}

function readAtom(reader: Reader): Tree {
  const char = reader.source[reader.at++]!;
  if (char === '^' || char === '$') return { kind: 'assert', what: char };
  if (char === '.')
    return { kind: 'char', test: code => code !== 10 && code !== 13 && code !== 0x2028 && code !== 0x2029 };
  if (char === '[') return { kind: 'char', test: readClass(reader) };
  if (char === '(') return readGroup(reader);
  if (char !== '\\') return { kind: 'char', test: literal(char, reader) };
  const escaped = reader.source[reader.at]!;
  if (escaped === 'b' || escaped === 'B') {
    reader.at++;
    return { kind: 'assert', what: escaped };
  }
  if (/[1-9k]/.test(escaped)) {
    throw new Refusal(
      'This regular expression refers back to a group; Flagbook does not follow backreferences. Write it out.',
    );
  }
  return { kind: 'char', test: readEscape(reader).test };
}

function readGroup(reader: Reader): Tree {
  const rest = reader.source.slice(reader.at);
  if (/^\?<?[=!]/.test(rest)) {
    throw new Refusal(
      'This regular expression looks ahead or behind, which Flagbook does not do. Match the text itself.',
    );
  }
  reader.at += /^\?(?::|<\w+>)/.exec(rest)?.[0].length ?? 0;
  const inner = readChoice(reader);
  reader.at++;
  return inner;
}

function readClass(reader: Reader): CharTest {
  const negated = reader.source[reader.at] === '^';
  if (negated) reader.at++;
  const tests: CharTest[] = [];
  while (reader.source[reader.at] !== ']') {
    const from = readClassPart(reader);
    const isRange = reader.source[reader.at] === '-' && reader.source[reader.at + 1] !== ']';
    if (!isRange || from.code === null) {
      tests.push(from.test);
      continue;
    }
    reader.at++;
    const to = readClassPart(reader);
    tests.push(to.code === null ? to.test : range(from.code, to.code, reader));
  }
  reader.at++;
  return code => tests.some(test => test(code)) !== negated;
}

interface CharPart {
  /** The one character it stands for, or null for a class such as `\d`. */
  readonly code: number | null;
  readonly test: CharTest;
}

function readClassPart(reader: Reader): CharPart {
  const char = reader.source[reader.at++]!;
  if (char === '\\') return readEscape(reader);
  return { code: char.charCodeAt(0), test: literal(char, reader) };
}

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', 0: '\0', b: '\b' };

function readEscape(reader: Reader): CharPart {
  const char = reader.source[reader.at++]!;
  const set = classTest(char.toLowerCase());
  if (set !== null) return { code: null, test: char === char.toLowerCase() ? set : code => !set(code) };
  const numeric = /^(?:x([0-9a-f]{2})|u([0-9a-f]{4}))/i.exec(char + reader.source.slice(reader.at, reader.at + 4));
  if (numeric !== null) {
    reader.at += numeric[0].length - 1;
    const code = Number.parseInt(numeric[1] ?? numeric[2]!, 16);
    return { code, test: literal(String.fromCharCode(code), reader) };
  }
  const plain = controls[char] ?? char;
  return { code: plain.charCodeAt(0), test: literal(plain, reader) };
}

function classTest(letter: string): CharTest | null {
  if (letter === 'd') return code => code >= 48 && code <= 57;
  if (letter === 'w') return isWord;
  if (letter === 's') return code => /\s/.test(String.fromCharCode(code));
  return null;
}

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
}

function literal(char: string, reader: Reader): CharTest {
  return range(char.charCodeAt(0), char.charCodeAt(0), reader);
}

function range(from: number, to: number, reader: Reader): CharTest {
  const inRange: CharTest = code => code >= from && code <= to;
  if (!reader.ignoreCase) return inRange;
  return code => {
    const char = String.fromCharCode(code);
    return inRange(code) || inRange(char.toLowerCase().charCodeAt(0)) || inRange(char.toUpperCase().charCodeAt(0));
  };
}
