/**
 * What can be done to Flagsmith features: a state is turned by `PATCH …/featurestates/{id}/`, features are archived and created below
 * their project. Percentages belong to segments there, and are none of this. In environments with the newer versioning a state can
 * only be changed as a new version, which Flagsmith then says. Permission: update feature state, and for the rest create feature.
 */
import * as z from 'zod';
import { impossible, opposite } from './acting.ts';
import { fitting } from './mapping.ts';
import { fieldOf } from './paging.ts';
import type { ActingClient, ActionDone, FlagAction, ServiceActions, ServiceTarget } from './service.ts';

export const flagsmithActions: ServiceActions = {
  kinds: ['turn', 'archive', 'revive', 'create'],
  permission: 'update feature state; to archive and create also create feature',
  perform,
};

async function perform(client: ActingClient, target: ServiceTarget, action: FlagAction): Promise<ActionDone> {
  const features = `/api/v1/projects/${encodeURIComponent(target.project ?? '')}/features/`;
  switch (action.kind) {
    case 'turn': {
      const states = `/api/v1/environments/${encodeURIComponent(await keyOf(client, target, action))}/featurestates/`;
      const answer = await client.get(states, { feature_name: action.key });
      const state = fitting(stateSchema, fieldOf(answer, 'results')).items.find(
        each => !each.feature_segment && !each.identity,
      );
      if (state === undefined) throw impossible(action, 'no state of the feature in that environment');
      await client.send('PATCH', `${states}${state.id}/`, { feature: state.feature, enabled: action.to === 'on' });
      break;
    }
    case 'archive':
    case 'revive': {
      const answer = await client.get(features, { search: action.key, page: 1, page_size: 100 });
      const found = fitting(z.object({ id: z.number(), name: z.string() }), fieldOf(answer, 'results')).items;
      const id = found.find(each => each.name === action.key)?.id;
      if (id === undefined) throw impossible(action, 'no such feature');
      await client.send('PATCH', `${features}${id}/`, { is_archived: action.kind === 'archive' });
      break;
    }
    case 'create':
      await client.send('POST', features, {
        name: action.key,
        description: action.description,
        default_enabled: false,
      });
      break;
    default:
      throw impossible(action, 'Flagsmith has no such action');
  }
  return { undo: opposite(action) };
}

const stateSchema = z.object({
  id: z.number(),
  feature: z.number(),
  feature_segment: z.number().nullish(),
  identity: z.unknown().optional(),
});

/** The key by which an environment is addressed. */
async function keyOf(
  client: ActingClient,
  target: ServiceTarget,
  action: FlagAction & { readonly kind: 'turn' },
): Promise<string> {
  const answer = await client.get('/api/v1/environments/', { project: target.project, page: 1 });
  const all = fitting(z.object({ name: z.string(), api_key: z.string() }), fieldOf(answer, 'results')).items;
  const found = all.find(each => each.name.toLowerCase() === action.environment.toLowerCase());
  if (found === undefined) throw impossible(action, 'no such environment');
  return found.api_key;
}
