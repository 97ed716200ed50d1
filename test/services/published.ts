/**
 * The vendors' own descriptions of their interfaces, where they are at hand: files in the folder that FLAGBOOK_API_DESCRIPTIONS
 * names, or in `shared/specs` beside the project, plain or gzipped. None of them is part of the project; without them the
 * emulator holds to descriptions of ours alone.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { type Description, describeInterface } from './description.ts';

/** The description in a file such as `growthbook.yaml`, or null where it is not at hand. `base` as in `describeInterface`. */
export function publishedDescription(file: string, base = ''): Description | null {
  for (const folder of folders()) {
    for (const name of [file, `${file}.gz`]) {
      const path = join(folder, name);
      if (!existsSync(path)) continue;
      const bytes = readFileSync(path);
      const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
      return describeInterface(file.endsWith('.json') ? JSON.parse(text) : parse(text), base);
    }
  }
  return null;
}

function folders(): readonly string[] {
  const named = process.env.FLAGBOOK_API_DESCRIPTIONS;
  return [...(named === undefined ? [] : [named]), join(import.meta.dirname, '..', '..', '..', 'shared', 'specs')];
}
