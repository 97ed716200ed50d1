/**
 * OpenFeature's flag manifest, the file that code generators read (open-feature/cli, `schema/v0/flag-manifest.json`):
 *
 * - key: the name in `flags`; kind: `flagType` (`boolean`, `string`, `integer`, `float`, `object`); `description`;
 * - `defaultValue`: the fallback that generated code passes, shown as the only variation.
 *
 * A manifest says that a flag exists, not what it does: it has no state, owner, dates or expiry.
 */

import * as z from 'zod';
import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import { yamlValue } from '../../core/markdown/yamlTree.ts';
import type { Flag, FlagFile, ValueType } from '../../core/model.ts';
import {
  anyJson,
  checkEntry,
  commonType,
  type DecodingContext,
  type FlagFileDecoder,
  flagFile,
  uniqueEntries,
} from './decoder.ts';
import { addProblem, createProblems } from './problems.ts';
import type { FileShape } from './shape.ts';
import { readTrees } from './trees.ts';

export const openfeatureManifestDecoder: FlagFileDecoder = {
  system: 'openfeature-manifest',
  recognises,
  decode,
};

const flagSchema = z.object({
  flagType: z.enum(['boolean', 'string', 'integer', 'float', 'object']).optional(),
  defaultValue: anyJson.optional(),
  description: z.string().optional(),
});

const KINDS: Readonly<Record<string, ValueType>> = {
  boolean: 'boolean',
  string: 'string',
  integer: 'number',
  float: 'number',
  object: 'object',
};

function recognises(shape: FileShape): boolean {
  if (shape.notation !== 'json') return false;
  if (shape.has('flags/x/flagType')) return true;
  return shape.hasAll('flags', '$schema') && /"\$schema"\s*:\s*"[^"]*flag-manifest/.test(shape.text);
}

function decode(path: string, text: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const flags: Flag[] = [];
  for (const tree of readTrees(path, text, problems)) {
    const entries = yamlValue(tree, 'flags');
    if (entries?.kind !== 'map') continue;
    for (const { key, keySpan, value } of uniqueEntries(entries, 'Flag', problems)) {
      const decoded = value.kind === 'map' ? checkEntry(flagSchema, value, `flag "${key}"`, problems) : null;
      const kind = decoded?.flagType === undefined ? null : (KINDS[decoded.flagType] ?? null);
      const fallback = decoded?.defaultValue;
      if (kind === null || fallback === undefined) {
        const message = `Flag "${key}" needs "flagType" and "defaultValue"; the generators refuse it like this.`;
        addProblem(problems, 'warning', 'shape', keySpan, message);
      } else if (commonType([fallback]) !== kind) {
        const span = yamlValue(value, 'defaultValue')?.span ?? keySpan;
        addProblem(problems, 'warning', 'mixed-types', span, `The default value of "${key}" is no ${kind}.`);
      }
      const span = { start: keySpan.start, end: Math.max(keySpan.end, value.span.end) };
      flags.push({
        ...bareFlag(key, 'openfeature-manifest', path, keySpan, span),
        kind,
        description: decoded?.description ?? null,
        ...(fallback === undefined ? {} : { fallback }),
        variations:
          fallback === undefined
            ? []
            : [{ name: 'default', value: fallback, span: yamlValue(value, 'defaultValue')?.span ?? null }],
      });
    }
  }
  return flagFile(problems, 'openfeature-manifest', context.environment, flags);
}
