/**
 * Which of many packages an import specifier names: looked up rather than compared with each, since every file of a repository imports some
 * that hardly any SDK knows. What is known of the packages is the business of the SDKs' data.
 */

/** Whether a specifier is what a pattern stands for: `name/*` is the package and everything below, `*` inside a name a version. */
export function matchesPackage(pattern: string, specifier: string): boolean {
  if (!pattern.includes('*')) return pattern === specifier;
  const [head, tail] = pattern.split('*', 2) as [string, string];
  if (pattern.endsWith('/*') && specifier === pattern.slice(0, -2)) return true;
  return specifier.startsWith(head) && specifier.endsWith(tail) && specifier.length >= head.length + tail.length;
}

/** Gives the owners of the packages that a specifier names, in the order in which they were given; each specifier is looked up once. */
export function indexPackages<T extends { readonly packages: readonly string[] }>(
  owners: readonly T[],
): (specifier: string) => readonly T[] {
  const whole = new Map<string, number[]>();
  /** By the letter that they begin with; empty for those that begin in any way. */
  const open = new Map<string, { readonly pattern: string; readonly owner: number }[]>();
  owners.forEach(({ packages }, owner) => {
    for (const pattern of packages) {
      if (!pattern.includes('*')) put(whole, pattern, owner);
      else put(open, pattern.startsWith('*') ? '' : pattern.charAt(0), { pattern, owner });
    }
  });
  const known = new Map<string, readonly T[]>();
  return specifier => {
    const existing = known.get(specifier);
    if (existing !== undefined) return existing;
    const found = new Set(whole.get(specifier) ?? []);
    for (const start of ['', specifier.charAt(0)])
      for (const { pattern, owner } of open.get(start) ?? []) if (matchesPackage(pattern, specifier)) found.add(owner);
    const named = found.size === 0 ? NOTHING : [...found].sort((a, b) => a - b).map(owner => owners[owner]!);
    known.set(specifier, named);
    return named;
  };
}

const NOTHING: readonly never[] = [];

function put<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [value]);
  else known.push(value);
}
