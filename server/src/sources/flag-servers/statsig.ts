/**
 * Statsig, by its Console API, version 20240601 (checked against the vendor's OpenAPI description; no real server was asked). Where
 * every field comes from:
 *
 * - environments, and which are production (`isProduction`): `GET /console/v1/environments`; the project's id, for the page of a gate:
 *   `GET /console/v1/project`;
 * - gates, 100 a page: `GET /console/v1/gates`: `id` (what code asks for), `name`, `description`, `tags`, `owner` or `team`, `createdTime`,
 *   `lastModifiedTime` with `lastModifierName` (changed), `type` (permanent gates have no lifetime, stale ones are marked so), `status`
 *   (lifecycle), `isEnabled`, `rules` in order with `passPercentage`, `conditions` and the `environments` they are for;
 * - who changed what: `GET /console/v1/audit_logs`.
 *
 * Statsig tells checks an hour but not when the last one was. Dynamic configs, experiments and layers are not read. About 100 questions
 * in 10 s and 900 in 15 min. Token: a Console API key in `STATSIG-API-KEY`; least permission: read only. A gate can only be turned on
 * and off everywhere at once, so that this is no action here.
 */
import * as z from 'zod';
import { bothConditions, type Condition, deriveState, type Outcome, type Rule } from '../../core/flags/rollout.ts';
import { attributeWords, CUSTOM_CONDITION, EVERYONE, NOBODY } from '../../core/flags/targetingWords.ts';
import type { EnvironmentState, Flag } from '../../core/model.ts';
import { anyJson, OFF, ON, ON_OFF, textOf } from '../flag-systems/decoder.ts';
import { ruleCondition } from '../flag-systems/statsigConditions.ts';
import { impossible, opposite } from './acting.ts';
import { fitting, instant, momentOf, oddNotices, servedFlag, timeOf, unreadable } from './mapping.ts';
import { allItems, fieldOf, listIn } from './paging.ts';
import type {
  ActingClient,
  ActionDone,
  Answers,
  AuditLog,
  FlagAction,
  FlagService,
  MapContext,
  Reading,
  ServiceClient,
  ServiceTarget,
} from './service.ts';

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
  audit: auditLog(),
  actions: {
    kinds: ['percentage', 'archive', 'revive', 'create'],
    permission: 'a Console API key that may write',
    perform,
  },
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
  return { environments, project, gates };
}

const environmentSchema = z.object({ name: z.string(), isProduction: z.boolean().catch(false) });

const conditionSchema = z.object({
  type: z.string(),
  operator: z.string().nullish(),
  field: z.string().nullish(),
  customID: z.string().nullish(),
  targetValue: anyJson.nullish(),
});

