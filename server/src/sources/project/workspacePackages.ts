/** What manifests and configurations say of where imports lead. */
import type { WorkspacePackages } from '../../core/flags/resolve/modules.ts';
import { isPathConfiguration, type PathMapping, pathMappingsOf } from '../../core/flags/resolve/pathMappings.ts';
import type { IndexMemory } from '../facts-cache/memory.ts';
import type { FileAccess } from '../files/access.ts';

/** Names and folders of the repository's own packages, from `package.json` and `go.mod`, and the mappings of its configurations. */
export async function workspacePackages(
  paths: readonly string[],
  access: FileAccess,
  memory: IndexMemory | null,
): Promise<WorkspacePackages> {
  // What a file is told by is taken down before it is read.
  const read = (path: string) => {
    memory?.anyOf(path, NO_QUESTIONS);
    return access.read(path);
  };
  const packages = new Map<string, string>();
  const manifests = paths.filter(path => path.endsWith('/package.json')).slice(0, 2000);
  for (const path of manifests) {
    const content = await read(path);
    const name = content.kind === 'text' ? packageName(content.text) : null;
    if (name !== null) packages.set(name, path.slice(0, -'/package.json'.length));
  }
  const mappings: PathMapping[] = [];
  for (const path of paths.filter(isPathConfiguration).slice(0, 1000)) {
    const content = await read(path);
    if (content.kind === 'text') mappings.push(...pathMappingsOf(path, content.text));
  }
  const goModules = new Map<string, string>();
  for (const path of paths.filter(path => /(?:^|\/)go\.mod$/.test(path)).slice(0, 1000)) {
    const content = await read(path);
    const name = content.kind === 'text' ? /^module[ \t]+"?([^\s"]+)/m.exec(content.text)?.[1] : undefined;
    if (name !== undefined) goModules.set(name, path.slice(0, -'go.mod'.length).replace(/\/$/, ''));
  }
  return Object.assign(packages, { mappings, goModules });
}

const NO_QUESTIONS: readonly string[] = [];

function packageName(text: string): string | null {
  try {
    const manifest: unknown = JSON.parse(text);
    const name = typeof manifest === 'object' && manifest !== null ? (manifest as { name?: unknown }).name : null;
    return typeof name === 'string' ? name : null;
  } catch {
    return null;
  }
}
