/**
 * Microsoft.FeatureManagement's sections of `appsettings*.json`, in both schemas, after the documentation of feature management
 * for .NET:
 *
 * - `FeatureManagement`: key: the name; `true`, `false`, or `EnabledFor` with filters (`RequirementType` Any or All);
 * - `feature_management.feature_flags[]`: key: `id`; `enabled`, `conditions.client_filters` (`requirement_type`), `description`,
 *   `variants` with their `allocation`;
 * - state: on for whom the filters let through: Percentage, TimeWindow, Targeting, AlwaysOn; others are named. A flag with variants does
 *   what its variants do: who is allocated which.
 *
 * The environment is the file's (`appsettings.Staging.json`). There is no owner and there are no dates.
 */

import * as z from 'zod';
import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import { deriveState, withSchedule } from '../../core/flags/rollout/rollout.ts';
import { yamlItems, yamlText, yamlValue } from '../../core/markdown/yamlTree.ts';
import type { EnvironmentState, Flag, FlagFile, Variation } from '../../core/model.ts';
import type { Span } from '../../core/text.ts';
import {
  anyJson,
  checkEntry,
  type DecodingContext,
  entrySpan,
  type FlagFileDecoder,
  flagFile,
  OFF,
  ON_OFF,
  uniqueEntries,
  unreadableState,
} from './decoder.ts';
import { type Filter, filterSchema, filtersOutcome } from './dotnetFilters.ts';
import {
  type Allocation,
  allocatedOutcome,
  allocatedVariants,
  allocationSchema,
  variantOutcome,
} from './dotnetVariants.ts';
import { addProblem, createProblems, type ProblemSink } from './problems.ts';
import type { FileShape } from './shape.ts';
import { findText, readTrees, type Tree } from './trees.ts';

export const dotnetDecoder: FlagFileDecoder = { system: 'dotnet', recognises, decode };

const dotnetSchema = z.object({ EnabledFor: z.array(filterSchema).nullish(), RequirementType: z.string().nullish() });

const flagSchema = z.object({
  description: z.string().nullish(),
  enabled: z.union([z.boolean(), z.string()]).nullish(),
  conditions: z
    .object({ requirement_type: z.string().nullish(), client_filters: z.array(filterSchema).nullish() })
    .nullish(),
  variants: z.array(z.object({ name: z.string(), configuration_value: anyJson.nullish() })).nullish(),
  allocation: allocationSchema.nullish(),
});

function recognises(shape: FileShape): boolean {
  if (shape.notation !== 'json' || shape.list) return false;
  return shape.has('FeatureManagement') || shape.has('feature_management/feature_flags');
}

function decode(path: string, text: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const flags = new Map<string, Flag>();
  const add = (flag: Flag) => {
    const earlier = flags.get(flag.key)?.declaration?.keySpan;
    if (earlier !== undefined) {
      const message = `Flag "${flag.key}" stands twice in this file; only the last one counts. Remove one.`;
      addProblem(problems, 'warning', 'duplicate', earlier, message);
      flags.delete(flag.key);
    }
    flags.set(flag.key, flag);
  };
  for (const tree of readTrees(path, text, problems)) {
    const section = yamlValue(tree, 'FeatureManagement');
    if (section?.kind === 'map') {
      for (const entry of uniqueEntries(section, 'Feature', problems)) {
        if (entry.key === 'feature_flags' || entry.key.startsWith('$')) continue;
        const bare = booleanFlag(entry.key, path, entry.keySpan, entrySpan(entry));
        add({ ...bare, environments: [dotnetState(entry.key, entry.value, context, problems)] });
      }
    }
    const list = yamlValue(yamlValue(tree, 'feature_management') ?? section, 'feature_flags');
    for (const item of yamlItems(list)) {
      const flag = microsoftFlag(item, path, context, problems);
      if (flag !== null) add(flag);
    }
  }
  return flagFile(problems, 'dotnet', context.environment, [...flags.values()]);
}

function booleanFlag(key: string, path: string, keySpan: Span, span: Span): Flag {
  return { ...bareFlag(key, 'dotnet', path, keySpan, span), kind: 'boolean', variations: ON_OFF, offValue: false };
}