const ruleSchema = z.object({
  id: z.string().nullish(),
  name: z.string(),
  passPercentage: z.number().min(0).max(100),
  conditions: z.array(conditionSchema),
  environments: z.array(z.string()).nullish(),
});

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
type GateRule = z.output<typeof ruleSchema>;
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
  return {
    flags: items
      .filter(gate => gate.isTemplate !== true && gate.type !== 'TEMPLATE')
      .map(gate => flagOf(gate, wanted, typeof project === 'string' ? project : null, context)),
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

/** Whom a rule concerns in one environment: it may be for others only. */
function ruleReach(rule: GateRule, environment: string): Condition {
  if (rule.environments && !rule.environments.some(name => sameName(name, environment))) return NOBODY;
  return rule.conditions.map(each => conditionReach(each, environment)).reduce(bothConditions, EVERYONE);
}

/** The Console's conditions in the SDKs' terms, which `ruleCondition` reads. */
function conditionReach(each: z.output<typeof conditionSchema>, environment: string): Condition {
  const values = valuesOf(each);
  const read = (type: string, field: string | null, targetValue: unknown = each.targetValue) =>
    ruleCondition([{ type, operator: each.operator, field, targetValue: targetValue as never }]);
  switch (each.type) {
    case 'public':
      return EVERYONE;
    case 'environment_tier': {
      const isNamed = values.some(name => sameName(name, environment));
      return isNamed === (each.operator ?? 'any').startsWith('any') ? EVERYONE : NOBODY;
    }
    case 'passes_gate':
      return read('multi_pass_gate', null, values);
    case 'fails_gate':
      return read('multi_fail_gate', null, values);
    case 'passes_segment':
    case 'fails_segment':
      return read(
        each.type === 'passes_segment' ? 'multi_pass_gate' : 'multi_fail_gate',
        null,
        values.map(name => `segment:${name}`),
      );
    case 'time':
      return read('current_time', null);
    case 'custom_field':
      return read('user_field', each.field ?? 'custom field');
    case 'unit_id':
      return read('user_field', each.customID ?? each.field ?? 'id');
    case 'javascript':
      return CUSTOM_CONDITION;
    default:
      return read('user_field', each.type);
  }
}

function valuesOf({ targetValue }: z.output<typeof conditionSchema>): readonly string[] {
  if (targetValue === null || targetValue === undefined) return [];
  return (Array.isArray(targetValue) ? targetValue : [targetValue]).map(textOf);
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

const MOST_PAGES = 20;

const entrySchema = z.object({
  name: z.string(),
  changeLog: z.string(),
  actionType: z.unknown().optional(),
  date: z.string(),
  time: z.string(),
  updatedBy: z.string().nullish(),
});

/** Newest first; `date` and `time` are texts for people, in UTC. Configs and experiments are no gates: the action tells. */
function auditLog(): AuditLog {
  return {
    async fetch(client, _target, { since }) {
      const entries: unknown[] = [];
      for (let page = 1; page <= MOST_PAGES; page++) {
        const answer = await client.get('/console/v1/audit_logs', { limit: PAGE, page });
        const items = listIn(answer, 'data') ?? [];
        entries.push(...items);
        const oldest = fitting(entrySchema, items.slice(-1)).items[0];
        const isBack = oldest !== undefined && momentIn(oldest) < since;
        if (isBack || items.length < PAGE) return { entries, complete: true };
      }
      return { entries, complete: false };
    },
    entries: ({ entries }, context) =>
      fitting(entrySchema, entries).items.flatMap(entry => {
        const time = timeOf(momentIn(entry), context);
        if (time === null || typeof entry.actionType !== 'string' || !entry.actionType.startsWith('gate')) return [];
        return [{ time, who: entry.updatedBy || null, what: entry.changeLog, key: entry.name, environment: null }];
      }),
  };
}

/** Milliseconds since 1970, from `Mon Sep 26 2022` and `23:46:14 GMT+0000 (Coordinated Universal Time)`. */
function momentIn({ date, time }: { readonly date: string; readonly time: string }): number {
  return Date.parse(`${date} ${time.split('(')[0]!.trim()}`);
}

async function perform(client: ActingClient, _target: ServiceTarget, action: FlagAction): Promise<ActionDone> {
  const path = `/console/v1/gates/${encodeURIComponent(action.key)}`;
  switch (action.kind) {
    case 'percentage': {
      const rule = onlyRule(await client.get(path), action);
      await client.send('PATCH', `${path}/rules/${encodeURIComponent(rule.id)}`, {
        passPercentage: Math.round(action.percentage * 100) / 100,
      });
      return { undo: { ...action, percentage: rule.percentage } };
    }
    case 'archive':
      await client.send('PUT', `${path}/archive`, {});
      break;
    case 'revive':
      await client.send('PUT', `${path}/unarchive`, {});
      break;
    case 'create': {
      const type = action.type === 'permission' || action.type === 'kill-switch' ? 'PERMANENT' : 'TEMPORARY';
      await client.send('POST', '/console/v1/gates', {
        name: action.key,
        description: action.description,
        type,
        isEnabled: true,
      });
      break;
    }
    default:
      throw impossible(action, 'Statsig turns gates on and off in all environments at once');
  }
  return { undo: opposite(action) };
}

/** The one rule for everyone that is for this environment alone: any other percentage would concern more than was asked. */
function onlyRule(answer: unknown, action: FlagAction & { readonly kind: 'percentage' }) {
  const gate = gateSchema.safeParse(fieldOf(answer, 'data'));
  const rules = (gate.success ? gate.data.rules : []).filter(
    rule => ruleReach(rule, action.environment).reach !== 'nobody',
  );
  const [rule] = rules;
  const isOwn = rule?.environments?.length === 1 && ruleReach(rule, action.environment).reach === 'everyone';
  if (rules.length !== 1 || !isOwn || !rule?.id) {
    throw impossible(action, 'no single rule for everyone in this environment alone');
  }
  return { id: rule.id, percentage: rule.passPercentage };
}
