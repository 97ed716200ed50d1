/**
 * ConfigCat, by its Public Management API (version 1's questions are checked against a published description of it, version 2's, written
 * after the vendor's own client, against one of ours; no real server was asked). Where every field comes from:
 *
 * - the product's configs, environments and names of segments: `GET /v1/products/{product}/configs`, `…/environments`, `…/segments`;
 * - settings and their values in each environment: `GET /v2/configs/{config}/environments/{environment}/values`, or `/v1/…` for configs whose
 *   `evaluationVersion` is v1: key, `name`, `hint` (description), type, tags, `createdAt`, `creatorFullName` (shown as the owner), `updatedAt`
 *   with `lastUpdaterUserFullName` (changed), the value and its rules, read as the file that SDKs download, prerequisites among them;
 * - what was changed in the last seven days: `GET /v1/products/{product}/auditlogs` (configcatLog.ts);
 *
 * Which environments are production, last evaluations, stages, archived settings (they are deleted) and the address of a setting's page are
 * not told; there are neither ETags nor a stream. One question for each config in
 * each environment, so they are rare. `project` is the id of the product. Token: user name and password of a Public API credential with
 * a colon between, as Basic. Least permission: a member who may view the product.
 */
import * as z from 'zod';
import type { EnvironmentState, Flag } from '../../core/model.ts';
import { configcatDecoder } from '../flag-systems/configcat.ts';
import { unreadableState } from '../flag-systems/decoder.ts';
import { configcatActions } from './configcatActions.ts';
import { settingChanges } from './configcatLog.ts';
import { type Config, configsOf, type Environment, environmentsOf } from './configcatProduct.ts';
import { fromFormula, fromValues, type Names } from './configcatValues.ts';
import { withLastChanges } from './lastChanges.ts';
import { fitting, instant, momentOf, oddNotices, servedFlag, serverName, timeOf, unreadable } from './mapping.ts';
import { fieldOf, listIn } from './paging.ts';
import type { Answers, FlagService, MapContext, Reading, ServiceClient, ServiceTarget } from './service.ts';

export const configcatService: FlagService = {
  kind: 'configcat',
  title: 'ConfigCat',
  defaultUrl: 'https://api.configcat.com',
  projectWord: 'product (its id)',
  permission:
    'a Public API credential of a member who may view the product, for what was changed also its audit log; user name and password with a colon between',
  period: 120,
  headers: token => ({ authorization: `Basic ${base64(token)}` }),
  fetch,
  map,
  actions: configcatActions,
};

async function fetch(client: ServiceClient, target: ServiceTarget): Promise<Answers> {
  const product = `/v1/products/${encodeURIComponent(target.project ?? '')}`;
  const configs = await client.get(`${product}/configs`);
  const environments = await client.get(`${product}/environments`);
  const segments = await client.optional('names of segments', client.get(`${product}/segments`));
  const values: Record<string, unknown> = {};
  for (const config of configsOf(configs)) {
    for (const environment of environmentsOf(environments, target)) {
      const path = `configs/${encodeURIComponent(config.configId)}/environments/${encodeURIComponent(environment.environmentId)}/values`;
      const question = client.get(`/${config.evaluationVersion === 'v2' ? 'v2' : 'v1'}/${path}`);
      values[valuesName(config, environment)] = await client.optional(`values in ${environment.name}`, question);
    }
  }
  const log = await client.optional('what was changed', client.get(`${product}/auditlogs`));
  return { configs, environments, segments, values, log };
}

function valuesName(config: Config, environment: Environment): string {
  return `${config.configId} ${environment.environmentId}`;
}

const settingSchema = z.object({
  settingId: z.number(),
  key: z.string(),
  name: z.string().nullish().catch(null),
  hint: z.string().nullish().catch(null),
  settingType: z.string(),
  createdAt: z.string().nullish().catch(null),
  creatorEmail: z.string().nullish().catch(null),
  creatorFullName: z.string().nullish().catch(null),
});

const valueSchema = z.looseObject({
  setting: settingSchema,
  updatedAt: z.string().nullish().catch(null),
  lastUpdaterUserEmail: z.string().nullish().catch(null),
  lastUpdaterUserFullName: z.string().nullish().catch(null),
  settingTags: z
    .array(z.object({ name: z.string() }))
    .nullish()
    .catch(null),
});

type Value = z.output<typeof valueSchema>;

