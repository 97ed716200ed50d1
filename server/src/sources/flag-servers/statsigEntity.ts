/** What gates, dynamic configs and experiments of Statsig have in common: names, people, dates and pages. Their states are not told here. */
import * as z from 'zod';
import type { Flag } from '../../core/model.ts';
import { momentOf, servedFlag, timeOf } from './mapping.ts';
import type { MapContext } from './service.ts';

export const entityFields = {
  id: z.string(),
  name: z.string().nullish().catch(null),
  description: z.string().nullish().catch(null),
  idType: z.string().nullish().catch(null),
  tags: z.array(z.string()).catch([]),
  team: z.string().nullish().catch(null),
  owner: z.object({ ownerName: z.string().nullish(), ownerEmail: z.string().nullish() }).nullish().catch(null),
  createdTime: z.number().nullish().catch(null),
  lastModifiedTime: z.number().nullish().catch(null),
  lastModifierName: z.string().nullish().catch(null),
  status: z.string().nullish().catch(null),
};

const entitySchema = z.object(entityFields);

/** @param place the project's id, and what its pages call things of this kind: `gates`. Null where the project is not known. */
export function entityFlag(
  entity: z.output<typeof entitySchema>,
  place: { readonly project: string; readonly kind: string } | null,
  context: MapContext,
): Flag {
  const changed = momentOf(entity.lastModifiedTime, 'statsig', context);
  const by = entity.lastModifierName;
  return {
    ...servedFlag(entity.id, 'statsig', context),
    name: entity.name || null,
    description: entity.description || null,
    owner: entity.owner?.ownerName || entity.owner?.ownerEmail || entity.team || null,
    tags: entity.tags,
    created: timeOf(entity.createdTime, context),
    ...(changed === null ? {} : { changed: { ...changed, ...(by ? { by } : {}) } }),
    ...(entity.status ? { lifecycle: { stage: entity.status, since: null } } : {}),
    url:
      place === null
        ? null
        : `https://console.statsig.com/${encodeURIComponent(place.project)}/${place.kind}/${encodeURIComponent(entity.id)}`,
  };
}
