/**
 * Flipt, versions 2 and 1 (checked against its OpenAPI descriptions; no real server was asked). Where every field comes from:
 *
 * - version 2: the environments `GET /api/v2/environments`; flags and segments of a namespace in each of them
 *   `GET /api/v2/environments/{environment}/namespaces/{namespace}/resources/flipt.core.Flag` (and `…Segment`): key, name, description,
 *   variants, rules, rollouts, and owner, type, tags and dates from `metadata`;
 * - version 1, which has no environments: `GET /internal/v1/evaluation/snapshot/namespace/{namespace}`, what its clients evaluate, shown
 *   under the first environment of the configuration, else `default`; this one has `createdAt` and `updatedAt` (changed);
 * - both are read as Flipt's files are; the page: `/#/namespaces/{namespace}/flags/{key}`.
 *
 * No log, no last evaluations, no owner of its own. `project` is the namespace, else `default`. Token: `Bearer`, where the server wants
 * one; least permission: reading the namespace.
 */
import * as z from 'zod';
import type { Flag } from '../../core/model.ts';
import { anyJson, unreadableState } from '../flag-systems/decoder.ts';
import { fliptDecoder } from '../flag-systems/flipt.ts';
import { fliptActions } from './fliptActions.ts';
import { fitting, instant, momentOf, serverName, timeOf, unreadable } from './mapping.ts';
import { fieldOf, listIn } from './paging.ts';
import type { Answers, FlagService, MapContext, Reading, ServiceClient, ServiceTarget } from './service.ts';

export const fliptService: FlagService = {
  kind: fliptDecoder.system,
  title: 'Flipt',
  defaultUrl: null,
  projectWord: null,
  token: 'optional',
  permission: 'a token that may read the namespace, where the server wants one',
  period: 30,
  headers: token => ({ authorization: `Bearer ${token}` }),
  // One stream for each environment of the configuration; where it names none, there may be any number.
  streams: (target, { environments }) => {
    const names = environments === null || environments === undefined ? [] : target.environments;
    const namespace = encodeURIComponent(namespaceOf(target));
    return environmentsOf(environments, { ...target, environments: names })
      .filter(name => names.length <= MOST_STREAMS && names.includes(name))
      .map(name => ({
        url: `${target.url}/client/v2/environments/${encodeURIComponent(name)}/namespaces/${namespace}/stream`,
        format: 'lines',
        isChange: () => true,
      }));
  },
  fetch,
  map,
  actions: fliptActions,
};

const MOST_STREAMS = 4;

async function fetch(client: ServiceClient, target: ServiceTarget): Promise<Answers> {
  const namespace = encodeURIComponent(namespaceOf(target));
  const environments = await client.optional('environments', client.get('/api/v2/environments'));
  if (environments === null) {
    return {
      environments,
      states: {
        [onlyEnvironment(target)]: await client.get(`/internal/v1/evaluation/snapshot/namespace/${namespace}`),
      },
    };
  }
  const states: Record<string, unknown> = {};
  for (const name of environmentsOf(environments, target)) {
    const path = `/api/v2/environments/${encodeURIComponent(name)}/namespaces/${namespace}/resources`;
    const flags = await client.get(`${path}/flipt.core.Flag`);
    const segments = await client.optional('names of segments', client.get(`${path}/flipt.core.Segment`));
    states[name] = { resources: listIn(flags, 'resources') ?? flags, segments: listIn(segments, 'resources') ?? [] };
  }
  return { environments, states };
}

/** The namespace that is read. */
export function namespaceOf({ project }: ServiceTarget): string {
  return project ?? 'default';
}

function onlyEnvironment({ environments }: ServiceTarget): string {
  return environments[0] ?? 'default';
}

function environmentsOf(answer: unknown, { environments }: ServiceTarget): readonly string[] {
  const all = fitting(z.object({ key: z.string() }), listIn(answer, 'environments')).items.map(each => each.key);
  return environments.length === 0 ? all : environments.filter(name => all.includes(name));
}

function map(answers: Answers, context: MapContext): Reading {
  const isSecond = fieldOf(answers.environments, 'environments') !== undefined;
  const names = isSecond ? environmentsOf(answers.environments, context) : [onlyEnvironment(context)];
  const read = names.map(name => ({ name, flags: flagsIn(fieldOf(answers.states, name), name, context) }));
  if (read.every(each => each.flags === null)) return unreadable('no list of flags');
  const keys = new Set(read.flatMap(each => [...(each.flags?.keys() ?? [])]));
  const flags = [...keys].map((key): Flag => {
    const having = read.flatMap(({ name, flags }) => {
      const flag = flags?.get(key);
      // A list that could not be read says nothing of the flag; one without it says that it is not there.
      return flag !== undefined || flags === null ? [{ name, flag }] : [];
    });
    const first = having.find(each => each.flag !== undefined)!.flag!;
    const asOf = instant(context.now);
    return {
      ...first,
      environments: having.map(({ name, flag }) => ({
        ...(flag?.environments[0] ?? unreadableState(name)),
        environment: name,
        asOf,
      })),
    };
  });
  return { flags, problem: null, notices: [] };
}

const dates = z.object({ key: z.string(), createdAt: z.string().nullish(), updatedAt: z.string().nullish() });

