/**
 * Statsig, by its Console API, version 20240601 (checked against the vendor's OpenAPI description; no real server was asked). Where
 * every field comes from:
 *
 * - environments, and which are production (`isProduction`): `GET /console/v1/environments`; the project's id, for the page of a gate:
 *   `GET /console/v1/project`;
 * - gates, 100 a page: `GET /console/v1/gates`: `id` (what code asks for), `name`, `description`, `tags`, `owner` or `team`, `createdTime`,
 *   `lastModifiedTime` with `lastModifierName` (changed), `type` (permanent gates have no lifetime, stale ones are marked so), `status`
 *   (lifecycle), `isEnabled`, `rules` in order with `passPercentage`, `conditions` and the `environments` they are for;
 * - dynamic configs and experiments, likewise: `GET /console/v1/dynamic_configs` and `…/experiments` (statsigValues.ts): the values that their
 *   rules return or their groups give, `allocation`, `status` (lifecycle, since `startTime` or `decisionTime`), `targetingGateID`;
 * - who changed what: `GET /console/v1/audit_logs` (statsigAudit.ts), whose newest page also says what was changed last.
 *
 * Statsig tells checks an hour but not when the last one was. Layers are not read. In which environments an experiment is tried before
 * its start is not told. Its streams are for SDKs' keys. About 100 questions in 10 s and 900 in 15 min. Token: a Console API key in `STATSIG-API-KEY`; least permission: read only. A gate can only be turned on
 * and off everywhere at once, so that this is no action here.
 */
import * as z from 'zod';
import { deriveState, type Outcome, type Rule } from '../../core/flags/rollout/rollout.ts';
import { attributeWords } from '../../core/flags/rollout/targetingWords.ts';
import type { EnvironmentState, Flag } from '../../core/model.ts';
import { OFF, ON, ON_OFF } from '../flag-systems/decoder.ts';
import { withLastChanges } from './lastChanges.ts';
import { fitting, instant, oddNotices, unreadable } from './mapping.ts';
import { allItems, fieldOf, listIn } from './paging.ts';
import type { Answers, FlagService, MapContext, Reading, ServiceClient } from './service.ts';
import { statsigActions } from './statsigActions.ts';
import { statsigAudit } from './statsigAudit.ts';
import { entityFields, entityFlag } from './statsigEntity.ts';
import { gatesOfRules, ruleReach, ruleSchema, sameName } from './statsigRules.ts';
import { dynamicConfigFlag, dynamicConfigSchema, experimentFlag, experimentSchema } from './statsigValues.ts';

export const statsigService: FlagService = {
  kind: 'statsig',
  title: 'Statsig',
  defaultUrl: 'https://statsigapi.net',
  projectWord: null,
  permission: 'a Console API key that may read',
  period: 60,
  headers: token => ({ 'statsig-api-key': token, 'statsig-api-version': '20240601' }),
  probe: async client => {
    const answer = await client.optional(
      'changes as they happen',
      client.get('/console/v1/audit_logs', { limit: 1, page: 1 }),
    );
    return fitting(z.object({ id: z.string() }), fieldOf(answer, 'data')).items[0]?.id ?? null;
  },
  fetch,
  map,
  audit: statsigAudit,
  actions: statsigActions,
};

const PAGE = 100;

async function fetch(client: ServiceClient): Promise<Answers> {
  const environments = await client.get('/console/v1/environments');
  const project = await client.optional('pages of gates', client.get('/console/v1/project'));
  const listOf = (path: string) =>
    allItems(
      (_count, page) => client.get(path, { limit: PAGE, page }),
      answer => ({
        items: listIn(answer, 'data'),
        more: typeof fieldOf(fieldOf(answer, 'pagination'), 'nextPage') === 'string',
      }),
    );
  const gates = await listOf('/console/v1/gates');
  const configs = await client.optional('dynamic configs', listOf('/console/v1/dynamic_configs'));
  const experiments = await client.optional('experiments', listOf('/console/v1/experiments'));
  const question = client.get('/console/v1/audit_logs', { limit: PAGE, page: 1 });
  const newest = await client.optional('who changed what', question);
  return { environments, project, gates, configs, experiments, newest };
}

