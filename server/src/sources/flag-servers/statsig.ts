/**
 * Statsig, by its Console API, version 20240601 (checked against the vendor's OpenAPI description; no real server was asked). Where
 * every field comes from:
 *
 * - environments, and which are production (`isProduction`): `GET /console/v1/environments`; the project's id, for the page of a gate:
 *   `GET /console/v1/project`;
 * - gates, 100 a page: `GET /console/v1/gates`: `id` (what code asks for), `name`, `description`, `tags`, `owner` or `team`, `createdTime`,
 *   `lastModifiedTime` with `lastModifierName` (changed), `type` (permanent gates have no lifetime, stale ones are marked so), `status`
 *   (lifecycle), `isEnabled`, `rules` in order with `passPercentage`, `conditions` and the `environments` they are for;
 * - who changed what: `GET /console/v1/audit_logs` (statsigAudit.ts), whose newest page also says what was changed last.
 *
 * Statsig tells checks an hour but not when the last one was. Dynamic configs, experiments and layers are not read. About 100 questions
 * in 10 s and 900 in 15 min. Token: a Console API key in `STATSIG-API-KEY`; least permission: read only. A gate can only be turned on
 * and off everywhere at once, so that this is no action here.
 */
import * as z from 'zod';
import { deriveState, type Outcome, type Rule } from '../../core/flags/rollout.ts';
import { attributeWords } from '../../core/flags/targetingWords.ts';
import type { EnvironmentState, Flag } from '../../core/model.ts';
import { OFF, ON, ON_OFF } from '../flag-systems/decoder.ts';
import { withLastChanges } from './lastChanges.ts';
import { fitting, instant, momentOf, oddNotices, servedFlag, timeOf, unreadable } from './mapping.ts';
import { allItems, fieldOf, listIn } from './paging.ts';
import type { Answers, FlagService, MapContext, Reading, ServiceClient } from './service.ts';
import { statsigActions } from './statsigActions.ts';
import { statsigAudit } from './statsigAudit.ts';
import { ruleReach, ruleSchema, sameName, valuesOf } from './statsigRules.ts';

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
  const gates = await allItems(
    (_count, page) => client.get('/console/v1/gates', { limit: PAGE, page }),
    answer => ({
      items: listIn(answer, 'data'),
      more: typeof fieldOf(fieldOf(answer, 'pagination'), 'nextPage') === 'string',
    }),
  );
  const question = client.get('/console/v1/audit_logs', { limit: PAGE, page: 1 });
  const newest = await client.optional('who changed what', question);
  return { environments, project, gates, newest };
}

const environmentSchema = z.object({ name: z.string(), isProduction: z.boolean().catch(false) });

const gateSchema = z.object({
  id: z.string(),
  name: z.string().nullish().catch(null),
  description: z.string().nullish().catch(null),
  idType: z.string().nullish().catch(null),
  tags: z.array(z.string()).catch([]),
  team: z.string().nullish().catch(null),
  owner: z.object({ ownerName: z.string().nullish(), ownerEmail: z.string().nullish() }).nullish().catch(null),
  createdTime: z.number().nullish().catch(null),
  lastModifiedTime: z.number().nullish().catch(null),
  lastModifierName: z.string().nullish().catch(null),
  status: z.string().nullish().catch(null),
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
  const flags = items
    .filter(gate => gate.isTemplate !== true && gate.type !== 'TEMPLATE')
    .map(gate => flagOf(gate, wanted, id, context));
  const log = { entries: listIn(answers.newest, 'data') ?? [], complete: false };
  return {
    flags: withLastChanges(flags, statsigAudit.entries(log, context), context),
    problem: null,
    notices: oddNotices('Statsig', 'gates', odd),
  };
}

function flagOf(gate: Gate, environments: readonly Environment[], project: string | null, context: MapContext): Flag {
  const changed = momentOf(gate.lastModifiedTime, 'statsig', context);
  const by = gate.lastModifierName;
  const gates = gate.rules.flatMap(rule =>
    rule.conditions.filter(each => each.type.endsWith('_gate')).flatMap(valuesOf),
  );
  return {
    ...servedFlag(gate.id, 'statsig', context),
    name: gate.name || null,
    description: gate.description || null,
    kind: 'boolean',
    owner: gate.owner?.ownerName || gate.owner?.ownerEmail || gate.team || null,
    tags: gate.tags,
    variations: ON_OFF,
    offValue: false,
    environments: environments.map(each => stateOf(gate, each, context)),
    prerequisites: [...new Set(gates)],
    created: timeOf(gate.createdTime, context),
    ...(changed === null ? {} : { changed: { ...changed, ...(by ? { by } : {}) } }),
    ...(gate.type === 'PERMANENT' ? { lifetime: 'none' } : {}),
    ...(gate.type === 'STALE' ? { markedStale: true as const } : {}),
    ...(gate.status ? { lifecycle: { stage: gate.status, since: null } } : {}),
    archived: gate.status === 'Archived',
    url:
      project === null
        ? null
        : `https://console.statsig.com/${encodeURIComponent(project)}/gates/${encodeURIComponent(gate.id)}`,
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
