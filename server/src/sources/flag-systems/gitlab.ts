/**
 * GitLab's own feature flag definitions, one YAML file a flag (`config/feature_flags/{type}/*.yml`), after GitLab's development
 * documentation:
 *
 * - key: `name`; description; owner: `group`; type: `type` (`ops` operational, `experiment`, others release);
 * - state: `default_enabled`, what an installation has that nobody changed: who runs GitLab turns flags on and off at run time,
 *   so a flag that is off by default may be on anywhere;
 * - url: `rollout_issue_url`, else `introduced_by_url`; created: the `milestone`, as a tag; due to go: `intended_to_rollout_by`.
 */

import * as z from 'zod';
import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import { yamlText, yamlValue } from '../../core/markdown/yamlTree.ts';
import type { Flag, FlagFile, FlagType } from '../../core/model.ts';
import { checkEntry, type DecodingContext, dateOf, type FlagFileDecoder, flagFile, ON_OFF } from './decoder.ts';
import { defaultState } from './defaultState.ts';
import { httpUrl } from './metadata.ts';
import { addProblem, createProblems } from './problems.ts';
import type { FileShape } from './shape.ts';
import { readTrees } from './trees.ts';

export const gitlabDecoder: FlagFileDecoder = { system: 'gitlab', recognises, decode };

const text = z.union([z.string(), z.number()]).nullish();

const flagSchema = z.object({
  name: z.string(),
  description: text,
  milestone: text,
  group: text,
  type: text,
  default_enabled: z.boolean().nullish(),
  introduced_by_url: text,
  rollout_issue_url: text,
  intended_to_rollout_by: text,
});

/** A `name` with its `default_enabled` at the top, beside one of the fields that only these files have. */
function recognises(shape: FileShape): boolean {
  if (shape.notation !== 'yaml' || !shape.hasAll('name', 'default_enabled')) return false;
  return ['milestone', 'introduced_by_url', 'rollout_issue_url', 'group'].some(field => shape.has(field));
}

function decode(path: string, source: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const flags: Flag[] = [];
  for (const tree of readTrees(path, source, problems)) {
    const nameTree = yamlValue(tree, 'name');
    const key = yamlText(nameTree);
    if (key === null || nameTree === null) continue;
    const bare = bareFlag(key, 'gitlab', path, nameTree.span, tree.span);
    const decoded = checkEntry(flagSchema, tree, `flag "${key}"`, problems);
    if (typeof decoded?.default_enabled !== 'boolean') {
      const message = `Flag "${key}" needs "default_enabled" (true or false).`;
      addProblem(problems, 'warning', 'shape', nameTree.span, message);
    }
    if (decoded === null) {
      flags.push(bare);
      continue;
    }
    const enabled = decoded.default_enabled;
    const due = decoded.intended_to_rollout_by;
    const expires = dateOf(due);
    flags.push({
      ...bare,
      description: typeof decoded.description === 'string' ? decoded.description : null,
      kind: 'boolean',
      type: typeOf(decoded.type),
      owner: decoded.group === null || decoded.group === undefined ? null : String(decoded.group),
      tags: decoded.milestone ? [`milestone ${decoded.milestone}`] : [],
      variations: ON_OFF,
      offValue: false,
      environments: typeof enabled === 'boolean' ? [defaultState(enabled)] : [],
      expires,
      ...(expires === null && due ? { expiresWords: `milestone ${due}` } : {}),
      url: httpUrl(decoded.rollout_issue_url) ?? httpUrl(decoded.introduced_by_url),
    });
  }
  return flagFile(problems, 'gitlab', context.environment, flags);
}

function typeOf(word: unknown): FlagType | null {
  switch (word) {
    case 'ops':
    case 'worker':
      return 'operational';
    case 'experiment':
      return 'experiment';
    case undefined:
    case null:
      return null;
    default:
      return 'release';
  }
}
