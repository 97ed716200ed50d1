/**
 * What can be done to ConfigCat's settings: a boolean one that has neither rules nor shares in an environment is turned on or off there
 * (a JSON patch of its value alone), and one is created where the product has a single config. Anything else would have to
 * replace rules. Permission: a member who may change values and create settings.
 */
import * as z from 'zod';
import { impossible, opposite } from './acting.ts';
import { configsOf, environmentsOf } from './configcatProduct.ts';
import { fitting } from './mapping.ts';
import { listIn } from './paging.ts';
import type { ActingClient, ActionDone, FlagAction, ServiceActions, ServiceTarget } from './service.ts';

export const configcatActions: ServiceActions = {
  kinds: ['turn', 'create'],
  permission: 'a Public API credential of a member who may change values and create settings',
  perform,
};

const valueSchema = z.object({
  setting: z.object({ settingId: z.number(), key: z.string(), settingType: z.string() }),
  targetingRules: z.array(z.unknown()).nullish(),
  rolloutRules: z.array(z.unknown()).nullish(),
  rolloutPercentageItems: z.array(z.unknown()).nullish(),
});

async function perform(client: ActingClient, target: ServiceTarget, action: FlagAction): Promise<ActionDone> {
  const product = `/v1/products/${encodeURIComponent(target.project ?? '')}`;
  const configs = configsOf(await client.get(`${product}/configs`));
  if (action.kind === 'create') {
    if (configs.length !== 1)
      throw impossible(action, 'not one config alone, so that it is not clear where to create it');
    const path = `/v1/configs/${encodeURIComponent(configs[0]!.configId)}/settings`;
    await client.send('POST', path, {
      key: action.key,
      name: action.key,
      hint: action.description,
      settingType: 'boolean',
    });
    return { undo: null };
  }
  if (action.kind !== 'turn') throw impossible(action, 'ConfigCat has no such action');
  const environments = await client.get(`${product}/environments`);
  const [environment] = environmentsOf(environments, { ...target, environments: [action.environment] });
  if (environment === undefined) throw impossible(action, 'no such environment');
  const found: { readonly id: number; readonly version: string }[] = [];
  for (const config of configs) {
    const version = config.evaluationVersion === 'v2' ? 'v2' : 'v1';
    const answer = await client.get(
      `/${version}/configs/${encodeURIComponent(config.configId)}/environments/${encodeURIComponent(environment.environmentId)}/values`,
    );
    for (const value of fitting(valueSchema, listIn(answer, 'settingFormulas') ?? listIn(answer, 'settingValues'))
      .items) {
      if (value.setting.key !== action.key) continue;
      const rules = [value.targetingRules, value.rolloutRules, value.rolloutPercentageItems].some(
        each => (each ?? []).length > 0,
      );
      if (rules || value.setting.settingType !== 'boolean')
        throw impossible(action, 'rules or shares that decide before its value');
      found.push({ id: value.setting.settingId, version });
    }
  }
  if (found.length !== 1) throw impossible(action, 'no single setting of this key');
  const [{ id, version }] = found as [(typeof found)[number]];
  const path = version === 'v2' ? '/defaultValue/boolValue' : '/value';
  const address = `/${version}/environments/${encodeURIComponent(environment.environmentId)}/settings/${id}/value`;
  await client.send('PATCH', address, [{ op: 'replace', path, value: action.to === 'on' }]);
  return { undo: opposite(action) };
}
