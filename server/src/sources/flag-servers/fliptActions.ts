/**
 * What can be done to flags of Flipt 2: a whole flag is read and written back with the revision that was read, which Flipt refuses when
 * another change came between. A boolean flag with rollouts is not turned, since they count before its value; a percentage is set
 * where there is one threshold. Permission: writing to the namespace. Version 1 is only read.
 */
import * as z from 'zod';
import { impossible, opposite } from './acting.ts';
import { fieldOf, listIn } from './paging.ts';
import type { ActingClient, ActionDone, FlagAction, ServiceActions, ServiceTarget } from './service.ts';

export const fliptActions: ServiceActions = {
  kinds: ['turn', 'percentage'],
  permission: 'a token that may write to the namespace',
  perform,
};

const answerSchema = z.object({
  resource: z.object({ payload: z.looseObject({ key: z.string(), type: z.string().default('VARIANT_FLAG_TYPE') }) }),
  revision: z.string(),
});

async function perform(client: ActingClient, target: ServiceTarget, action: FlagAction): Promise<ActionDone> {
  if (action.kind !== 'turn' && action.kind !== 'percentage') throw impossible(action, 'Flipt has no such action');
  const namespace = encodeURIComponent(target.project ?? 'default');
  const path = `/api/v2/environments/${encodeURIComponent(action.environment)}/namespaces/${namespace}/resources`;
  const answer = answerSchema.safeParse(await client.get(`${path}/flipt.core.Flag/${encodeURIComponent(action.key)}`));
  if (!answer.success) throw impossible(action, 'no such flag in that environment');
  const { resource, revision } = answer.data;
  const write = (change: object) =>
    client.send('PUT', path, {
      key: action.key,
      payload: { ...resource.payload, '@type': 'flipt.core.Flag', ...change },
      revision,
    });
  const rollouts = listIn(resource.payload, 'rollouts') ?? [];
  if (action.kind === 'turn') {
    if (resource.payload.type === 'BOOLEAN_FLAG_TYPE' && rollouts.length > 0) {
      throw impossible(action, 'rollouts that count before its value');
    }
    await write({ enabled: action.to === 'on' });
    return { undo: opposite(action) };
  }
  const threshold = fieldOf(rollouts[0], 'threshold');
  if (rollouts.length !== 1 || fieldOf(threshold, 'value') !== true)
    throw impossible(action, 'no single percentage that turns it on');
  const before = fieldOf(threshold, 'percentage');
  await write({
    rollouts: [{ ...(rollouts[0] as object), threshold: { ...(threshold as object), percentage: action.percentage } }],
  });
  return { undo: { ...action, percentage: typeof before === 'number' ? before : 0 } };
}
