/**
 * The vendors' own descriptions of their interfaces, where they are at hand: files in the folder that FLAGBOOK_API_DESCRIPTIONS
 * names, or in `shared/specs` beside the project, plain or gzipped. None of them is part of the project; without them the
 * emulator holds to descriptions of ours alone.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { type Description, describeInterface, type Json } from './description.ts';

/**
 * The description in a file such as `growthbook.yaml`, or null where it is not at hand. `amended` replaces schemas in which a
 * description contradicts its own examples, by their JSON pointers.
 */
export function publishedDescription(file: string, amended: Readonly<Record<string, Json>> = {}): Description | null {
  for (const folder of folders()) {
    for (const name of [file, `${file}.gz`]) {
      const path = join(folder, name);
      if (!existsSync(path)) continue;
      const bytes = readFileSync(path);
      const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
      const document: unknown = file.endsWith('.json') ? JSON.parse(text) : parse(text);
      for (const [pointer, schema] of Object.entries(amended)) replace(document, pointer, schema);
      return describeInterface(document);
    }
  }
  return null;
}

function folders(): readonly string[] {
  const named = process.env.FLAGBOOK_API_DESCRIPTIONS;
  return [...(named === undefined ? [] : [named]), join(import.meta.dirname, '..', '..', '..', 'shared', 'specs')];
}

function replace(document: unknown, pointer: string, schema: Json): void {
  const steps = pointer
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = steps.pop()!;
  const holder = steps.reduce((at, step) => (at as Record<string, unknown>)[step], document) as Record<string, Json>;
  if (!Object.hasOwn(holder, last)) throw new Error(`Nothing to amend at ${pointer}`);
  holder[last] = schema;
}
