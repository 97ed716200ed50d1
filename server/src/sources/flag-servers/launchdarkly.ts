/**
 * LaunchDarkly, by its REST API, version 20240415 (checked against the vendor's OpenAPI description; no real server was asked).
 * Where every field comes from:
 *
 * - environments, and which are production (`critical`): `GET /api/v2/projects/{project}/environments`;
 * - flags: `GET /api/v2/flags/{project}?summary=0&env=…`, 100 a page; archived ones the same with `filter=state:archived`.
 *   `key`, `name`, `description`, `tags`, `variations`, `creationDate` (ms), `temporary` (permanent flags have no lifetime), `deprecated`
 *   (marked as to be removed), `_maintainer` or `_maintainerTeam` (owner);
 * - state in each environment: `environments.*`: `on`, `offVariation`, `fallthrough`, `rules`, `targets`, `contextTargets`,
 *   `prerequisites`, read as the SDKs do; `lastModified` (changed); `_site` (the page);
 * - last evaluated, lifecycle (new, active, launched, inactive) and the fallback that code passes:
 *   `GET /api/v2/flag-statuses/{project}/{environment}`; left out where the token may not read it.
 * - who changed what: `GET /api/v2/auditlog` (launchdarklyAudit.ts), whose 20 newest entries also say who changed a flag last;
 * - actions: launchdarklyActions.ts.
 *
 * Token: raw in `Authorization`. Least permission: an access token with the role Reader. Addresses: app.launchdarkly.com,
 * app.eu.launchdarkly.com, app.launchdarkly.us (federal).
 */
import * as z from 'zod';
import type { EnvironmentState, Flag, JsonValue, Variation } from '../../core/model.ts';
import { anyJson, commonType, unreadableState } from '../flag-systems/decoder.ts';
import { configSchema, isExperiment, launchdarklyState, variationName } from '../flag-systems/launchdarklyTargeting.ts';
import { withLastChanges } from './lastChanges.ts';
import { launchdarklyActions } from './launchdarklyActions.ts';
import { launchdarklyAudit } from './launchdarklyAudit.ts';
import { fitting, instant, momentOf, oddNotices, servedFlag, timeOf, unreadable } from './mapping.ts';
import { allItems, countedPage, fieldOf, listIn } from './paging.ts';
import type { Answers, FlagService, MapContext, Reading, ServiceClient, ServiceTarget } from './service.ts';

export const launchdarklyService: FlagService = {
  kind: 'launchdarkly',
  title: 'LaunchDarkly',
  defaultUrl: 'https://app.launchdarkly.com',
  projectWord: 'project',
  permission: 'an access token with the role Reader',
  period: 60,
  headers: token => ({ authorization: token, 'ld-api-version': API_VERSION }),
  probe,
  fetch,
  map,
  audit: launchdarklyAudit,
  actions: launchdarklyActions,
};

const API_VERSION = '20240415';
const PAGE = 100;

/** The newest entry of the audit log that concerns the project. */
async function probe(client: ServiceClient, target: ServiceTarget): Promise<string | null> {
  const spec = `proj/${target.project ?? ''}:env/*:flag/*`;
  const answer = await client.optional('changes as they happen', client.get('/api/v2/auditlog', { spec, limit: 1 }));
  const newest = fitting(z.object({ _id: z.string() }), fieldOf(answer, 'items')).items[0];
  return newest?._id ?? null;
}

