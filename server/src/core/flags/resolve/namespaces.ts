/** Names of packages and namespaces as texts: which are around a name, and which a file sees. What stands in them is `typeIndex.ts`' business. */

/** C++: names that constants, types and functions have, and local variables hardly ever: `kPay`, `PAY`, `IsOn`. */
export const CPP_CONSTANT = /^k?[A-Z]/;

/** A name in a package; in none, the name. */
export function qualify(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`;
}

/** Whether types of a package are seen by a file that sees these packages, and names relative to those around it. */
export function isVisible(
  from: string,
  { visible, around }: { readonly visible: ReadonlySet<string>; readonly around: readonly string[] },
): boolean {
  if (visible.has(from)) return true;
  return around.some(
    outer => outer !== '' && from.startsWith(`${outer}.`) && visible.has(from.slice(outer.length + 1)),
  );
}

/** `A.B`, `A` and the nameless one of `A.B`. */
export function enclosingNamespaces(namespace: string): readonly string[] {
  const names = namespace.split('.');
  return [...names.map((_, index) => names.slice(0, names.length - index).join('.')), ''].filter(
    (name, index, all) => all.indexOf(name) === index,
  );
}

/** Whether a package is another one or stands in it. */
export function isInside(namespace: string, from: string): boolean {
  return namespace === from || namespace.startsWith(`${from}.`);
}
