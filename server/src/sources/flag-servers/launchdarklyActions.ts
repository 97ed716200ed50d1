/**
 * What can be done to LaunchDarkly flags, as JSON patches of `PATCH /api/v2/flags/{project}/{key}` and `POST /api/v2/flags/{project}`.
 * A percentage is the share of the on variation in the fallthrough; it is only set where that is plain: two variations, and nothing
 * but them in the fallthrough. Least permission: an access token with the role Writer.
 */
import * as z from 'zod';
import { COMMENT, impossible, opposite } from './acting.ts';
import type { ActingClient, ActionDone, FlagAction, ServiceActions, ServiceTarget } from './service.ts';

export const launchdarklyActions: ServiceActions = {
  kinds: ['turn', 'percentage', 'mark-stale', 'unmark-stale', 'archive', 'revive', 'create'],
  permission: 'an access token with the role Writer',
  perform,
};

async function perform(client: ActingClient, target: ServiceTarget, action: FlagAction): Promise<ActionDone> {
  const flags = `/api/v2/flags/${encodeURIComponent(target.project ?? '')}`;
  const path = `${flags}/${encodeURIComponent(action.key)}`;
  const patch = (at: string, value: unknown) =>
    client.send('PATCH', path, { patch: [{ op: 'replace', path: at, value }], comment: COMMENT });
  switch (action.kind) {
    case 'turn':
      await patch(`/environments/${pointer(action.environment)}/on`, action.to === 'on');
      return { undo: opposite(action) };
    case 'percentage': {
      const before = fallthroughOf(await client.get(path, { env: action.environment }), action);
      await patch(`/environments/${pointer(action.environment)}/fallthrough`, before.rollout(action.percentage));
      return { undo: before.percentage === null ? null : { ...action, percentage: before.percentage } };
    }
    case 'mark-stale':
    case 'unmark-stale':
      await patch('/deprecated', action.kind === 'mark-stale');
      return { undo: opposite(action) };
    case 'archive':
    case 'revive':
      await patch('/archived', action.kind === 'archive');
      return { undo: opposite(action) };
    case 'create':
      await client.send('POST', flags, newFlag(action));
      return { undo: opposite(action) };
  }
}

/** A boolean flag that is off everywhere. */
function newFlag(action: FlagAction & { readonly kind: 'create' }): unknown {
  return {
    key: action.key,
    name: action.key,
    description: action.description,
    temporary: action.type !== 'permission' && action.type !== 'kill-switch',
    variations: [{ value: true }, { value: false }],
    defaults: { onVariation: 0, offVariation: 1 },
  };
}

const flagSchema = z.object({
  variations: z.array(z.unknown()).length(2),
  environments: z.record(
    z.string(),
    z.object({
      offVariation: z.number().int().min(0).max(1),
      fallthrough: z.object({
        variation: z.number().int().nullish(),
        rollout: z
          .object({ variations: z.array(z.object({ variation: z.number().int(), weight: z.number() })) })
          .loose()
          .nullish(),
      }),
    }),
  ),
});

interface Fallthrough {
  /** 0 to 100; null where the rollout gives none. */
  readonly percentage: number | null;
  /** The fallthrough with another percentage. */
  readonly rollout: (percentage: number) => unknown;
}

function fallthroughOf(answer: unknown, action: FlagAction & { readonly kind: 'percentage' }): Fallthrough {
  const flag = flagSchema.safeParse(answer);
  const config = flag.success ? flag.data.environments[action.environment] : undefined;
  if (config === undefined) {
    throw impossible(action, 'no two variations of which one is off, so that a percentage says nothing');
  }
  const on = 1 - config.offVariation;
  const { variation, rollout } = config.fallthrough;
  const share = rollout?.variations.find(each => each.variation === on)?.weight;
  const single = typeof variation === 'number' ? (variation === on ? 100 : 0) : null;
  const { bucketBy, contextKind } = (rollout ?? {}) as { readonly bucketBy?: unknown; readonly contextKind?: unknown };
  return {
    percentage: share === undefined ? single : share / 1000,
    rollout: percentage => {
      const weight = Math.round(percentage * 1000);
      const variations = [
        { variation: on, weight },
        { variation: config.offVariation, weight: 100_000 - weight },
      ];
      return {
        rollout: {
          variations,
          ...(typeof bucketBy === 'string' ? { bucketBy } : {}),
          ...(typeof contextKind === 'string' ? { contextKind } : {}),
        },
      };
    },
  };
}

/** A name as a step of a JSON pointer (RFC 6901). */
function pointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
