// A process that keeps links of a folder again and again, for tests of several at once. Arguments: the folder, the directory of the cache,
// a name, how often. On each line of its output: the name under which they were kept (null where not), and what they say.
import { readLinks, writeLinks } from '../../server/src/sources/facts-cache/linkFile.ts';

const [root, directory, writer, times] = process.argv.slice(2) as [string, string, string, string];
const options = { directory, edition: 'test' };
const settings = { packages: [], mappings: null, goModules: null, patterns: [], knownKeys: [], exclude: [] };
void main();

async function main(): Promise<void> {
  for (let round = 0; round < Number(times); round++) {
    const says = `${writer}${round}`;
    const facts = new Map(Array.from({ length: 40 }, (_, at) => [`src/${at}.ts`, Buffer.from(`${says} `.repeat(500))]));
    const name = await writeLinks(root, options, settings, says, facts);
    say({ name, says, facts: says });
    if (round % 2 === 0 || name === null) continue;
    // Some of it again, as after a few edits; others may have written by now.
    const known = readLinks(root, options, name);
    if (known === null) continue;
    const again = `${says}-again`;
    const renamed = await known.rewrite(again, new Map([['src/7.ts', Buffer.from(`${again} `.repeat(500))]]));
    known.close();
    say({ name: renamed, says: again, facts: says });
  }
}

function say(written: { readonly name: string | null; readonly says: string; readonly facts: string }): void {
  process.stdout.write(`${JSON.stringify(written)}\n`);
}
