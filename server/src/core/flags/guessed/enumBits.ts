/**
 * Members of enums that are bits of a value: `Public = 1 << 4`, or powers of two for all that have a number. A function that asks for a flag,
 * of whatever kind, and is given such a member, reads a part of that value. What else tells such functions is `otherFlags.ts`' business.
 */
import type { BindingFact, FileFacts, TypeFact } from '../../languages/facts.ts';
import type { Value } from '../resolve/value.ts';

/** Whether a key is the name of an enum's member that stands for a bit. */
export function isBitOfEnum(files: ReadonlyMap<string, FileFacts>, key: Value & { readonly kind: 'text' }): boolean {
  const { path, span } = key.place;
  const { bindings = [] } = files.get(path) ?? {};
  const member = bindings.find(({ nameSpan, form }) => form === 'enum-member' && nameSpan.start === span.start);
  if (member === undefined) return false;
  return areBits(bindings.filter(({ owner, scope }) => owner === member.owner && scope.start === member.scope.start));
}

/** Whether an enum's members are such bits. */
export function isEnumOfBits(files: ReadonlyMap<string, FileFacts>, path: string, { name, span }: TypeFact): boolean {
  const { bindings = [] } = files.get(path) ?? {};
  return areBits(
    bindings.filter(
      ({ owner, form, nameSpan }) =>
        owner === name && form === 'enum-member' && nameSpan.start >= span.start && nameSpan.end <= span.end,
    ),
  );
}

function areBits(members: readonly BindingFact[]): boolean {
  if (members.some(({ value }) => value?.kind === 'other')) return true;
  const numbers = members.flatMap(({ value }) =>
    value?.kind === 'literal' && typeof value.value === 'number' && value.value !== 0 ? [value.value] : [],
  );
  // One and two are the beginning of any list of numbers.
  return numbers.length > 2 && numbers.every(number => Number.isInteger(Math.log2(number)));
}
