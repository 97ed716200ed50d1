/**
 * What can be done to Unleash's flags, by its admin API. A percentage is that of the one `flexibleRollout` an environment has; an
 * environment with other strategies is left to Unleash's own page. Which project a flag is in is asked where the configuration does not say.
 *
 * Least permission: a personal access token of a user with the role Editor, or the project's role Member.
 * Not run: change requests and protected environments, which are Unleash's enterprise edition's.
 */
import * as z from 'zod';
import { RequestFailed } from '../http/http.ts';
import { fitting } from './mapping.ts';
import type { ActingClient, ActionDone, FlagAction, ServiceActions, ServiceClient, ServiceTarget } from './service.ts';

export const unleashActions: ServiceActions = {
  kinds: ['turn', 'percentage', 'mark-stale', 'unmark-stale', 'archive', 'revive', 'create'],
  permission: "a personal access token of a user with the role Editor, or with the project's role Member",
  perform,
};

async function perform(client: ActingClient, target: ServiceTarget, action: FlagAction): Promise<ActionDone> {
  if (action.kind === 'create') return create(client, target, action);
  const project =
    target.project ?? (await projectOf(client, action.key, action.kind === 'revive' ? 'archived' : 'live'));
  const base = `/api/admin/projects/${encodeURIComponent(project)}`;
  const feature = `${base}/features/${encodeURIComponent(action.key)}`;
  switch (action.kind) {
    case 'turn': {
      await client.send('POST', `${feature}/environments/${encodeURIComponent(action.environment)}/${action.to}`);
      return { undo: { ...action, to: action.to === 'on' ? 'off' : 'on' } };
    }
    case 'percentage':
      return setPercentage(client, `${feature}/environments/${encodeURIComponent(action.environment)}`, action);
    case 'mark-stale':
    case 'unmark-stale':
      await client.send('POST', `${base}/stale`, { features: [action.key], stale: action.kind === 'mark-stale' });
      return { undo: { kind: action.kind === 'mark-stale' ? 'unmark-stale' : 'mark-stale', key: action.key } };
    case 'archive':
      await client.send('DELETE', feature);
      return { undo: { kind: 'revive', key: action.key } };
    case 'revive':
      await client.send('POST', `${base}/revive`, { features: [action.key] });
      return { undo: { kind: 'archive', key: action.key } };
  }
}

async function create(
  client: ActingClient,
  target: ServiceTarget,
  { key, type, description }: FlagAction & { readonly kind: 'create' },
): Promise<ActionDone> {
  const path = `/api/admin/projects/${encodeURIComponent(target.project ?? 'default')}/features`;
  await client.send('POST', path, { name: key, type: type ?? 'release', description });
  return { undo: { kind: 'archive', key } };
}

const foundSchema = z.object({ name: z.string(), project: z.string() });

async function projectOf(client: ServiceClient, key: string, where: 'live' | 'archived'): Promise<string> {
  const path = '/api/admin/search/features';
  const more = where === 'archived' ? { archived: 'IS:true' } : {};
  const answer = await client.get(path, { query: key, limit: 100, ...more });
  const found = fitting(foundSchema, (answer as { features?: unknown } | null)?.features).items;
  const project = found.find(each => each.name === key)?.project;
  if (project === undefined) throw new RequestFailed({ kind: 'not-found' }, path);
  return project;
}

const strategiesSchema = z.array(
  z.object({ id: z.string(), name: z.string(), parameters: z.record(z.string(), z.unknown()).nullish() }),
);

async function setPercentage(
  client: ActingClient,
  path: string,
  action: FlagAction & { readonly kind: 'percentage' },
): Promise<ActionDone> {
  const strategies = strategiesSchema.safeParse(await client.get(`${path}/strategies`));
  const known = strategies.success ? strategies.data : [];
  if (!Number.isInteger(action.percentage)) {
    throw new RequestFailed({ kind: 'shape', what: 'its percentages are whole numbers' }, path);
  }
  const rollout = String(action.percentage);
  if (strategies.success && known.length === 0) {
    const parameters = { rollout, stickiness: 'default', groupId: action.key };
    await client.send('POST', `${path}/strategies`, { name: 'flexibleRollout', parameters, constraints: [] });
    return { undo: null };
  }
  const [only] = known;
  if (only === undefined || known.length > 1 || only.name !== 'flexibleRollout') {
    const what = 'the environment has other strategies than one gradual rollout, so that a percentage says nothing';
    throw new RequestFailed({ kind: 'shape', what }, path);
  }
  const before = Number(only.parameters?.rollout);
  // One value is replaced, so that whatever else somebody changes in the meantime stays.
  const patch = [{ op: 'replace', path: '/parameters/rollout', value: rollout }];
  await client.send('PATCH', `${path}/strategies/${encodeURIComponent(only.id)}`, patch);
  return { undo: Number.isFinite(before) ? { ...action, percentage: before } : null };
}
