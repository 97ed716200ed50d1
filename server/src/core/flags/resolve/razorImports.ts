/** What Razor's files see through `_ViewImports.cshtml` and `_Imports.razor`: these count in their folder and all below. */
import type { FileFacts } from '../../languages/facts.ts';

/** The namespaces that a Razor file sees in this way; none for any other file. */
export function razorImports(files: ReadonlyMap<string, FileFacts>, path: string): readonly string[] {
  if (!/\.(?:cshtml|razor)$/i.test(path)) return [];
  const namespaces: string[] = [];
  for (let end = path.lastIndexOf('/'); ; end = path.lastIndexOf('/', end - 1)) {
    for (const name of ['_ViewImports.cshtml', '_Imports.razor']) {
      const facts = files.get(`${path.slice(0, end + 1)}${name}`);
      for (const { local, from } of facts?.imports ?? []) if (local === '*') namespaces.push(from);
    }
    if (end <= 0) return namespaces;
  }
}
