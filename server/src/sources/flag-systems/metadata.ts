/**
 * Owner, type, dates and links that people keep in a flag's free `metadata`, by the names they use, since the formats that
 * have such a field define none: owner (`owner`, `team`, `maintainer`), type (`type`), tags (`tags`, a list or separated by
 * commas), name, description, created (`created`, `createdAt`), expires (`expires`, `expiry`, `expiresAt`, `removeBy`), `lifetime`, url
 * (`url`, `link`, `issue`).
 */
import type { Flag, JsonValue } from '../../core/model.ts';
import { dateOf, flagTypeOf } from './decoder.ts';

export type Metadata = Readonly<Record<string, JsonValue | undefined>>;

/** What the metadata says, in the model's fields; null or empty where it says nothing. */
export function metadataFields(
  metadata: Metadata,
): Pick<Flag, 'name' | 'description' | 'type' | 'owner' | 'tags' | 'created' | 'expires' | 'lifetime' | 'url'> {
  const first = (...names: readonly string[]) =>
    names.map(name => (Object.hasOwn(metadata, name) ? metadata[name] : undefined)).find(value => value !== undefined);
  const textOf = (...names: readonly string[]) => {
    const value = first(...names);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  const url = textOf('url', 'link', 'issue', 'issue-link');
  return {
    name: textOf('name', 'title'),
    description: textOf('description'),
    type: flagTypeOf(first('type', 'flagType', 'kind')),
    owner: textOf('owner', 'team', 'maintainer'),
    tags: tagsOf(first('tags')),
    created: dateOf(first('created', 'createdAt', 'created_at')),
    expires: dateOf(first('expires', 'expiry', 'expiresAt', 'expires_at', 'removeBy')),
    lifetime: textOf('lifetime'),
    url: httpUrl(url),
  };
}

/** An address that a browser can open, or null. */
export function httpUrl(url: unknown): string | null {
  return typeof url === 'string' && /^https?:\/\/[^\s]+$/i.test(url.trim()) ? url.trim() : null;
}

function tagsOf(value: JsonValue | undefined): readonly string[] {
  const items: readonly JsonValue[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  return items.flatMap(item => (typeof item === 'string' && item.trim() !== '' ? [item.trim()] : []));
}
