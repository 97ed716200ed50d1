/**
 * Unleash's event log (`GET /api/admin/search/events`, which a Viewer may read): who changed what, in words, and the flags as they were
 * before. Events of strategies hold what was and what is (`preData`, `data`), so that they can be undone one by one.
 */
import * as z from 'zod';
import { deriveState } from '../../core/flags/rollout/rollout.ts';
import { OFF, ON_OFF } from '../flag-systems/decoder.ts';
import { type Strategy, strategiesOutcome, strategySchema } from '../flag-systems/unleashStrategies.ts';
import { fitting, timeOf } from './mapping.ts';
import type { Answers, AuditAnswers, AuditEntry, AuditLog, MapContext, Rewound, ServiceClient } from './service.ts';

export const unleashAudit: AuditLog = { fetch, entries, rewind };

const eventSchema = z.object({
  id: z.number(),
  type: z.string(),
  createdBy: z.string().nullish(),
  createdAt: z.string(),
  featureName: z.string().nullish(),
  environment: z.string().nullish(),
  data: z.unknown(),
  preData: z.unknown(),
});
type UnleashEvent = z.output<typeof eventSchema>;

/** The most that the server gives at once. */
const PAGE = 1000;

/** Older events are left to the server's own page. */
const MOST_EVENTS = 20_000;

async function fetch(
  client: ServiceClient,
  _target: unknown,
  { key, since }: { readonly key: string | null; readonly since: number },
): Promise<AuditAnswers> {
  const all: unknown[] = [];
  // The server takes days: the day before is asked for too, whatever its zone.
  const from = `IS:${new Date(since - 86_400_000).toISOString().slice(0, 10)}`;
  while (all.length < MOST_EVENTS) {
    const query = { limit: PAGE, offset: all.length, from, ...(key === null ? {} : { feature: `IS:${key}` }) };
    const answer = await client.get('/api/admin/search/events', query);
    const page = (answer as { events?: unknown } | null)?.events;
    if (!Array.isArray(page) || page.length === 0) return { entries: all, complete: true };
    all.push(...page);
    const total = Number((answer as { total?: unknown }).total);
    if (all.length >= total) return { entries: all, complete: true };
  }
  return { entries: all, complete: false };
}

function entries(answers: AuditAnswers, context: MapContext): readonly AuditEntry[] {
  return fitting(eventSchema, answers.entries).items.flatMap(event => {
    const time = timeOf(event.createdAt, context);
    const what = wordsOf(event);
    if (time === null || what === null || !event.featureName) return [];
    return [
      { time, who: event.createdBy ?? null, what, key: event.featureName, environment: event.environment ?? null },
    ];
  });
}

/** Whether an event changes what users get, and not only what people read. */
export function changesState(type: string): boolean {
  return Object.hasOwn(UNDO, type) && type !== 'feature-stale-on' && type !== 'feature-stale-off';
}

const WORDS: Readonly<Record<string, string>> = {
  'feature-created': 'created',
  'feature-archived': 'archived',
  'feature-revived': 'revived',
  'feature-environment-enabled': 'turned on',
  'feature-environment-disabled': 'turned off',
  'feature-stale-on': 'marked stale',
  'feature-stale-off': 'no longer marked stale',
  'feature-completed': 'marked completed',
  'feature-uncompleted': 'no longer marked completed',
  'feature-strategy-remove': 'strategy removed',
  'feature-environment-variants-updated': 'variants changed',
  'feature-variants-updated': 'variants changed',
  'feature-dependency-added': 'prerequisite added',
  'feature-dependency-removed': 'prerequisite removed',
  'feature-metadata-updated': 'description changed',
  'feature-project-change': 'moved to another project',
};

/** Null for what says nothing about a flag's life: tags, links, favourites. */
function wordsOf({ type, data, preData }: UnleashEvent): string | null {
  const [before, after] = [strategyOf(preData), strategyOf(data)];
  if (type === 'feature-strategy-add' && after !== null) return `strategy added: ${strategyWords(after)}`;
  if (type === 'feature-strategy-remove' && before !== null) return `strategy removed: ${strategyWords(before)}`;
  if (type === 'feature-strategy-update' && before !== null && after !== null) {
    const [was, is] = [strategyWords(before), strategyWords(after)];
    return was === is ? 'strategy changed' : `${was} → ${is}`;
  }
  return Object.hasOwn(WORDS, type) ? (WORDS[type] ?? null) : null;
}

function strategyOf(value: unknown): (Strategy & { readonly id?: string }) | null {
  const result = strategySchema.extend({ id: z.string().optional() }).safeParse(value);
  return result.success ? result.data : null;
}

function strategyWords(strategy: Strategy): string {
  if (strategy.disabled === true) return 'disabled strategy';
  const outcome = strategiesOutcome([strategy], new Map());
  const parts = {
    environment: '',
    variations: ON_OFF,
    offVariation: 'off',
    enabled: true,
    whenDisabled: OFF,
    asOf: null,
  };
  return deriveState({ ...parts, outcome }).summary;
}

// ---------------------------------------------------------------------------------------------------------------- rewind

/** A flag as `GET …/features/{name}` gives it, as far as it is undone; open for more. */
interface Detail {
  environments?: { name: string; enabled: boolean; strategies?: { id?: string }[]; variants?: unknown }[];
  dependencies?: unknown[];
  stale?: boolean;
  [more: string]: unknown;
}

type Undo = (detail: Detail, event: UnleashEvent) => string | null;

const strategiesIn = (detail: Detail, event: UnleashEvent) =>
  detail.environments?.find(each => each.name === event.environment);

