/**
 * Flagsmith, by its admin API (checked against the vendor's OpenAPI description; no real server was asked). Where every field comes from:
 *
 * - environments: `GET /api/v1/environments/?project=`; which of them are production, Flagsmith does not say;
 * - features, 100 a page: `GET /api/v1/projects/{project}/features/?environment=`: `name` (the key), `description`, `owners` and
 *   `group_owners`, `created_date`, `last_modified_in_any_environment` (changed), `is_archived`, `lifecycle_stage` of the first environment
 *   that is asked for; names of `tags`: `GET …/tags/`, which also says which tags mean permanent or stale;
 * - state in each environment: `GET /api/v1/environments/{key}/document/`, what SDKs evaluate, read as the file of the same shape;
 * - who changed what: `GET /api/v1/projects/{project}/audit/`, whose texts name the feature.
 *
 * It tells no last evaluation. Token: an organisation's API key (`Api-Key …`), or with its own word in front (`Token …`). Least
 * permission: a role that may view the project and its environments. `project` is the number in the address of the project.
 */
import * as z from 'zod';
import type { EnvironmentState, Flag } from '../../core/model.ts';
import { unreadableState } from '../flag-systems/decoder.ts';
import { flagsmithDecoder } from '../flag-systems/flagsmith.ts';
import { flagsmithActions } from './flagsmithActions.ts';
import { withLastChanges } from './lastChanges.ts';
import { fitting, instant, momentOf, oddNotices, servedFlag, timeOf, unreadable } from './mapping.ts';
import { allItems, fieldOf, listIn } from './paging.ts';
import type {
  Answers,
  AuditEntry,
  AuditLog,
  FlagService,
  MapContext,
  Reading,
  ServiceClient,
  ServiceTarget,
} from './service.ts';

export const flagsmithService: FlagService = {
  kind: 'flagsmith',
  title: 'Flagsmith',
  defaultUrl: 'https://api.flagsmith.com',
  projectWord: 'project (its number)',
  permission: "an organisation's API key with a role that may view the project and its environments",
  period: 60,
  headers: token => ({ authorization: /^(?:Api-Key|Token) /.test(token) ? token : `Api-Key ${token}` }),
  probe: async (client, target) => {
    const question = client.get(`${projectPath(target)}/audit/`, { page: 1, page_size: 1 });
    const answer = await client.optional('changes as they happen', question);
    const newest = fitting(z.object({ id: z.number() }), fieldOf(answer, 'results')).items[0];
    return newest === undefined ? null : String(newest.id);
  },
  fetch,
  map,
  audit: auditLog(),
  actions: flagsmithActions,
};

const PAGE = 100;

async function fetch(client: ServiceClient, target: ServiceTarget): Promise<Answers> {
  const environments = await paged(client, '/api/v1/environments/', { project: target.project });
  const wanted = environmentsOf(environments, target);
  const features = await paged(client, `${projectPath(target)}/features/`, {
    environment: wanted[0]?.id,
    page_size: PAGE,
  });
  const tags = await client.optional('names of tags', paged(client, `${projectPath(target)}/tags/`, {}));
  const documents: Record<string, unknown> = {};
  for (const { name, api_key } of wanted) {
    const question = client.get(`/api/v1/environments/${encodeURIComponent(api_key)}/document/`);
    documents[name] = await client.optional(`rules of ${name}`, question);
  }
  const path = `${projectPath(target)}/audit/`;
  const newest = await client.optional('who changed what', client.get(path, { page: 1, page_size: PAGE }));
  return { environments, features, tags, documents, newest };
}

function paged(
  client: ServiceClient,
  path: string,
  query: Readonly<Record<string, string | number | null | undefined>>,
): Promise<readonly unknown[]> {
  return allItems(
    (_count, page) => client.get(path, { ...query, page }),
    answer => ({ items: listIn(answer, 'results'), more: typeof fieldOf(answer, 'next') === 'string' }),
  );
}

function projectPath({ project }: ServiceTarget): string {
  return `/api/v1/projects/${encodeURIComponent(project ?? '')}`;
}

