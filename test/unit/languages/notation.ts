/**
 * Facts as short lines, so that tables of source and expectation can be read side by side: `a = f('x') : T @ constant`. Spans
 * are shown by the text they cover; whether they lie where they should is checked by `wellFormed.ts`.
 */
import type { Expr, FileFacts } from '../../../server/src/core/languages/facts.ts';
import { FILE_SCOPE } from '../../../server/src/core/languages/language.ts';
import type { Span } from '../../../server/src/core/text.ts';

export type FactKind =
  | 'imports'
  | 'functions'
  | 'bindings'
  | 'scopes'
  | 'types'
  | 'calls'
  | 'names'
  | 'decorators'
  | 'members'
  | 'branches'
  | 'comments';

export type FactLines = Readonly<Record<FactKind, readonly string[]>>;

export function linesOf(facts: FileFacts, text: string): FactLines {
  const covered = (span: Span) => (span.end === FILE_SCOPE.end ? 'FILE' : text.slice(span.start, span.end));
  const owned = (owner: string | null, name: string | null) =>
    `${owner === null ? '' : `${owner}.`}${name ?? '(none)'}`;
  const typed = (type: Expr | null) => (type === null ? '' : `: ${show(type)}`);
  return {
    imports: facts.imports.map(fact => `${fact.local} = ${fact.imported} from ${fact.from}`),
    functions: facts.functions.map(fact => {
      const parameters = fact.parameters.map(parameter => {
        const position = parameter.position === Number.MAX_SAFE_INTEGER ? 'keyword' : parameter.position;
        const value = parameter.defaultValue === null ? '' : ` = ${show(parameter.defaultValue)}`;
        return `${parameter.name}@${position}${typed(parameter.type)}${value}`;
      });
      return `${owned(fact.owner, fact.name)}(${parameters.join(', ')}) -> ${fact.returns.map(show).join(' | ')}`.trimEnd();
    }),
    bindings: facts.bindings.map(fact => {
      const value = fact.value === null ? '' : ` = ${show(fact.value)}`;
      return `${owned(fact.owner, fact.name)}${typed(fact.type)}${value} @ ${fact.form}`;
    }),
    scopes: facts.bindings.map(fact => `${fact.name} in ${covered(fact.scope)}`),
    types: facts.types.map(fact => `${fact.form} ${fact.name}(${fact.bases.map(show).join(', ')})`),
    calls: facts.calls.map(show),
    names: facts.calls.map(fact => covered(fact.nameSpan)),
    decorators: facts.decorators.map(show),
    members: facts.members.map(show),
    branches: facts.branches.map(fact => {
      const parts = [fact.condition, fact.consequent, ...(fact.alternative === null ? [] : [fact.alternative])];
      return parts.map(covered).join(' | ');
    }),
    comments: facts.comments.map(fact => fact.text),
  };
}

/** An expression: strings in single quotes, templates in backticks with `<parts>`, `(a | b)` for a choice, `?` for the unknown. */
export function show(expr: Expr): string {
  switch (expr.kind) {
    case 'string':
      return `'${expr.value}'`;
    case 'literal':
      return String(expr.value);
    case 'name':
      return expr.name;
    case 'member':
      return `${show(expr.object)}.${expr.property}`;
    case 'index':
      return `${show(expr.object)}[${show(expr.index)}]`;
    case 'call': {
      const args = expr.args.map(arg => {
        const name = arg.name === null ? '' : `${arg.name}=`;
        return `${arg.spread ? '...' : ''}${name}${show(arg.value)}`;
      });
      return `${expr.construct ? 'new ' : ''}${show(expr.callee)}(${args.join(', ')})`;
    }
    case 'template':
      return `\`${expr.parts.map(part => (typeof part === 'string' ? part : `<${show(part)}>`)).join('')}\``;
    case 'object':
      return `{${expr.entries.map(entry => `${entry.key}: ${show(entry.value)}`).join(', ')}}`;
    case 'array':
      return `[${expr.items.map(show).join(', ')}]`;
    case 'function':
      return 'fn';
    case 'choice':
      return `(${expr.options.map(show).join(' | ')})`;
    case 'placed':
      return show(expr.expr);
    case 'other':
      return '?';
  }
}