const setEnabled =
  (enabled: boolean): Undo =>
  (detail, event) => {
    const environment = strategiesIn(detail, event);
    if (environment !== undefined) environment.enabled = enabled;
    return null;
  };

/** What was before: a reason where that can't be told, else null. */
const UNDO: Readonly<Record<string, Undo>> = {
  'feature-environment-enabled': setEnabled(false),
  'feature-environment-disabled': setEnabled(true),
  'feature-stale-on': detail => {
    detail.stale = false;
    return null;
  },
  'feature-stale-off': detail => {
    detail.stale = true;
    return null;
  },
  'feature-strategy-add': (detail, event) => {
    const environment = strategiesIn(detail, event);
    const added = strategyOf(event.data)?.id;
    if (environment === undefined || added === undefined)
      return 'a strategy was added since, and the log does not say which';
    environment.strategies = environment.strategies?.filter(each => each.id !== added) ?? [];
    return null;
  },
  'feature-strategy-update': (detail, event) => {
    const environment = strategiesIn(detail, event);
    const before = strategyOf(event.preData);
    if (environment === undefined || before?.id === undefined)
      return 'a strategy was changed since, and the log does not say how it was';
    environment.strategies = environment.strategies?.map(each => (each.id === before.id ? before : each)) ?? [];
    return null;
  },
  'feature-strategy-remove': (detail, event) => {
    const environment = strategiesIn(detail, event);
    const before = strategyOf(event.preData);
    if (environment === undefined || before === null)
      return 'a strategy was removed since, and the log does not say which';
    environment.strategies = [...(environment.strategies ?? []), before];
    return null;
  },
  'feature-environment-variants-updated': (detail, event) => {
    const environment = strategiesIn(detail, event);
    const before = (event.preData as { variants?: unknown } | null)?.variants;
    if (environment === undefined || !Array.isArray(before)) return 'its variants were changed since';
    environment.variants = before;
    return null;
  },
  'feature-variants-updated': () => 'its variants were changed since',
  'feature-dependency-added': () => 'a prerequisite was added since',
  'feature-dependency-removed': () => 'a prerequisite was removed since',
  'feature-import': () => 'it was imported over since',
};

function rewind(answers: Answers, log: AuditAnswers, time: number): Rewound {
  const unknown = new Map<string, string>();
  const details = structuredClone(answers.details ?? {}) as Record<string, Detail | null>;
  const list = (name: string) =>
    Array.isArray(answers[name]) ? (answers[name] as { name?: unknown; createdAt?: unknown }[]) : [];
  const before = (each: { createdAt?: unknown }) => !(Date.parse(String(each?.createdAt)) > time);
  const since = fitting(eventSchema, log.entries).items.filter(event => Date.parse(event.createdAt) > time);
  const archived = new Map(list('archived').map(each => [each?.name, each]));
  const live = new Map(list('features').map(each => [each?.name, each]));
  // Newest first, as the server gives them.
  for (const event of since.toSorted((a, b) => b.id - a.id)) {
    const key = event.featureName;
    if (!key) continue;
    if (event.type === 'feature-archived') {
      const reason = 'it was archived since, and Unleash does not show the rules of archived flags';
      unknown.set(key, unknown.get(key) ?? reason);
      const entry = archived.get(key);
      if (entry !== undefined) live.set(key, { ...entry, archivedAt: null } as typeof entry);
      archived.delete(key);
    } else if (event.type === 'feature-revived') {
      const entry = live.get(key);
      if (entry !== undefined) archived.set(key, entry);
      live.delete(key);
    } else if (event.type === 'feature-deleted') {
      unknown.set(key, 'it was deleted since, and Unleash knows nothing more of it');
      archived.set(key, { ...recordOf(event.preData), name: key, createdAt: null });
    } else if (event.type === 'feature-created') {
      // By the log and not by its date alone: of what was deleted no date is left.
      archived.delete(key);
      live.delete(key);
      unknown.delete(key);
    } else {
      const undo = Object.hasOwn(UNDO, event.type) ? UNDO[event.type] : undefined;
      if (undo === undefined || !live.has(key)) continue;
      // A flag that is off everywhere and has no strategies was not asked for: that is all there is to its rules.
      if (!Object.hasOwn(details, key)) details[key] = withoutRules(live.get(key));
      const detail = details[key];
      const reason = detail ? undo(detail, event) : 'its rules could not be read';
      if (reason !== null) unknown.set(key, reason);
    }
  }
  if (!log.complete) {
    for (const key of live.keys()) unknown.set(String(key), "Unleash's log does not reach back that far");
  }
  return {
    answers: {
      ...answers,
      details,
      events: null,
      features: [...live.values()].filter(before).map(entry => inStep(entry, details)),
      archived: [...archived.values()].filter(before),
    },
    unknown,
  };
}

function recordOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

function withoutRules(entry: unknown): Detail {
  const { environments } = recordOf(entry) as { environments?: unknown };
  const names = fitting(z.object({ name: z.string(), enabled: z.boolean() }), environments).items;
  return { environments: names.map(({ name, enabled }) => ({ name, enabled, strategies: [] })), dependencies: [] };
}

/** A flag's entry in the list says again what its details say. */
function inStep(entry: { name?: unknown }, details: Readonly<Record<string, Detail | null>>): unknown {
  const detail = Object.hasOwn(details, String(entry.name)) ? details[String(entry.name)] : undefined;
  const environments = (entry as { environments?: { name: string }[] }).environments;
  if (!detail || !Array.isArray(environments)) return entry;
  return {
    ...entry,
    stale: detail.stale,
    environments: environments.map(each => {
      const known = detail.environments?.find(({ name }) => name === each?.name);
      return known === undefined ? each : { ...each, enabled: known.enabled };
    }),
  };
}
