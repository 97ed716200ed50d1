/**
 * Flipper's export (JSON, version 1), after flippercloud/flipper, `lib/flipper/exporters/json/v1.rb`:
 *
 * - key: the name in `features`; state: on for whom any gate opens: `boolean`, `groups`, `actors`, `percentage_of_actors`,
 *   `percentage_of_time`, `expression`.
 *
 * It has no owner, no dates and no environment.
 */

import * as z from 'zod';
import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import { type CascadeStep, cascadeOutcome, type Range, WHOLE } from '../../core/flags/rollout/cascade.ts';
import { type Condition, deriveState } from '../../core/flags/rollout/rollout.ts';
import { EVERYONE, listedCondition, segmentCondition } from '../../core/flags/rollout/targetingWords.ts';
import { yamlValue } from '../../core/markdown/yamlTree.ts';
import type { Flag, FlagFile } from '../../core/model.ts';
import {
  anyJson,
  checkEntry,
  type DecodingContext,
  entrySpan,
  type FlagFileDecoder,
  flagFile,
  OFF,
  ON,
  ON_OFF,
  uniqueEntries,
  unreadableState,
} from './decoder.ts';
import { expressionCondition } from './flipperExpressions.ts';
import { createProblems } from './problems.ts';
import type { FileShape } from './shape.ts';
import { readTrees } from './trees.ts';

export const flipperDecoder: FlagFileDecoder = { system: 'flipper', recognises, decode };

const scalar = z.union([z.string(), z.number(), z.boolean()]).nullish();

const gatesSchema = z.object({
  boolean: scalar,
  groups: z.array(z.string()).nullish(),
  actors: z.array(z.string()).nullish(),
  percentage_of_actors: scalar,
  percentage_of_time: scalar,
  expression: anyJson.nullish(),
});

function recognises(shape: FileShape): boolean {
  return shape.notation === 'json' && shape.has('features/x/percentage_of_actors');
}

function decode(path: string, text: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const flags: Flag[] = [];
  for (const tree of readTrees(path, text, problems)) {
    const features = yamlValue(tree, 'features');
    if (features?.kind !== 'map') continue;
    for (const entry of uniqueEntries(features, 'Feature', problems)) {
      const { key, keySpan, value } = entry;
      const gates = value.kind === 'map' ? checkEntry(gatesSchema, value, `feature "${key}"`, problems) : null;
      const state =
        gates === null
          ? unreadableState(context.environment)
          : deriveState({
              environment: context.environment,
              variations: ON_OFF,
              offVariation: 'off',
              enabled: true,
              whenDisabled: OFF,
              outcome: cascadeOutcome(stepsOf(gates), OFF),
              asOf: null,
            });
      flags.push({
        ...bareFlag(key, 'flipper', path, keySpan, entrySpan(entry)),
        kind: 'boolean',
        variations: ON_OFF,
        offValue: false,
        environments: [state],
      });
    }
  }
  return flagFile(problems, 'flipper', context.environment, flags);
}

function stepsOf(gates: z.output<typeof gatesSchema>): readonly CascadeStep[] {
  const step = (condition: Condition, hash: string, by: string | null, ranges: readonly Range[]): CascadeStep => ({
    condition,
    hash,
    by,
    parts: [{ outcome: ON, ranges }],
  });
  const share = (value: z.output<typeof scalar>): readonly Range[] => [
    [0, Math.max(0, Math.min(100, Number(value ?? 0) || 0)) / 100],
  ];
  const steps: CascadeStep[] = [];
  if (String(gates.boolean ?? 'false') === 'true') steps.push(step(EVERYONE, 'none', null, WHOLE));
  if (gates.expression !== null && gates.expression !== undefined)
    steps.push(step(expressionCondition(gates.expression), 'none', null, WHOLE));
  if (gates.groups?.length) steps.push(step(segmentCondition(gates.groups), 'none', null, WHOLE));
  if (gates.actors?.length) steps.push(step(listedCondition(gates.actors.length, 'actor'), 'none', null, WHOLE));
  steps.push(step(EVERYONE, 'actors', 'actor', share(gates.percentage_of_actors)));
  steps.push(step(EVERYONE, 'time', 'chance', share(gates.percentage_of_time)));
  return steps;
}
