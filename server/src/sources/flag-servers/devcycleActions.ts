/**
 * What can be done to DevCycle's features, named by one of their variables: on and off in one environment
 * (`PATCH /v1/projects/{project}/features/{feature}/configurations?environment=`), archived (`PATCH /v2/…/status`), created with one boolean
 * variable of the same key (`POST /v2/…`). A percentage would replace all targets, and is none of this. Permission: a member who may
 * publish.
 */
import * as z from 'zod';
import { impossible, opposite } from './acting.ts';
import { fitting } from './mapping.ts';
import { allItems } from './paging.ts';
import type { ActingClient, ActionDone, FlagAction, ServiceActions, ServiceTarget } from './service.ts';

export const devcycleActions: ServiceActions = {
  kinds: ['turn', 'archive', 'revive', 'create'],
  permission: 'a Management API token of a member who may publish',
  perform,
};

async function perform(client: ActingClient, target: ServiceTarget, action: FlagAction): Promise<ActionDone> {
  const project = encodeURIComponent(target.project ?? '');
  const features = `/v2/projects/${project}/features`;
  switch (action.kind) {
    case 'turn': {
      const feature = await featureOf(client, features, action);
      const environment = `environment=${encodeURIComponent(action.environment)}`;
      const path = `/v1/projects/${project}/features/${encodeURIComponent(feature)}/configurations?${environment}`;
      await client.send('PATCH', path, { status: action.to === 'on' ? 'active' : 'inactive' });
      break;
    }
    case 'archive':
    case 'revive': {
      const feature = await featureOf(client, features, action);
      const status = action.kind === 'archive' ? 'archived' : 'active';
      await client.send('PATCH', `${features}/${encodeURIComponent(feature)}/status`, { status });
      break;
    }
    case 'create':
      await client.send('POST', features, {
        key: action.key,
        name: action.key,
        description: action.description,
        variables: [{ key: action.key, type: 'Boolean' }],
        variations: [
          { key: 'on', name: 'On', variables: { [action.key]: true } },
          { key: 'off', name: 'Off', variables: { [action.key]: false } },
        ],
        controlVariation: 'off',
      });
      break;
    default:
      throw impossible(action, 'DevCycle has no such action');
  }
  return { undo: opposite(action) };
}

const featureSchema = z.object({ key: z.string(), variables: z.array(z.object({ key: z.string() })).catch([]) });

/** The key of the one feature that has the variable. */
async function featureOf(client: ActingClient, path: string, action: FlagAction): Promise<string> {
  const all = await allItems(
    (_count, page) => client.get(path, { page, perPage: 100 }),
    answer => ({ items: Array.isArray(answer) ? answer : null, more: Array.isArray(answer) && answer.length >= 100 }),
  );
  const having = fitting(featureSchema, all).items.filter(each => each.variables.some(one => one.key === action.key));
  if (having.length !== 1) throw impossible(action, 'no single feature that has this variable');
  return having[0]!.key;
}
