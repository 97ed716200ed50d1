/**
 * The order in which people read names that end in numbers: `flag-2` before `flag-10`. The same everywhere and in every locale: digits
 * by their value, everything else by code unit. `Intl.Collator` would do
 * it too, but its rules change with ICU, and it calls names equal that are not.
 */

/** Compares two names, for sorting. Names that differ in leading zeros alone are ordered by their text, so that no two are equal. */
export function naturalOrder(one: string, other: string): number {
  // Names of one repository have much in common: what is the same is passed over, but for the digits in front of the difference.
  let at = 0;
  const shorter = Math.min(one.length, other.length);
  while (at < shorter && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  while (at > 0 && isDigit(one.charCodeAt(at - 1))) at--;
  let there = at;
  while (at < one.length && there < other.length) {
    const left = one.charCodeAt(at);
    const right = other.charCodeAt(there);
    if (isDigit(left) && isDigit(right)) {
      const start = afterZeros(one, at);
      const startThere = afterZeros(other, there);
      const end = afterDigits(one, start);
      const endThere = afterDigits(other, startThere);
      // The longer number is the larger one; of two as long, the first digit that differs decides.
      if (end - start !== endThere - startThere) return end - start - (endThere - startThere);
      for (let digit = 0; start + digit < end; digit++) {
        const difference = one.charCodeAt(start + digit) - other.charCodeAt(startThere + digit);
        if (difference !== 0) return difference;
      }
      at = end;
      there = endThere;
      continue;
    }
    if (left !== right) return left - right;
    at++;
    there++;
  }
  const rest = one.length - at - (other.length - there);
  return rest !== 0 ? rest : one < other ? -1 : one > other ? 1 : 0;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Where the number goes on behind leading zeros; the last digit is never one of them. */
function afterZeros(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 48 && isDigit(text.charCodeAt(at + 1))) at++;
  return at;
}

function afterDigits(text: string, start: number): number {
  let at = start;
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}
