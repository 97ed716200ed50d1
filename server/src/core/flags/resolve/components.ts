/**
 * Whose names a template of Angular uses: those of the component that it belongs to, which stands behind it in the file or, of a file of its
 * own, in the script beside it (`pay.component.html` and `pay.component.ts`).
 */
import type { FileFacts, TypeFact } from '../../languages/facts.ts';
import type { Interpreter } from './interpreter.ts';
import type { FileSymbols } from './symbols.ts';
import type { Value } from './value.ts';

/** What `this` means at an offset outside of any class, or null. */
export function componentOf(
  interpreter: Interpreter,
  path: string,
  { facts }: FileSymbols,
  offset: number,
): Value | null {
  if (facts.language === 'angular') {
    const [script] = interpreter.modules.siblings(path, 'angular');
    const beside = script === undefined ? null : interpreter.symbols(script);
    const type = beside === null ? null : firstComponent(beside.facts, 0);
    // Looked up by its name as well: whoever looks up is told when it is another.
    const named = type === null ? undefined : beside!.types.get(type.name);
    return named === undefined ? null : { kind: 'instance', path: script!, type: named };
  }
  const isInside = facts.decorators.some(({ span }) => span.start <= offset && offset < span.end);
  const type = isInside ? firstComponent(facts, offset) : null;
  return type === null ? null : { kind: 'instance', path, type };
}

/** The first class behind a decorator `@Component` that does not end before an offset. */
function firstComponent({ decorators, types }: FileFacts, offset: number): TypeFact | null {
  const decorator = decorators.find(
    ({ callee, span }) => callee.kind === 'name' && callee.name === 'Component' && span.end >= offset,
  );
  if (decorator === undefined) return null;
  return types.find(({ form, nameSpan }) => form === 'class' && nameSpan.start > decorator.span.end) ?? null;
}
