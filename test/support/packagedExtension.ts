// Where the packaged extension is that `npm run package` wrote.
import { newestPackage } from '../setup/project.mjs';

/** The newest .vsix of the project (FLAGBOOK_VSIX goes before it); throws with advice when there is none. */
export function packagedExtension(): string {
  const path = process.env.FLAGBOOK_VSIX ?? newestPackage();
  if (path === undefined) throw new Error('There is no packaged extension: run `npm run package` first.');
  return path;
}
