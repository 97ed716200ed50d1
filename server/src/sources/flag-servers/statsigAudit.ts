/** Statsig's log: `GET /console/v1/audit_logs`, newest first, with days and times as texts for people, in UTC. */
import * as z from 'zod';
import { fitting, timeOf } from './mapping.ts';
import { listIn } from './paging.ts';
import type { AuditLog } from './service.ts';

/** Gates, dynamic configs and experiments share some actions (`config_conditions_update`): an entry belongs to what has its name. */
export const statsigAudit: AuditLog = {
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
      if (time === null || typeof entry.actionType !== 'string' || !isOfFlag(entry.actionType)) return [];
      return [{ time, who: entry.updatedBy || null, what: entry.changeLog, key: entry.name, environment: null }];
    }),
};

const PAGE = 100;
const MOST_PAGES = 20;

const entrySchema = z.object({
  name: z.string(),
  changeLog: z.string(),
  actionType: z.unknown().optional(),
  date: z.string(),
  time: z.string(),
  updatedBy: z.string().nullish(),
});

/** Whether an action is done to one flag, and not to a project's settings or to something else that has configs. */
function isOfFlag(action: string): boolean {
  const isSettings = /^(?:ai_|integration_|company_|upsert_|set_|OIDC_|autotune_)|_settings(?:_|$)|sdk_configuration/;
  return /(?:^|_)(?:gate|config|experiment)(?:_|$)/.test(action) && !isSettings.test(action);
}

/** Milliseconds since 1970, from `Mon Sep 26 2022` and `23:46:14 GMT+0000 (Coordinated Universal Time)`. */
function momentIn({ date, time }: { readonly date: string; readonly time: string }): number {
  return Date.parse(`${date} ${time.split('(')[0]!.trim()}`);
}
