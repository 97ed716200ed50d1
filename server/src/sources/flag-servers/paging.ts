/** Asking page by page to the end, however a service counts. No service is known here. */

/** What one page says. `items` is null when the answer has no list: then it is handed on as it is, for the mapping to complain of. */
export interface Page {
  readonly items: readonly unknown[] | null;
  readonly more: boolean;
}

/** A service of more items than this is read up to here. */
export const MOST_ITEMS = 20_000;

/**
 * All items of a list. A page without items ends it, whatever it says of further ones, so that a server that counts wrongly is
 * not asked for ever.
 * @param question gets the number of items so far and the number of the page, from 1.
 */
export async function allItems(
  question: (count: number, page: number) => Promise<unknown>,
  read: (answer: unknown, count: number) => Page,
): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for (let page = 1; all.length < MOST_ITEMS; page++) {
    const answer = await question(all.length, page);
    const { items, more } = read(answer, all.length);
    if (items === null) return [answer];
    // One by one: a page may hold more than a call takes arguments.
    for (const item of items.slice(0, MOST_ITEMS - all.length)) all.push(item);
    if (items.length === 0 || !more) break;
  }
  return all;
}

/** The list under a name, or null. */
export function listIn(answer: unknown, name: string): readonly unknown[] | null {
  const value = fieldOf(answer, name);
  return Array.isArray(value) ? (value as readonly unknown[]) : null;
}

/** A field of an answer; undefined where it is no object or has none. */
export function fieldOf(answer: unknown, name: string): unknown {
  if (typeof answer !== 'object' || answer === null || !Object.hasOwn(answer, name)) return undefined;
  return (answer as Readonly<Record<string, unknown>>)[name];
}

/**
 * A page of a list that tells how many items there are in all; where it does not, a page that is not full is the last.
 * @param size items that were asked for.
 */
export function countedPage(
  answer: unknown,
  { list, total, size }: { readonly list: string; readonly total: string; readonly size: number },
  count: number,
): Page {
  const items = listIn(answer, list);
  const all = fieldOf(answer, total);
  const here = items?.length ?? 0;
  return { items, more: typeof all === 'number' ? count + here < all : here >= size };
}
