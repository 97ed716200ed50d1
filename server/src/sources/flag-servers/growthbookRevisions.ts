/**
 * GrowthBook's log: the revisions of its features, `GET /v2/feature-revisions`, newest first; servers that are older have none. A revision
 * says who published it and what it made of the feature, so that two of them tell what changed. Its date may be the day on which it was
 * begun, and switches of environments are part of it only where they need approval: so a past state can't be told from them.
 */
import * as z from 'zod';
import { anyJson } from '../flag-systems/decoder.ts';
import { fitting, timeOf } from './mapping.ts';
import { fieldOf, listIn } from './paging.ts';
import type { AuditEntry, AuditLog } from './service.ts';

export const NEWEST_REVISIONS = { limit: 100, offset: 0, status: 'published', archived: true } as const;
export const REVISIONS = '/v2/feature-revisions';

export const growthbookAudit: AuditLog = {
  async fetch(client, _target, { key, since }) {
    const entries: unknown[] = [];
    for (let page = 0; page < MOST_PAGES; page++) {
      const offset = page * NEWEST_REVISIONS.limit;
      const answer = await client.get(REVISIONS, { ...NEWEST_REVISIONS, offset, featureId: key });
      const items = listIn(answer, 'revisions') ?? [];
      entries.push(...items);
      const oldest = fitting(revisionSchema, items.slice(-1)).items[0];
      const isBack = oldest !== undefined && Date.parse(oldest.date) < since;
      if (isBack || items.length === 0 || fieldOf(answer, 'hasMore') !== true) return { entries, complete: true };
    }
    return { entries, complete: false };
  },
  entries: ({ entries }, context) =>
    described(entries).flatMap(({ revision, who, what }): readonly AuditEntry[] => {
      const time = timeOf(revision.date, context);
      return time === null ? [] : [{ time, who, what, key: revision.featureId, environment: null }];
    }),
};

const MOST_PAGES = 20;

/** Who published a revision and what it changed, by feature and version. */
export function publishedRevisions(
  revisions: unknown,
): ReadonlyMap<string, { readonly who: string | null; readonly what: string }> {
  return new Map(
    described(revisions).map(({ revision, who, what }) => [
      revisionName(revision.featureId, revision.version),
      { who, what },
    ]),
  );
}

export function revisionName(feature: string, version: number): string {
  return `${feature} ${version}`;
}

const userSchema = z
  .object({ type: z.string().nullish(), name: z.string().nullish(), email: z.string().nullish() })
  .nullish()
  .catch(null);

const revisionSchema = z.object({
  featureId: z.string(),
  version: z.number(),
  comment: z.string().catch(''),
  date: z.string(),
  status: z.string(),
  createdBy: userSchema,
  publishedBy: userSchema,
  defaultValue: z.string().nullish().catch(null),
  rules: z.array(anyJson).nullish().catch(null),
  environmentsEnabled: z.record(z.string(), z.boolean()).nullish().catch(null),
  prerequisites: z.array(anyJson).nullish().catch(null),
});

type Revision = z.output<typeof revisionSchema>;

function described(entries: unknown): readonly { revision: Revision; who: string | null; what: string }[] {
  const published = fitting(revisionSchema, entries).items.filter(each => each.status === 'published');
  const previous = new Map<string, Revision>();
  const before = new Map<Revision, Revision>();
  for (const revision of published.toSorted((a, b) => a.version - b.version)) {
    const earlier = previous.get(revision.featureId);
    if (earlier !== undefined) before.set(revision, earlier);
    previous.set(revision.featureId, revision);
  }
  return published.map(revision => {
    const { publishedBy, createdBy, comment, version } = revision;
    const changes = changesOf(before.get(revision), revision);
    const words = changes === '' ? `published revision ${version}` : changes;
    return {
      revision,
      who: nameOf(publishedBy) ?? nameOf(createdBy),
      what: comment === '' ? words : `${words}: ${comment}`,
    };
  });
}

function nameOf(user: z.output<typeof userSchema>): string | null {
  if (!user) return null;
  return user.name || user.email || (user.type === 'api_key' ? 'an API key' : null);
}

/** Empty where the revision before is not known, or nothing that is told here changed. */
function changesOf(before: Revision | undefined, after: Revision): string {
  if (before === undefined) return '';
  const parts: string[] = [];
  for (const [name, isEnabled] of Object.entries(after.environmentsEnabled ?? {})) {
    const was = before.environmentsEnabled?.[name];
    if (was !== undefined && was !== isEnabled) parts.push(`turned ${isEnabled ? 'on' : 'off'} in ${name}`);
  }
  if (before.defaultValue != null && after.defaultValue != null && before.defaultValue !== after.defaultValue) {
    parts.push(`default value ${shortened(before.defaultValue)} → ${shortened(after.defaultValue)}`);
  }
  if (before.rules && after.rules && JSON.stringify(before.rules) !== JSON.stringify(after.rules)) {
    const [was, is] = [before.rules.length, after.rules.length];
    parts.push(was === is ? 'changed rules' : `rules ${was} → ${is}`);
  }
  if (JSON.stringify(before.prerequisites ?? []) !== JSON.stringify(after.prerequisites ?? [])) {
    parts.push('changed prerequisites');
  }
  return parts.join(', ');
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
