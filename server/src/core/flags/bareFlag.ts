/** Where definitions of flags begin, whoever reads them: decoders of flag files, and registries in code. */
import type { Flag } from '../model.ts';
import type { Span } from '../text.ts';

/** A flag of which nothing is known but its key and its place: what readers start from. */
export function bareFlag(key: string, system: string, path: string, keySpan: Span, span: Span): Flag {
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
    declaration: { path, span, keySpan },
    url: null,
  };
}