function map(answers: Answers, context: MapContext): Reading {
  const configs = configsOf(answers.configs);
  if (!Array.isArray(answers.configs) || (configs.length === 0 && answers.configs.length > 0))
    return unreadable('no list of configs');
  const environments = environmentsOf(answers.environments, context);
  const segments = fitting(z.object({ segmentId: z.string(), name: z.string() }), answers.segments).items;
  const segmentNames = new Map(segments.map(each => [each.segmentId, each.name]));
  let odd = 0;
  const products = configs.map(config => {
    const read = environments.map(environment => {
      const answer = fieldOf(answers.values, valuesName(config, environment));
      const list = listIn(answer, 'settingFormulas') ?? listIn(answer, 'settingValues');
      const { items, odd: own } = fitting(valueSchema, list);
      odd += own;
      return { environment, values: new Map(items.map(each => [each.setting.settingId, each])) };
    });
    const settings = new Map(
      read.flatMap(each => [...each.values.values()].map(({ setting }) => [setting.settingId, setting] as const)),
    );
    return { config, read, settings };
  });
  const named = products.flatMap(({ config, settings }) =>
    [...settings.values()].map(each => ({
      id: each.settingId,
      key: each.key,
      name: each.name ?? null,
      config: config.name ?? null,
    })),
  );
  const places = environments.map(each => each.name);
  const changes = settingChanges(answers.log, named, places, context);
  const flags = products.flatMap(({ config, read, settings }) => {
    const keys = new Map([...settings].map(([id, { key }]) => [id, key]));
    return [...settings.keys()].map(id => {
      const flag = flagOf(id, read, { segments: segmentNames, keys }, config, context);
      return withLastChanges([flag], changes.get(id) ?? [], context)[0]!;
    });
  });
  return { flags, problem: null, notices: oddNotices('ConfigCat', 'settings', odd) };
}

interface ReadEnvironment {
  readonly environment: Environment;
  readonly values: ReadonlyMap<number, Value>;
}

function flagOf(id: number, read: readonly ReadEnvironment[], names: Names, config: Config, context: MapContext): Flag {
  const decoded = read.map(({ environment, values }) => ({
    environment,
    ...decode(values.get(id), environment, names, context),
  }));
  const values = read.flatMap(each => each.values.get(id) ?? []);
  const { setting, settingTags } = values[0]!;
  const newest = values.toSorted((a, b) => (b.updatedAt ?? '').localeCompare(a.updatedAt ?? ''))[0];
  const changed = momentOf(newest?.updatedAt, 'configcat', context);
  const by = newest?.lastUpdaterUserFullName || newest?.lastUpdaterUserEmail;
  const flags = decoded.flatMap(each => each.flag ?? []);
  const richest = flags.toSorted((a, b) => b.variations.length - a.variations.length)[0];
  return {
    ...servedFlag(setting.key, 'configcat', context),
    // A product's configs may each have a setting of the same key.
    server: `${serverName(context)} ${config.name ?? config.configId}`,
    name: setting.name || null,
    description: setting.hint || null,
    kind: richest?.kind ?? null,
    owner: setting.creatorFullName || setting.creatorEmail || null,
    tags: (settingTags ?? []).map(each => each.name),
    variations: (richest?.variations ?? []).map(each => ({ ...each, span: null })),
    offValue: richest?.offValue,
    environments: decoded.map(each => each.state),
    prerequisites: [...new Set(flags.flatMap(each => each.prerequisites))],
    created: timeOf(setting.createdAt, context),
    ...(changed === null ? {} : { changed: { ...changed, ...(by ? { by } : {}) } }),
  };
}

function decode(
  value: Value | undefined,
  environment: Environment,
  names: Names,
  context: MapContext,
): { readonly flag: Flag | null; readonly state: EnvironmentState } {
  const asOf = instant(context.now);
  const setting = value === undefined ? null : (fromFormula(value, names) ?? fromValues(value, names));
  if (setting === null) return { flag: null, state: { ...unreadableState(environment.name), asOf } };
  const text = JSON.stringify({
    f: { [value!.setting.key]: setting },
    s: [...names.segments.values()].map(n => ({ n })),
  });
  const flag = configcatDecoder.decode('config.json', text, { environment: environment.name, now: context.now })
    .flags[0];
  const state = flag?.environments[0] ?? unreadableState(environment.name);
  return { flag: flag ?? null, state: { ...state, asOf } };
}

/** UTF-8 first, as RFC 7617 asks. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