/** `true`, `"true"`, or the filters that must let a user through. */
function dotnetState(key: string, tree: Tree, context: DecodingContext, problems: ProblemSink): EnvironmentState {
  if (tree.kind === 'scalar') {
    const word = tree.text.toLowerCase();
    if (word === 'true' || word === 'false') return stateOf(word === 'true', [{ name: 'AlwaysOn' }], 'Any', context);
  }
  const decoded = tree.kind === 'map' ? checkEntry(dotnetSchema, tree, `feature "${key}"`, problems) : null;
  if (decoded?.EnabledFor === undefined || decoded.EnabledFor === null) {
    const message = `Feature "${key}" is neither true nor false, and has no "EnabledFor"; it counts as off.`;
    addProblem(problems, 'warning', 'shape', tree.span, message);
    return decoded === null ? unreadableState(context.environment) : stateOf(false, [], 'Any', context);
  }
  // Without a filter nothing turns it on.
  const { EnabledFor: filters, RequirementType: requirement } = decoded;
  return stateOf(filters.length > 0, filters, /^all$/i.test(requirement ?? '') ? 'All' : 'Any', context);
}

function microsoftFlag(tree: Tree, path: string, context: DecodingContext, problems: ProblemSink): Flag | null {
  const idTree = yamlValue(tree, 'id');
  const key = yamlText(idTree);
  if (key === null || idTree === null) {
    addProblem(problems, 'warning', 'shape', tree.span, 'A feature flag without an "id" is left out.');
    return null;
  }
  const bare = booleanFlag(key, path, idTree.span, tree.span);
  const decoded = checkEntry(flagSchema, tree, `flag "${key}"`, problems);
  if (decoded === null) return { ...bare, environments: [unreadableState(context.environment)] };
  const filters = decoded.conditions?.client_filters ?? [];
  const requirement = /^all$/i.test(decoded.conditions?.requirement_type ?? '') ? 'All' : 'Any';
  const enabled = String(decoded.enabled ?? false).toLowerCase() === 'true';
  const gates = filters.length === 0 ? [{ name: 'AlwaysOn' }] : filters;
  const described = { ...bare, description: decoded.description ?? null };
  const variants = (decoded.variants ?? []).map(
    (variant): Variation => ({ name: variant.name, value: variant.configuration_value ?? variant.name, span: null }),
  );
  if (variants.length === 0) return { ...described, environments: [stateOf(enabled, gates, requirement, context)] };
  const allocation = decoded.allocation ?? {};
  noteUnknownVariants(allocation, variants, key, tree, problems);
  return {
    ...described,
    // Code may ask whether it is on, or for its variant.
    kind: null,
    variations: variants,
    offValue: undefined,
    environments: [stateOf(enabled, gates, requirement, context, { variants, allocation })],
  };
}

function noteUnknownVariants(
  allocation: Allocation,
  variants: readonly Variation[],
  key: string,
  tree: Tree,
  problems: ProblemSink,
): void {
  for (const name of allocatedVariants(allocation)) {
    if (variants.some(variant => variant.name === name)) continue;
    const span = findText(yamlValue(tree, 'allocation'), name)?.span ?? tree.span;
    const message = `"${key}" gives variant "${name}", which it does not have; such users get none.`;
    addProblem(problems, 'error', 'unknown-variation', span, message);
  }
}

function stateOf(
  enabled: boolean,
  filters: readonly Filter[],
  requirement: 'Any' | 'All',
  context: DecodingContext,
  served?: { readonly variants: readonly Variation[]; readonly allocation: Allocation },
): EnvironmentState {
  const moments: number[] = [];
  const at = (now: number) => {
    const filtered = filtersOutcome(filters, requirement, now, time => moments.push(time));
    return deriveState({
      environment: context.environment,
      variations: served?.variants ?? ON_OFF,
      offVariation: served === undefined ? 'off' : null,
      enabled,
      whenDisabled: served === undefined ? OFF : variantOutcome(served.allocation.default_when_disabled),
      outcome: served === undefined ? filtered : allocatedOutcome(filtered, served.allocation),
      asOf: null,
    });
  };
  const current = at(context.now);
  const next = Math.min(...moments.filter(time => time > context.now));
  return enabled && Number.isFinite(next) ? withSchedule(current, at(next), next) : current;
}
