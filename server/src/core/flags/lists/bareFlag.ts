/** Where definitions of flags begin, whoever reads them: decoders of flag files, registries in code, and mappings of flag servers. */
import type { Flag } from '../../model.ts';
import type { Span } from '../../text.ts';

/** A flag of which nothing is known but its key and its place: what readers start from. */
export function bareFlag(key: string, system: string, path: string, keySpan: Span, span: Span): Flag {
  return { ...flagWithoutPlace(key, system), declaration: { path, span, keySpan } };
}

/** A flag of which nothing is known but its key, and that no file of the repository defines. */
export function flagWithoutPlace(key: string, system: string): Flag {
  return {
    key,
    system,
    name: null,
    description: null,
    kind: null,
    type: null,
    owner: null,
    tags: [],
    variations: [],
    offValue: undefined,
    environments: [],
    prerequisites: [],
    created: null,
    expires: null,
    archived: false,
    declaration: null,
    url: null,
  };
}
