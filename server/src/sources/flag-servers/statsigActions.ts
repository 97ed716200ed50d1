/**
 * What can be done to Statsig's gates. A gate is turned on and off everywhere at once, so that this is none of it; a percentage is set
 * where one rule for everyone is for that environment alone.
 */
import * as z from 'zod';
import { impossible, opposite } from './acting.ts';
import { fieldOf } from './paging.ts';
import type { ActingClient, ActionDone, FlagAction, ServiceActions, ServiceTarget } from './service.ts';
import { ruleReach, ruleSchema } from './statsigRules.ts';

export const statsigActions: ServiceActions = {
  kinds: ['percentage', 'archive', 'revive', 'create'],
  permission: 'a Console API key that may write',
  perform,
};

const gateSchema = z.object({ rules: z.array(ruleSchema) });

async function perform(client: ActingClient, _target: ServiceTarget, action: FlagAction): Promise<ActionDone> {
  const path = `/console/v1/gates/${encodeURIComponent(action.key)}`;
  switch (action.kind) {
    case 'percentage': {
      const rule = onlyRule(await client.get(path), action);
      await client.send('PATCH', `${path}/rules/${encodeURIComponent(rule.id)}`, {
        passPercentage: Math.round(action.percentage * 100) / 100,
      });
      return { undo: { ...action, percentage: rule.percentage } };
    }
    case 'archive':
      await client.send('PUT', `${path}/archive`, {});
      break;
    case 'revive':
      await client.send('PUT', `${path}/unarchive`, {});
      break;
    case 'create': {
      const type = action.type === 'permission' || action.type === 'kill-switch' ? 'PERMANENT' : 'TEMPORARY';
      await client.send('POST', '/console/v1/gates', {
        name: action.key,
        description: action.description,
        type,
        isEnabled: true,
      });
      break;
    }
    default:
      throw impossible(action, 'Statsig turns gates on and off in all environments at once');
  }
  return { undo: opposite(action) };
}

/** The one rule for everyone that is for this environment alone: any other percentage would concern more than was asked. */
function onlyRule(answer: unknown, action: FlagAction & { readonly kind: 'percentage' }) {
  const gate = gateSchema.safeParse(fieldOf(answer, 'data'));
  const rules = (gate.success ? gate.data.rules : []).filter(
    rule => ruleReach(rule, action.environment).reach !== 'nobody',
  );
  const [rule] = rules;
  const isOwn = rule?.environments?.length === 1 && ruleReach(rule, action.environment).reach === 'everyone';
  if (rules.length !== 1 || !isOwn || !rule?.id) {
    throw impossible(action, 'no single rule for everyone in this environment alone');
  }
  return { id: rule.id, percentage: rule.passPercentage };
}
