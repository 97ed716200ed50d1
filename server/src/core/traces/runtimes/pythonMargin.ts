/**
 * The left edge of a Python trace. Exception groups draw a tree of bars before every line; a plain trace has none. Each
 * line becomes its text behind the bars, and the column of the last bar (-1 without one). No frames here.
 */
import type { CleanLine } from '../grammar.ts';

/** A line as the parser of one level of a group sees it. */
export interface MarginLine {
  readonly line: CleanLine;
  /** Column of the bar, -1 without one. */
  readonly margin: number;
  /** Text behind the bar and its blank, with the indentation it has there. */
  readonly content: string;
  readonly indent: number;
  /** A rule between the members of a group: which one starts, or `end`. */
  readonly rule: number | 'end' | null;
}

const BARS = /^(\s{0,400}(?:[|+] {0,4}){0,40})/;
const RULE = /^\s{0,400}(?:\| {0,4}){0,40}\+(?:-\+)?-{8,60}(?: (\d{1,6}|\.{3}) -{8,60})?$/;

/** Splits the bars off one line. */
export function marginOf(line: CleanLine): MarginLine {
  const { text } = line;
  const rule = RULE.exec(text);
  if (rule) {
    const column = text.indexOf('+');
    const margin = text.charAt(column + 1) === '-' && text.charAt(column + 2) === '+' ? column + 2 : column;
    return { line, margin, content: '', indent: 0, rule: rule[1] === undefined ? 'end' : toRule(rule[1]) };
  }
  const bars = BARS.exec(text)?.[1] ?? '';
  const column = Math.max(bars.lastIndexOf('|'), bars.lastIndexOf('+'));
  if (column < 0) return { line, margin: -1, content: line.content, indent: line.indent, rule: null };
  const rest = text.slice(column + 2);
  const content = rest.trim();
  return { line, margin: column, content, indent: rest.length - rest.trimStart().length, rule: null };
}

function toRule(printed: string): number {
  return printed === '...' ? 0 : Number(printed);
}