/** The flags of one environment by key; null for an answer that holds none. */
function flagsIn(state: unknown, environment: string, context: MapContext): ReadonlyMap<string, Flag> | null {
  const resources = listIn(state, 'resources');
  const snapshot = listIn(state, 'flags');
  // A snapshot without flags is only its namespace.
  const isEmpty = snapshot === null && resources === null && fieldOf(state, 'namespace') !== undefined;
  if (resources === null && snapshot === null && !isEmpty) return null;
  const flags =
    resources === null
      ? (snapshot ?? []).map(fromSnapshot)
      : resources.map(each => fromResource(fieldOf(each, 'payload')));
  const segments =
    snapshot === null
      ? (listIn(state, 'segments') ?? []).map(each => fieldOf(each, 'payload'))
      : snapshot.flatMap(segmentsInSnapshot);
  const text = JSON.stringify({ flags: flags.filter(each => each !== null), segments });
  const decoded = fliptDecoder.decode('features.json', text, { environment, now: context.now }).flags;
  const known = new Map(fitting(dates, snapshot).items.map(each => [each.key, each]));
  return new Map(decoded.map(flag => [flag.key, servedFlagOf(flag, known.get(flag.key), context)]));
}

function servedFlagOf(flag: Flag, times: z.output<typeof dates> | undefined, context: MapContext): Flag {
  const changed = momentOf(times?.updatedAt, 'flipt', context);
  const page = `/#/namespaces/${encodeURIComponent(namespaceOf(context))}/flags/${encodeURIComponent(flag.key)}`;
  return {
    ...flag,
    server: serverName(context),
    declaration: null,
    variations: flag.variations.map(each => ({ ...each, span: null })),
    created: timeOf(times?.createdAt ?? flag.created, context),
    ...(changed === null ? {} : { changed }),
    url: `${context.url}${page}`,
  };
}

const segmentsOfRule = { segments: z.array(z.string()).default([]), segmentOperator: z.string().nullish() };

const flagSchema = z.looseObject({
  key: z.string(),
  enabled: z.boolean().default(false),
  variants: z.array(z.looseObject({ key: z.string() })).default([]),
  rules: z.array(z.object({ ...segmentsOfRule, distributions: z.array(anyJson).default([]) })).default([]),
  rollouts: z
    .array(
      z.object({
        segment: z.object({ ...segmentsOfRule, value: z.boolean().default(false) }).nullish(),
        threshold: z.object({ percentage: z.number().default(0), value: z.boolean().default(false) }).nullish(),
      }),
    )
    .default([]),
  defaultVariant: z.string().nullish(),
});

/** A flag of version 2 as it stands in files. What is zero, false or empty is left out of answers. */
function fromResource(payload: unknown): unknown {
  const read = flagSchema.safeParse(payload);
  if (!read.success) return null;
  const { rules, rollouts, variants, defaultVariant, ...flag } = read.data;
  return {
    ...flag,
    variants: variants.map(each => ({ ...each, default: each.key === defaultVariant })),
    rules: rules.map(rule => ({
      segment: { keys: rule.segments, operator: rule.segmentOperator },
      distributions: rule.distributions,
    })),
    rollouts: rollouts.map(({ segment, threshold }) => ({
      ...(segment
        ? { segment: { keys: segment.segments, operator: segment.segmentOperator, value: segment.value } }
        : {}),
      ...(threshold ? { threshold } : {}),
    })),
  };
}

const segments = z
  .array(z.object({ key: z.string(), name: z.string().nullish(), constraints: z.array(anyJson).default([]) }))
  .default([]);

const snapshotSchema = z.object({
  key: z.string(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  enabled: z.boolean().default(false),
  type: z.string().default('VARIANT_FLAG_TYPE'),
  rules: z
    .array(
      z.object({
        segments,
        segmentOperator: z.string().nullish(),
        rank: z.number().default(0),
        distributions: z.array(z.object({ variantKey: z.string(), rollout: z.number().default(0) })).default([]),
      }),
    )
    .default([]),
  rollouts: z
    .array(
      z.object({
        rank: z.number().default(0),
        segment: z
          .object({ segments, segmentOperator: z.string().nullish(), value: z.boolean().default(false) })
          .nullish(),
        threshold: z.object({ percentage: z.number().default(0), value: z.boolean().default(false) }).nullish(),
      }),
    )
    .default([]),
  defaultVariant: z.object({ key: z.string() }).nullish(),
});

/** The segments of a flag of version 1's snapshot, under the names that its rules are given here. */
function segmentsInSnapshot(flag: unknown): readonly unknown[] {
  const read = snapshotSchema.safeParse(flag);
  if (!read.success) return [];
  const { rules, rollouts } = read.data;
  const all = [...rules.map(rule => rule.segments), ...rollouts.map(({ segment }) => segment?.segments ?? [])].flat();
  return all.map(({ key, name, constraints }) => ({ key: name || key, constraints }));
}

/** A flag of version 1's snapshot as it stands in files; of its variants only those are known that are served. */
function fromSnapshot(flag: unknown): unknown {
  const read = snapshotSchema.safeParse(flag);
  if (!read.success) return null;
  const { key, name, description, enabled, type, rules, rollouts, defaultVariant } = read.data;
  const named = (list: z.output<typeof segments>) => list.map(each => each.name || each.key);
  const served = rules.flatMap(rule => rule.distributions.map(each => each.variantKey));
  const variants = [...new Set([...served, ...(defaultVariant ? [defaultVariant.key] : [])])];
  return {
    key,
    name,
    description,
    enabled,
    type,
    variants: variants.map(each => ({ key: each, default: each === defaultVariant?.key })),
    rules: rules.map(rule => ({
      segment: { keys: named(rule.segments), operator: rule.segmentOperator },
      rank: rule.rank,
      distributions: rule.distributions.map(each => ({ variant: each.variantKey, rollout: each.rollout })),
    })),
    rollouts: rollouts
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ segment, threshold }) => ({
        ...(segment
          ? { segment: { keys: named(segment.segments), operator: segment.segmentOperator, value: segment.value } }
          : {}),
        ...(threshold ? { threshold } : {}),
      })),
  };
}