const environmentSchema = z.object({ name: z.string(), isProduction: z.boolean().catch(false) });

const gateSchema = z.object({
  ...entityFields,
  type: z.string().nullish().catch(null),
  isEnabled: z.boolean(),
  isTemplate: z.boolean().nullish().catch(null),
  rules: z.array(ruleSchema),
});

type Gate = z.output<typeof gateSchema>;
type Environment = z.output<typeof environmentSchema>;

function map(answers: Answers, context: MapContext): Reading {
  const { items, odd } = fitting(gateSchema, answers.gates);
  if (!Array.isArray(answers.gates) || (items.length === 0 && odd > 0)) return unreadable('no list of gates');
  const all = fitting(environmentSchema, fieldOf(fieldOf(answers.environments, 'data'), 'environments')).items;
  const wanted =
    context.environments.length === 0
      ? all
      : context.environments.flatMap(name => all.find(each => sameName(each.name, name)) ?? []);
  const project = fieldOf(fieldOf(answers.project, 'data'), 'id');
  const id = typeof project === 'string' ? project : null;
  const configs = fitting(dynamicConfigSchema, answers.configs);
  const experiments = fitting(experimentSchema, answers.experiments);
  const flags = [
    ...items
      .filter(gate => gate.isTemplate !== true && gate.type !== 'TEMPLATE')
      .map(gate => gateFlag(gate, wanted, id, context)),
    ...configs.items
      .filter(config => config.isTemplate !== true)
      .map(config => dynamicConfigFlag(config, wanted, id, context)),
    ...experiments.items.map(experiment => experimentFlag(experiment, wanted, id, context)),
  ];
  const log = { entries: listIn(answers.newest, 'data') ?? [], complete: false };
  return {
    flags: withLastChanges(flags, statsigAudit.entries(log, context), context),
    problem: null,
    notices: [
      ...oddNotices('Statsig', 'gates', odd),
      ...oddNotices('Statsig', 'dynamic configs', configs.odd),
      ...oddNotices('Statsig', 'experiments', experiments.odd),
    ],
  };
}

function gateFlag(gate: Gate, environments: readonly Environment[], project: string | null, context: MapContext): Flag {
  return {
    ...entityFlag(gate, project === null ? null : { project, kind: 'gates' }, context),
    kind: 'boolean',
    variations: ON_OFF,
    offValue: false,
    environments: environments.map(each => stateOf(gate, each, context)),
    prerequisites: gatesOfRules(gate.rules),
    ...(gate.type === 'PERMANENT' ? { lifetime: 'none' } : {}),
    ...(gate.type === 'STALE' ? { markedStale: true as const } : {}),
    archived: gate.status === 'Archived',
  };
}

function stateOf(gate: Gate, environment: Environment, context: MapContext): EnvironmentState {
  const by = attributeWords(gate.idType ?? 'userID');
  const rules = gate.rules.map((rule): Rule => {
    const parts = [
      { outcome: ON, weight: rule.passPercentage },
      { outcome: OFF, weight: 100 - rule.passPercentage },
    ];
    return { condition: ruleReach(rule, environment.name), outcome: { kind: 'split', by, parts }, name: rule.name };
  });
  const outcome: Outcome = rules.length === 0 ? OFF : { kind: 'rules', rules, otherwise: OFF };
  const state = deriveState({
    environment: environment.name,
    variations: ON_OFF,
    offVariation: 'off',
    enabled: gate.isEnabled,
    whenDisabled: OFF,
    outcome,
    asOf: instant(context.now),
  });
  return { ...state, production: environment.isProduction };
}