async function fetch(client: ServiceClient, target: ServiceTarget): Promise<Answers> {
  const project = encodeURIComponent(target.project ?? '');
  const environments = await allItems(
    offset => client.get(`/api/v2/projects/${project}/environments`, { limit: PAGE, offset }),
    (answer, count) => countedPage(answer, { list: 'items', total: 'totalCount', size: PAGE }, count),
  );
  const names = environmentsOf(environments, target).map(each => each.key);
  const flagPages = (filter: string | undefined) =>
    allItems(
      offset => client.get(`/api/v2/flags/${project}`, { env: names, summary: 0, limit: PAGE, offset, filter }),
      (answer, count) => countedPage(answer, { list: 'items', total: 'totalCount', size: PAGE }, count),
    );
  const flags = await flagPages(undefined);
  const archived = await flagPages('state:archived');
  const statuses: Record<string, unknown> = {};
  for (const name of names) {
    const path = `/api/v2/flag-statuses/${project}/${encodeURIComponent(name)}`;
    statuses[name] = await client.optional(`last evaluations in ${name}`, client.get(path));
  }
  const spec = `proj/${target.project ?? ''}:env/*:flag/*`;
  const newest = await client.optional('who changed what', client.get('/api/v2/auditlog', { spec, limit: 20 }));
  return { environments, flags, archived, statuses, newest };
}

const environmentSchema = z.object({ key: z.string(), critical: z.boolean().catch(false) });

