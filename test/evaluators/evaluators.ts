/** The vendors' packages in this folder's own `node_modules`, loaded without their types: the project compiles without them. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);

/** A package of this folder, as CommonJS. `T` is the part of it that a test uses. */
export function requireEvaluator<T>(name: string): T {
  return require(name) as T;
}

/** A package of this folder, as a module. */
export async function importEvaluator<T>(name: string): Promise<T> {
  return (await import(pathToFileURL(require.resolve(name)).href)) as T;
}
