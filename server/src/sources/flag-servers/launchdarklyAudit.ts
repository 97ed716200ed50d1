/**
 * Who changed which LaunchDarkly flag: `GET /api/v2/auditlog`, 20 entries a question, newest first, paged by the time of the last
 * one. Who: `member`, `token` or `app`; what: `titleVerb` and `description`; which flag and environment: the resource specifiers of
 * `target` (`proj/shop:env/production:flag/new-checkout;tag`). The log has no values before and after, so that a state of the past
 * can't be told from it.
 */
import * as z from 'zod';
import { fitting, timeOf } from './mapping.ts';
import { fieldOf, listIn } from './paging.ts';
import type { AuditEntry, AuditLog, MapContext } from './service.ts';

export const launchdarklyAudit: AuditLog = {
  async fetch(client, target, { key, since }) {
    const spec = `proj/${target.project ?? ''}:env/*:flag/${key ?? '*'}`;
    const entries: unknown[] = [];
    let before: number | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer = await client.get('/api/v2/auditlog', { spec, limit: PAGE, after: since, before });
      const items = listIn(answer, 'items') ?? [];
      entries.push(...items);
      const oldest = fieldOf(items.at(-1), 'date');
      if (items.length < PAGE || typeof oldest !== 'number' || oldest === before) {
        return { entries, complete: items.length < PAGE };
      }
      before = oldest;
    }
    return { entries, complete: false };
  },
  entries: ({ entries }, context) => fitting(entrySchema, entries).items.flatMap(entry => entriesOf(entry, context)),
};

const PAGE = 20;
const MOST_PAGES = 25;

const named = z.object({ name: z.string().nullish() }).nullish();

const entrySchema = z.object({
  date: z.number(),
  titleVerb: z.string().nullish(),
  shortDescription: z.string().nullish(),
  description: z.string().nullish(),
  comment: z.string().nullish(),
  member: z
    .object({ email: z.string().nullish(), firstName: z.string().nullish(), lastName: z.string().nullish() })
    .nullish(),
  token: named,
  app: named,
  target: z.object({ resources: z.array(z.string()).nullish() }).nullish(),
});

/** An entry of several environments becomes one for each. */
function entriesOf(entry: z.output<typeof entrySchema>, context: MapContext): readonly AuditEntry[] {
  const time = timeOf(entry.date, context);
  if (time === null) return [];
  const { member } = entry;
  const full = [member?.firstName, member?.lastName].filter(Boolean).join(' ');
  const who = full || member?.email || entry.token?.name || entry.app?.name || null;
  const what = (entry.titleVerb || entry.shortDescription || entry.description || 'changed').replace(/ the flag$/, '');
  const comment = entry.comment ? `: ${entry.comment}` : '';
  return (entry.target?.resources ?? []).flatMap(resource => {
    const match = /^proj\/([^:;]+)(?::env\/([^:;]+))?:flag\/([^:;]+)/.exec(resource);
    if (match === null || match[1] !== context.project) return [];
    const environment = match[2] === undefined || match[2] === '*' ? null : match[2];
    return [{ time, who, what: `${what}${comment}`, key: match[3]!, environment }];
  });
}