const member = z.object({
  email: z.string().nullish(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
});

const flagSchema = z.object({
  key: z.string(),
  name: z.string().nullish().catch(null),
  description: z.string().nullish().catch(null),
  tags: z.array(z.string()).catch([]),
  temporary: z.boolean().nullish().catch(null),
  deprecated: z.boolean().nullish().catch(null),
  archived: z.boolean().nullish().catch(null),
  creationDate: z.number().nullish().catch(null),
  variations: z.array(z.object({ value: anyJson, name: z.string().nullish() })),
  defaults: z.object({ offVariation: z.number().int() }).nullish().catch(null),
  _maintainer: member.nullish().catch(null),
  _maintainerTeam: z.object({ name: z.string() }).nullish().catch(null),
  environments: z.record(z.string(), z.unknown()).default({}),
});

const environmentConfigSchema = configSchema.extend({
  on: z.boolean(),
  lastModified: z.number().nullish().catch(null),
  _site: z.object({ href: z.string() }).nullish().catch(null),
});

const statusSchema = z.object({
  name: z.string(),
  lastRequested: z.string().nullish(),
  default: anyJson.optional(),
  _links: z.object({ parent: z.object({ href: z.string() }) }),
});

type ServedFlag = z.output<typeof flagSchema>;
type Status = z.output<typeof statusSchema>;
type Environment = z.output<typeof environmentSchema>;

function map(answers: Answers, context: MapContext): Reading {
  const live = fitting(flagSchema, answers.flags);
  if (!Array.isArray(answers.flags) || (live.items.length === 0 && live.odd > 0)) return unreadable('no list of flags');
  const gone = fitting(flagSchema, answers.archived);
  const environments = environmentsOf(answers.environments, context);
  const statuses = new Map(environments.map(({ key }) => [key, statusesOf(fieldOf(answers.statuses, key))]));
  const flags = [...live.items, ...gone.items].map(flag => flagOf(flag, environments, statuses, context));
  const entries = { entries: listIn(answers.newest, 'items') ?? [], complete: false };
  return {
    flags: withLastChanges(flags, launchdarklyAudit.entries(entries, context), context),
    problem: null,
    notices: oddNotices('LaunchDarkly', 'flags', live.odd + gone.odd),
  };
}

/** The environments to read, in the configuration's order, else the service's. */
function environmentsOf(answer: unknown, { environments }: ServiceTarget): readonly Environment[] {
  const all = fitting(environmentSchema, answer).items;
  if (environments.length === 0) return all;
  return environments.flatMap(name => all.find(each => each.key === name) ?? []);
}

/** By key, which stands at the end of the flag's own address. */
function statusesOf(answer: unknown): ReadonlyMap<string, Status> {
  const { items } = fitting(statusSchema, fieldOf(answer, 'items'));
  return new Map(items.map(each => [each._links.parent.href.split('/').at(-1) ?? '', each]));
}

function flagOf(
  flag: ServedFlag,
  environments: readonly Environment[],
  statuses: ReadonlyMap<string, ReadonlyMap<string, Status>>,
  context: MapContext,
): Flag {
  const variations = variationsOf(flag.variations);
  const read = environments.map(({ key, critical }) => {
    const config = environmentConfigSchema.safeParse(flag.environments[key]);
    const status = statuses.get(key)?.get(flag.key);
    return { key, critical, config: config.success ? config.data : null, status };
  });
  const configs = read.flatMap(each => each.config ?? []);
  const changed = momentOf(largest(configs.map(each => each.lastModified)), 'launchdarkly', context);
  const seen = read.flatMap(each => timeOf(each.status?.lastRequested, context) ?? []).sort();
  const evaluated = momentOf(seen.at(-1), 'launchdarkly', context);
  const fallbacks = read.flatMap(each => (each.status?.default === undefined ? [] : [each.status.default]));
  const off = flag.defaults?.offVariation ?? configs[0]?.offVariation;
  const stage = read.find(each => each.critical && each.status !== undefined)?.status?.name ?? read[0]?.status?.name;
  const site = configs.find(each => each._site)?._site?.href;
  return {
    ...servedFlag(flag.key, 'launchdarkly', context),
    name: flag.name || null,
    description: flag.description || null,
    kind: commonType(variations.map(each => each.value)),
    type: configs.some(isExperiment) ? 'experiment' : null,
    owner: flag._maintainerTeam?.name ?? memberName(flag._maintainer),
    tags: flag.tags,
    variations,
    offValue: typeof off === 'number' ? variations[off]?.value : undefined,
    environments: read.map(each => stateOf(each, variations, context)),
    prerequisites: [...new Set(configs.flatMap(each => (each.prerequisites ?? []).map(one => one.key)))],
    created: timeOf(flag.creationDate, context),
    ...(flag.temporary === false ? { lifetime: 'none' } : {}),
    ...(changed === null ? {} : { changed }),
    ...(evaluated === null ? {} : { evaluated }),
    ...(stage === undefined ? {} : { lifecycle: { stage, since: null } }),
    ...(flag.deprecated === true ? { markedStale: true as const } : {}),
    ...(allSame(fallbacks) ? { fallback: fallbacks[0]! } : {}),
    archived: flag.archived === true,
    url: pageOf(flag.key, site, context),
  };
}

interface ReadEnvironment {
  readonly key: string;
  readonly critical: boolean;
  readonly config: z.output<typeof environmentConfigSchema> | null;
  readonly status: Status | undefined;
}

function stateOf(read: ReadEnvironment, variations: readonly Variation[], context: MapContext): EnvironmentState {
  const evaluated = timeOf(read.status?.lastRequested, context);
  const more = { production: read.critical, ...(evaluated === null ? {} : { evaluated }) };
  const asOf = instant(context.now);
  if (read.config === null) return { ...unreadableState(read.key), asOf, ...more };
  let isWhole = true;
  const state = launchdarklyState(read.config, variations, {
    environment: read.key,
    asOf,
    onUnknownVariation: () => {
      isWhole = false;
    },
    onWeights: () => {},
  });
  return isWhole ? { ...state, ...more } : { ...unreadableState(read.key), asOf, ...more };
}

function variationsOf(served: ServedFlag['variations']): readonly Variation[] {
  const names = new Set<string>();
  return served.map(({ value, name }, position) => {
    const plain = name || variationName(value, position);
    const own = names.has(plain) ? `${plain} (${position})` : plain;
    names.add(own);
    return { name: own, value, span: null };
  });
}

function memberName(maintainer: ServedFlag['_maintainer']): string | null {
  const full = [maintainer?.firstName, maintainer?.lastName].filter(Boolean).join(' ');
  return full || maintainer?.email || null;
}

function pageOf(key: string, site: string | undefined, { url, project }: MapContext): string {
  const path = site?.startsWith('/') === true && !site.startsWith('//') ? site : null;
  return `${new URL(url).origin}${path ?? `/projects/${encodeURIComponent(project ?? '')}/flags/${encodeURIComponent(key)}`}`;
}

function allSame(values: readonly JsonValue[]): boolean {
  return values.length > 0 && new Set(values.map(value => JSON.stringify(value))).size === 1;
}

function largest(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter(value => typeof value === 'number');
  return known.length === 0 ? null : Math.max(...known);
}