const environmentSchema = z.object({ id: z.number(), name: z.string(), api_key: z.string() });
type Environment = z.output<typeof environmentSchema>;

/** The configuration's, in its order, else all; names are compared without regard to case, as Flagsmith's own files do. */
function environmentsOf(answer: unknown, { environments }: ServiceTarget): readonly Environment[] {
  const all = fitting(environmentSchema, answer).items;
  if (environments.length === 0) return all;
  return environments.flatMap(name => all.find(each => each.name.toLowerCase() === name.toLowerCase()) ?? []);
}

/** Some versions give numbers alone: nobody's name is known then. */
const ownerSchema = z.union([
  z.object({
    email: z.string().nullish(),
    first_name: z.string().nullish(),
    last_name: z.string().nullish(),
    name: z.string().nullish(),
  }),
  z.number().transform(() => null),
]);

const featureSchema = z.object({
  id: z.number(),
  name: z.string(),
  description: z.string().nullish().catch(null),
  created_date: z.string().nullish().catch(null),
  last_modified_in_any_environment: z.string().nullish().catch(null),
  is_archived: z.boolean().nullish().catch(null),
  lifecycle_stage: z.string().nullish().catch(null),
  tags: z.array(z.number()).catch([]),
  owners: z.array(ownerSchema).catch([]),
  group_owners: z.array(ownerSchema).catch([]),
});

const tagSchema = z.object({
  id: z.number(),
  label: z.string(),
  type: z.string().nullish(),
  is_permanent: z.boolean().nullish(),
});

type Feature = z.output<typeof featureSchema>;
type Tags = ReadonlyMap<number, z.output<typeof tagSchema>>;

function map(answers: Answers, context: MapContext): Reading {
  const { items, odd } = fitting(featureSchema, answers.features);
  if (!Array.isArray(answers.features) || (items.length === 0 && odd > 0)) return unreadable('no list of features');
  const environments = environmentsOf(answers.environments, context);
  const tags: Tags = new Map(fitting(tagSchema, answers.tags).items.map(tag => [tag.id, tag]));
  const documents = environments.map(environment => ({
    environment,
    flags: flagsIn(fieldOf(answers.documents, environment.name), environment.name, context),
  }));
  const flags = items.map(feature => flagOf(feature, documents, tags, context));
  const log = fitting(entrySchema, fieldOf(answers.newest, 'results')).items;
  const entries = log.flatMap(entry => entryOf(entry, context));
  return {
    flags: withLastChanges(flags, entries, context),
    problem: null,
    notices: oddNotices('Flagsmith', 'features', odd),
  };
}

interface Document {
  readonly environment: Environment;
  readonly flags: ReadonlyMap<string, Flag>;
}

/** The flags of an environment's document, by key. */
function flagsIn(document: unknown, environment: string, context: MapContext): ReadonlyMap<string, Flag> {
  if (typeof document !== 'object' || document === null) return new Map();
  const { flags } = flagsmithDecoder.decode('document.json', JSON.stringify(document), {
    environment,
    now: context.now,
  });
  return new Map(flags.map(flag => [flag.key, flag]));
}

function flagOf(feature: Feature, documents: readonly Document[], tags: Tags, context: MapContext): Flag {
  const own = feature.tags.flatMap(id => tags.get(id) ?? []);
  const decoded = documents.flatMap(({ flags }) => flags.get(feature.name) ?? []);
  const richest = decoded.toSorted((a, b) => b.variations.length - a.variations.length)[0];
  const changed = momentOf(feature.last_modified_in_any_environment, 'flagsmith', context);
  const stage = feature.lifecycle_stage;
  const isPermanent = stage === 'permanent' || own.some(tag => tag.is_permanent === true);
  const isStale = stage === 'to_remove' || own.some(tag => tag.type === 'STALE');
  return {
    ...servedFlag(feature.name, 'flagsmith', context),
    description: feature.description || null,
    kind: decoded.length > 0 && decoded.every(flag => flag.kind === 'boolean') ? 'boolean' : null,
    owner: ownerOf(feature),
    tags: own.map(tag => tag.label),
    variations: richest?.variations ?? [],
    offValue: richest?.offValue,
    environments: documents.map(document => stateOf(feature, document, context)),
    created: timeOf(feature.created_date, context),
    ...(changed === null ? {} : { changed }),
    ...(stage ? { lifecycle: { stage, since: null } } : {}),
    ...(isPermanent ? { lifetime: 'none' } : {}),
    ...(isStale ? { markedStale: true as const } : {}),
    archived: feature.is_archived === true,
    url: pageOf(feature, documents[0]?.environment, context),
  };
}

