/**
 * PostHog's activity log of flags: `GET /api/projects/{project}/feature_flags/activity/`, newest first. Who: `user`; which flag:
 * `item_id` and `detail.name` (its key); what: `activity` and `detail.changes`, each with the field's value before and after. So a
 * flag as it was can be told by taking the changes back, one by one.
 */
import * as z from 'zod';
import { percentText, printable } from '../../core/flags/rollout/describe.ts';
import { fitting, timeOf } from './mapping.ts';
import { fieldOf, listIn } from './paging.ts';
import type { Answers, AuditAnswers, AuditEntry, AuditLog, MapContext, Rewound, ServiceTarget } from './service.ts';

export const posthogActivity: AuditLog = {
  async fetch(client, target, { key, since }) {
    const entries: unknown[] = [];
    for (let page = 1; page <= MOST_PAGES; page++) {
      const answer = await client.get(activityPath(target), { limit: PAGE, page });
      const items = listIn(answer, 'results') ?? [];
      entries.push(...items.filter(each => key === null || fieldOf(fieldOf(each, 'detail'), 'name') === key));
      const oldest = fitting(entrySchema, items.slice(-1)).items[0];
      const isBack = oldest !== undefined && Date.parse(oldest.created_at) < since;
      if (isBack || typeof fieldOf(answer, 'next') !== 'string') return { entries, complete: true };
    }
    return { entries, complete: false };
  },
  entries: ({ entries }, context) => fitting(entrySchema, entries).items.flatMap(entry => entryOf(entry, context)),
  rewind,
};

/** Where the log of a project's flags is. */
export function activityPath({ project }: ServiceTarget): string {
  return `/api/projects/${encodeURIComponent(project ?? '')}/feature_flags/activity/`;
}

const PAGE = 100;
const MOST_PAGES = 20;

const changeSchema = z.object({
  field: z.string().nullish(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

const entrySchema = z.object({
  activity: z.string(),
  item_id: z.union([z.string(), z.number()]).transform(String),
  created_at: z.string(),
  user: z
    .object({ first_name: z.string().nullish(), last_name: z.string().nullish(), email: z.string().nullish() })
    .nullish(),
  detail: z.object({ name: z.string(), changes: z.array(changeSchema).nullish() }),
});

type Entry = z.output<typeof entrySchema>;

function entryOf(entry: Entry, context: MapContext): readonly AuditEntry[] {
  const time = timeOf(entry.created_at, context);
  if (time === null) return [];
  const full = [entry.user?.first_name, entry.user?.last_name].filter(Boolean).join(' ');
  const changes = (entry.detail.changes ?? []).map(changeWords);
  const what = changes.length > 0 ? [...new Set(changes)].join(', ') : entry.activity;
  return [{ time, who: full || entry.user?.email || null, what, key: entry.detail.name, environment: null }];
}

function changeWords({ field, before, after }: z.output<typeof changeSchema>): string {
  if (field === 'active') return after === true ? 'turned on' : 'turned off';
  if (field === 'deleted') return after === true ? 'archived' : 'revived';
  const [was, is] = [onlyShare(before), onlyShare(after)];
  if (field === 'filters' && was !== null && is !== null && was !== is) {
    return `rollout ${percentText(was)} → ${percentText(is)}`;
  }
  return `changed ${field ? printable(field).slice(0, 40) : 'it'}`;
}

/** The percentage of filters that have but one group, for everyone. */
function onlyShare(filters: unknown): number | null {
  const groups = listIn(filters, 'groups');
  const share = groups?.length === 1 ? fieldOf(groups[0], 'rollout_percentage') : undefined;
  return typeof share === 'number' ? share : null;
}

/** What was changed since is put back; flags that are younger are left out, deleted ones can't be told. */
function rewind(answers: Answers, log: AuditAnswers, time: number): Rewound {
  const unknown = new Map<string, string>();
  const byId = new Map<string, Record<string, unknown>>();
  for (const flag of Array.isArray(answers.flags) ? (answers.flags as readonly unknown[]) : []) {
    const id = fieldOf(flag, 'id');
    if (typeof id === 'number') byId.set(String(id), { ...(flag as Record<string, unknown>) });
  }
  const since = fitting(entrySchema, log.entries).items.filter(entry => Date.parse(entry.created_at) > time);
  for (const entry of since.toSorted((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at))) {
    const flag = byId.get(entry.item_id);
    if (flag === undefined) unknown.set(entry.detail.name, 'it was deleted since, and PostHog no longer shows it');
    else if (entry.activity === 'created') byId.delete(entry.item_id);
    else for (const { field, before } of entry.detail.changes ?? []) if (field) flag[field] = before;
  }
  if (!log.complete)
    for (const flag of byId.values()) unknown.set(String(flag.key), 'the log does not go back that far');
  // What was newest then is not what is newest now.
  return { answers: { ...answers, flags: [...byId.values()], newest: null }, unknown };
}
