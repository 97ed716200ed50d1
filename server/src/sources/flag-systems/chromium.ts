/**
 * Chromium's flag metadata (`flag-metadata.json`, a list), after the comment at the head of that file:
 *
 * - key: `name`, as in `chrome://flags`; owner: `owners`; due to go: `expiry_milestone`, where -1 means never.
 *
 * It says that a flag exists and until when, not what it does: it has no state and no dates.
 */

import * as z from 'zod';
import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import { listText } from '../../core/flags/rollout/describe.ts';
import { yamlText, yamlValue } from '../../core/markdown/yamlTree.ts';
import type { Flag, FlagFile } from '../../core/model.ts';
import { checkEntry, type DecodingContext, type FlagFileDecoder, flagFile } from './decoder.ts';
import { addProblem, createProblems } from './problems.ts';
import type { FileShape } from './shape.ts';
import { readTrees } from './trees.ts';

export const chromiumDecoder: FlagFileDecoder = { system: 'chromium', recognises, decode };

const flagSchema = z.object({ owners: z.array(z.string()).default([]), expiry_milestone: z.number().int().optional() });

function recognises(shape: FileShape): boolean {
  return shape.notation === 'json' && shape.list && shape.hasAll('x/name', 'x/expiry_milestone');
}

function decode(path: string, text: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const flags = new Map<string, Flag>();
  for (const tree of readTrees(path, text, problems)) {
    for (const item of tree.kind === 'list' ? tree.items : []) {
      const nameTree = yamlValue(item, 'name');
      const key = yamlText(nameTree);
      if (key === null || nameTree === null) {
        addProblem(problems, 'warning', 'shape', item.span, 'An entry without a "name" is left out.');
        continue;
      }
      const decoded = checkEntry(flagSchema, item, `flag "${key}"`, problems);
      const milestone = decoded?.expiry_milestone;
      if (milestone === undefined) {
        addProblem(
          problems,
          'warning',
          'shape',
          nameTree.span,
          `Flag "${key}" needs an "expiry_milestone"; -1 for never.`,
        );
      }
      const earlier = flags.get(key)?.declaration?.keySpan;
      if (earlier !== undefined) {
        const message = `Flag "${key}" stands twice in this file; only the last one counts. Remove one.`;
        addProblem(problems, 'warning', 'duplicate', earlier, message);
        flags.delete(key);
      }
      const owners = decoded?.owners ?? [];
      flags.set(key, {
        ...bareFlag(key, 'chromium', path, nameTree.span, item.span),
        // The name is a switch's; code asks for the features behind it.
        askedOtherwise: true,
        owner: owners.length === 0 ? null : listText(owners),
        ...(milestone === undefined ? {} : { expiresWords: milestone < 0 ? 'never' : `milestone ${milestone}` }),
      });
    }
  }
  return flagFile(problems, 'chromium', context.environment, [...flags.values()]);
}