function stateOf(feature: Feature, { environment, flags }: Document, context: MapContext): EnvironmentState {
  const asOf = instant(context.now);
  const state = flags.get(feature.name)?.environments[0] ?? unreadableState(environment.name);
  return { ...state, environment: environment.name, asOf };
}

function ownerOf({ owners, group_owners }: Feature): string | null {
  for (const owner of [...group_owners, ...owners]) {
    const full = [owner?.first_name, owner?.last_name].filter(Boolean).join(' ');
    const name = owner?.name || full || owner?.email;
    if (name) return name;
  }
  return null;
}

/** The cloud's app has an address of its own; elsewhere it is served beside the API, unless that is called `api.`. */
function pageOf({ id }: Feature, environment: Environment | undefined, { url, project }: MapContext): string | null {
  const { hostname, origin } = new URL(url);
  const app =
    hostname === 'api.flagsmith.com' ? 'https://app.flagsmith.com' : hostname.startsWith('api.') ? null : origin;
  if (app === null || environment === undefined) return null;
  const path = `project/${encodeURIComponent(project ?? '')}/environment/${encodeURIComponent(environment.api_key)}/features`;
  return `${app}/${path}?feature=${id}`;
}

const MOST_PAGES = 20;

const entrySchema = z.object({
  created_date: z.string(),
  log: z.string(),
  author: z
    .object({ email: z.string().nullish(), first_name: z.string().nullish(), last_name: z.string().nullish() })
    .nullish(),
  environment: z.object({ name: z.string() }).nullish(),
});

/** Entries say in words what they are about; those that name no feature are left out. */
function auditLog(): AuditLog {
  return {
    async fetch(client, target, { key, since }) {
      const entries: unknown[] = [];
      for (let page = 1; page <= MOST_PAGES; page++) {
        const answer = await client.get(`${projectPath(target)}/audit/`, { page, page_size: PAGE, search: key });
        const items = listIn(answer, 'results') ?? [];
        entries.push(...items);
        const oldest = fitting(entrySchema, items.slice(-1)).items[0];
        const isBack = oldest !== undefined && Date.parse(oldest.created_date) < since;
        if (isBack || typeof fieldOf(answer, 'next') !== 'string') return { entries, complete: true };
      }
      return { entries, complete: false };
    },
    entries: ({ entries }, context) => fitting(entrySchema, entries).items.flatMap(entry => entryOf(entry, context)),
  };
}

function entryOf(entry: z.output<typeof entrySchema>, context: MapContext): readonly AuditEntry[] {
  const time = timeOf(entry.created_date, context);
  const quoted = /^([^':]+) for feature '([^']+)'(.*)$/s.exec(entry.log);
  const plain = /^([^:]+): ([^\s:]+)/.exec(entry.log);
  const isOfFlag = /^(?:New Flag|Flag|Scheduled change to Flag|Segment rules updated for flag)\b/.test(entry.log);
  const key = quoted?.[2] ?? plain?.[2];
  if (time === null || key === undefined || !isOfFlag) return [];
  const what = quoted === null ? plain![1]!.replace(/ for (?:feature|flag)$/, '') : `${quoted[1]}${quoted[3]}`;
  const full = [entry.author?.first_name, entry.author?.last_name].filter(Boolean).join(' ');
  return [{ time, who: full || entry.author?.email || null, what, key, environment: entry.environment?.name ?? null }];
}
