/**
 * Kubernetes' list of feature gates (`versioned_feature_list.yaml`), after `k8s.io/component-base/featuregate`:
 *
 * - key: `name`; state: `default` of the newest of `versionedSpecs`, on or off unless whoever runs a cluster says otherwise;
 *   `lockToDefault` ends that choice; `preRelease` (Alpha, Beta, GA, Deprecated) as a tag;
 * - due to go: three minor versions behind the one that locked it, as Kubernetes' rules for feature gates have it;
 * - type: release, unless deprecated.
 *
 * It has no owner and no dates.
 */

import * as z from 'zod';
import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import { yamlText, yamlValue } from '../../core/markdown/yamlTree.ts';
import type { Flag, FlagFile } from '../../core/model.ts';
import { checkEntry, type DecodingContext, type FlagFileDecoder, flagFile, ON_OFF } from './decoder.ts';
import { defaultState } from './defaultState.ts';
import { addProblem, createProblems } from './problems.ts';
import type { FileShape } from './shape.ts';
import { readTrees } from './trees.ts';

export const kubernetesDecoder: FlagFileDecoder = { system: 'kubernetes', recognises, decode, parts, evenInTests };

const specSchema = z.object({
  default: z.boolean().default(false),
  lockToDefault: z.boolean().default(false),
  preRelease: z.string().nullish(),
  version: z.union([z.string(), z.number()]).nullish(),
});

const gateSchema = z.object({ versionedSpecs: z.array(specSchema).default([]) });

type Spec = z.output<typeof specSchema>;

function recognises(shape: FileShape): boolean {
  return shape.notation === 'yaml' && shape.list && shape.hasAll('x/name', 'x/versionedSpecs');
}

/** Kubernetes keeps its own list under `test/`, where it is no test's data. */
function evenInTests(path: string): boolean {
  return /feature_list\.ya?ml$/.test(path);
}

/** Items of the list; what stands before the first is a comment. */
function parts(text: string): readonly string[] {
  return text.split(/^(?=- )/m).filter(part => part.startsWith('- '));
}

function decode(path: string, text: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const flags = new Map<string, Flag>();
  for (const tree of readTrees(path, text, problems)) {
    for (const item of tree.kind === 'list' ? tree.items : []) {
      const nameTree = yamlValue(item, 'name');
      const key = yamlText(nameTree);
      if (key === null || nameTree === null) {
        addProblem(problems, 'warning', 'shape', item.span, 'A feature gate without a "name" is left out.');
        continue;
      }
      const gate = checkEntry(gateSchema, item, `feature gate "${key}"`, problems);
      const earlier = flags.get(key)?.declaration?.keySpan;
      if (earlier !== undefined) {
        const message = `Feature gate "${key}" stands twice in this list; only the last one counts. Remove one.`;
        addProblem(problems, 'warning', 'duplicate', earlier, message);
        flags.delete(key);
      }
      const bare = bareFlag(key, 'kubernetes', path, nameTree.span, item.span);
      flags.set(key, gateFlag(bare, gate?.versionedSpecs ?? []));
    }
  }
  return flagFile(problems, 'kubernetes', context.environment, [...flags.values()]);
}

function gateFlag(bare: Flag, specs: readonly Spec[]): Flag {
  const flag: Flag = { ...bare, kind: 'boolean', variations: ON_OFF, offValue: false };
  const sorted = specs.toSorted((a, b) => minorOf(a) - minorOf(b));
  const current = sorted.at(-1);
  if (current === undefined) return flag;
  const stage =
    current.preRelease === null || current.preRelease === undefined || current.preRelease === ''
      ? 'GA'
      : current.preRelease;
  const since = current.version ? ` since ${current.version}` : '';
  const details = `${stage}${since}${current.lockToDefault ? ', locked' : ''}`;
  const locked = sorted.find(spec => spec.lockToDefault);
  const lockedAt = locked === undefined ? null : /^(\d+)\.(\d+)$/.exec(String(locked.version ?? ''));
  return {
    ...flag,
    type: /^deprecated$/i.test(stage) ? null : 'release',
    tags: [stage],
    environments: [defaultState(current.default, details)],
    ...(lockedAt === null ? {} : { expiresWords: `version ${lockedAt[1]}.${Number(lockedAt[2]) + 3}` }),
  };
}

/** Versions in order; an empty one is the oldest. */
function minorOf(spec: Spec): number {
  const match = /^(\d+)\.(\d+)/.exec(String(spec.version ?? ''));
  return match === null ? -1 : Number(match[1]) * 10_000 + Number(match[2]);
}
