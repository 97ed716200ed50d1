/**
 * The vendors' own descriptions of their interfaces, where they are at hand: files in the folder that FLAGBOOK_API_DESCRIPTIONS
 * names, or in `shared/specs` beside the project, plain or gzipped. None of them is part of the project; without them the
 * emulator holds to descriptions of ours alone.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
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

/** What in a value breaks a JSON Schema that is at hand; null where it is not. */
export function schemaFaults(file: string, value: unknown): readonly string[] | null {
  const path = folders()
    .map(folder => join(folder, file))
    .find(existsSync);
  if (path === undefined) return null;
  const { $schema: _dialect, ...schema } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  const validate = new Ajv2020({ strict: false, logger: false, allErrors: true }).compile(schema);
  return validate(value) ? [] : (validate.errors ?? []).map(error => `${error.instancePath} ${error.message}`);
}
