/**
 * Blade: the PHP of `{{ … }}`, `{!! … !!}`, `@php … @endphp`, `<?php … ?>` and of directives with arguments (`@if (…)`), each a
 * statement of the one PHP text that is left when everything else is blanked. Directives with one constant argument are elements
 * named `@directive` too, with the argument as their attribute `0`.
 */
import type { Span } from '../../text.ts';
import type { Expr } from '../facts.ts';
import type { FactSink, Language } from '../language.ts';
import { blankCharacters, closingBracket, copySpan, MOST_OPEN } from '../markup.ts';
import { php } from '../php/index.ts';

export const blade: Language = {
  id: 'blade',
  holds: 'php',
  grammar: php.grammar,
  extensions: ['.blade.php'],
  snippet: code => `    {{ ${code} }}`,
  blank: blankBlade,
  addMarkup: addDirectives,
  extractChunk: php.extractChunk,
};

/** The PHP of a template, in a text of the same length and lines. */
export function blankBlade(text: string): string {
  const out = blankCharacters(text);
  let isOpen = false;
  for (const { span, around, form } of piecesOf(text)) {
    const isCode = form !== 'directive' || EXPRESSIONS.has(text.slice(around.start + 1, span.start - 1).trim());
    if (!isCode) continue;
    copySpan(out, text, span);
    const room = span.start - around.start;
    if (!isOpen) {
      // What opens the code stands before the first piece, wherever there is room for it.
      const open = around.start >= OPENING.length ? 0 : around.start;
      const opening = open === 0 && around.start >= OPENING.length ? OPENING : OPENING.slice(0, room);
      for (let at = 0; at < opening.length; at++) out[open + at] = opening.charAt(at);
      isOpen = true;
    }
    if (form === 'code') continue;
    if (form === 'directive') {
      out[span.start - 1] = '(';
      out[span.end] = ')';
      if (span.start - 2 > around.start + 1) out[span.start - 2] = ';';
      if (out[span.end + 1] === ' ' || out[span.end + 1] === '\n') out[span.end + 1] = ';';
    } else {
      if (out[span.start - 1] === ' ') out[span.start - 1] = ';';
      out[span.end] = ';';
    }
  }
  return out.join('');
}

const OPENING = '<?php ';
/** Directives whose argument is one expression. */
const EXPRESSIONS: ReadonlySet<string> = new Set([
  'if',
  'elseif',
  'unless',
  'isset',
  'empty',
  'while',
  'case',
  'switch',
  'json',
  'js',
  'class',
  'checked',
  'selected',
  'disabled',
  'dump',
  'dd',
]);

interface Piece {
  readonly form: 'output' | 'code' | 'directive';
  readonly span: Span;
  /** With the signs around it. */
  readonly around: Span;
}

/** Where code stands. Comments (`{{-- … --}}`), `@{{ … }}` and `@verbatim` hold none. */
function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const found = /\{\{--|@?\{\{\{?|@?\{!!|<\?(?:php|=)|@@?[A-Za-z]+/g;
  let open = 0;
  const upTo = (close: string, from: number) => text.indexOf(close, from);
  for (let match = found.exec(text); match !== null; match = found.exec(text)) {
    const [sign] = match;
    const start = match.index;
    const inner = start + sign.length;
    let end = inner;
    if (sign === '{{--') end = after(upTo('--}}', inner), 4, text);
    else if (sign.startsWith('@{')) end = inner;
    else if (sign.startsWith('{{')) end = add('output', inner, upTo('}}', inner), 2);
    else if (sign === '{!!') end = add('output', inner, upTo('!!}', inner), 3);
    else if (sign.startsWith('<?')) end = add('code', inner, upTo('?>', inner), 2);
    else if (sign === '@verbatim') end = after(upTo('@endverbatim', inner), 12, text);
    else if (sign === '@php' && !/^\s*\(/.test(text.slice(inner, inner + 20)))
      end = add('code', inner, upTo('@endphp', inner), 7);
    else if (!sign.startsWith('@@') && !/\w/.test(text.charAt(start - 1))) {
      const [lead = ''] = /^[ \t]*\(/.exec(text.slice(inner, inner + 40)) ?? [];
      const close = lead === '' ? null : closingBracket(text, inner + lead.length - 1);
      if (lead !== '' && close === null && ++open > MOST_OPEN) break;
      if (close !== null) {
        pieces.push({
          form: 'directive',
          span: { start: inner + lead.length, end: close },
          around: { start, end: close + 1 },
        });
        end = close + 1;
      }
    }
    if (end === Number.MAX_SAFE_INTEGER) break;
    found.lastIndex = end;

    function add(form: Piece['form'], from: number, close: number, length: number): number {
      const to = close < 0 && form === 'code' ? text.length : close;
      if (to < 0) return Number.MAX_SAFE_INTEGER;
      pieces.push({ form, span: { start: from, end: to }, around: { start, end: Math.min(text.length, to + length) } });
      return to + length;
    }
  }
  return pieces;
}

function after(close: number, length: number, text: string): number {
  return close < 0 ? text.length : close + length;
}

function addDirectives(text: string, sink: FactSink): void {
  for (const { form, span, around } of piecesOf(text)) {
    if (form !== 'directive') continue;
    const [, directive] = /^@(\w+)/.exec(text.slice(around.start, around.start + 60)) ?? [];
    const value = argumentIn(text, span);
    if (directive === undefined || value === null) continue;
    const nameSpan = { start: around.start + 1, end: around.start + 1 + directive.length };
    sink.elements.push({
      name: `@${directive}`,
      nameSpan,
      attributes: [{ name: '0', value, span: value.span }],
      span: around,
    });
  }
}

/** The first argument, where it is a string, `Type::NAME`, or a list of them. */
function argumentIn(text: string, span: Span): Expr | null {
  const inside = text.slice(span.start, span.end);
  const [lead] = /^\s*/.exec(inside)!;
  const close = inside.startsWith('[', lead.length) ? inside.indexOf(']', lead.length) : -1;
  if (close < 0) return constantIn(text, span);
  const items: Expr[] = [];
  let start = span.start + lead.length + 1;
  for (const part of inside.slice(lead.length + 1, close).split(',')) {
    const item = constantIn(text, { start, end: start + part.length });
    if (item !== null) items.push(item);
    start += part.length + 1;
  }
  return { kind: 'array', items, span: { start: span.start + lead.length, end: span.start + close + 1 } };
}

function constantIn(text: string, { start, end }: Span): Expr | null {
  const match = /^(\s*)(?:'([^'\\]*)'|"([^"\\$]*)"|\\?([A-Za-z_]\w*(?:\\\w+)*)::([A-Za-z_]\w*))\s*(?:,|$)/.exec(
    text.slice(start, end),
  );
  if (match === null) return null;
  const [whole, lead = '', single, double, type, name] = match;
  const from = start + lead.length;
  const span = { start: from, end: from + whole.slice(lead.length).trimEnd().replace(/,$/, '').trimEnd().length };
  const quoted = single ?? double;
  if (quoted !== undefined) return { kind: 'string', value: quoted, span };
  const propertySpan = { start: span.end - name!.length, end: span.end };
  const object = { kind: 'name', name: type!, span: { start: from, end: propertySpan.start - 2 } } as const;
  return { kind: 'member', object, property: name!, propertySpan, span };
}
