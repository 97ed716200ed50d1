/**
 * What can be done to PostHog flags: `PATCH` and `POST /api/projects/{project}/feature_flags/`. A percentage is only set where the flag
 * has one group, for everyone, and against the version that was read, so that nobody's change is overwritten. Archiving is PostHog's
 * deletion, which can be taken back. Permission: feature_flag:write.
 */
import * as z from 'zod';
import { impossible, opposite } from './acting.ts';
import { fitting } from './mapping.ts';
import { allItems, fieldOf, listIn } from './paging.ts';
import type { ActingClient, ActionDone, FlagAction, ServiceActions, ServiceTarget } from './service.ts';

export const posthogActions: ServiceActions = {
  kinds: ['turn', 'percentage', 'archive', 'revive', 'create'],
  permission: 'a personal API key with feature_flag:write',
  perform,
};

const flagSchema = z.object({
  id: z.number(),
  key: z.string(),
  version: z.number().nullish(),
  filters: z.unknown().optional(),
});

async function perform(client: ActingClient, target: ServiceTarget, action: FlagAction): Promise<ActionDone> {
  const path = `/api/projects/${encodeURIComponent(target.project ?? '')}/feature_flags/`;
  if (action.kind === 'create') {
    const filters = { groups: [{ properties: [], rollout_percentage: 100 }] };
    await client.send('POST', path, { key: action.key, name: action.description, active: false, filters });
    return { undo: opposite(action) };
  }
  const found = await flagNamed(client, path, action);
  switch (action.kind) {
    case 'turn':
      await client.send('PATCH', `${path}${found.id}/`, { active: action.to === 'on' });
      return { undo: opposite(action) };
    case 'archive':
    case 'revive':
      await client.send('PATCH', `${path}${found.id}/`, { deleted: action.kind === 'archive' });
      return { undo: opposite(action) };
    case 'percentage': {
      const group = onlyGroup(found.filters, action);
      const groups = [{ ...group, rollout_percentage: action.percentage }];
      const filters = { ...(found.filters as object), groups };
      await client.send('PATCH', `${path}${found.id}/`, {
        filters,
        ...(typeof found.version === 'number' ? { version: found.version } : {}),
      });
      const before = fieldOf(group, 'rollout_percentage');
      return { undo: { ...action, percentage: typeof before === 'number' ? before : 100 } };
    }
    default:
      throw impossible(action, 'PostHog has no such action');
  }
}

async function flagNamed(client: ActingClient, path: string, action: FlagAction): Promise<z.output<typeof flagSchema>> {
  // A deleted flag is in no list by itself.
  const deleted = action.kind === 'revive' ? { deleted: 'true' } : {};
  const flags = await allItems(
    offset => client.get(path, { limit: 100, offset, search: action.key, ...deleted }),
    answer => ({ items: listIn(answer, 'results'), more: typeof fieldOf(answer, 'next') === 'string' }),
  );
  const found = fitting(flagSchema, flags).items.find(flag => flag.key === action.key);
  if (found === undefined) throw impossible(action, 'no such flag in this project');
  return found;
}

function onlyGroup(filters: unknown, action: FlagAction): object {
  const groups = listIn(filters, 'groups') ?? [];
  const properties = listIn(groups[0], 'properties') ?? [];
  if (groups.length !== 1 || properties.length > 0 || typeof groups[0] !== 'object' || groups[0] === null) {
    throw impossible(action, 'no single group for everyone, whose percentage could be meant');
  }
  return groups[0];
}
