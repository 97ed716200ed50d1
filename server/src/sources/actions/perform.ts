/** Doing on a server what a person has confirmed, and saying how it went. No text here quotes a token or an answer. */

import type { ConfiguredSource } from '../flag-servers/configured.ts';
import type { Poller } from '../flag-servers/poller.ts';
import type { FlagAction } from '../flag-servers/service.ts';
import { failureText, RequestFailed } from '../http/http.ts';

export type Performed =
  | { readonly kind: 'done'; readonly undo: FlagAction | null }
  /** A sentence or two for people: what happened and what to do. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Does it. Never rejects. */
export async function perform(poller: Poller, source: ConfiguredSource, action: FlagAction): Promise<Performed> {
  const { service, target } = source;
  if (service.actions === undefined || !service.actions.kinds.includes(action.kind)) {
    return { kind: 'failed', reason: `${service.title} can't do that from here.` };
  }
  try {
    const client = await poller.clientOf(source);
    return { kind: 'done', undo: (await service.actions.perform(client, target, action)).undo };
  } catch (error) {
    return { kind: 'failed', reason: reasonOf(error, source) };
  }
}

function reasonOf(error: unknown, { service, origin }: ConfiguredSource): string {
  if (!(error instanceof RequestFailed)) return `${service.title} at ${origin} could not be told.`;
  const { failure } = error;
  switch (failure.kind) {
    case 'forbidden':
      return `${service.title} at ${origin} does not let this token do that. It needs ${service.actions?.permission}. Sign in with such a token.`;
    case 'not-found':
      return `${service.title} at ${origin} knows no such flag, project or environment any longer.`;
    case 'shape':
      return `${service.title} at ${origin} can't do that: ${failure.what}.`;
    case 'refused':
      return failure.status === 409
        ? `${service.title} at ${origin} refuses: the flag is not as it was, or exists already (status 409).`
        : `${service.title} at ${origin} refuses that (status ${failure.status}).`;
    default:
      return failureText(failure, service.title, origin);
  }
}

/** `Turned off in PRODUCTION`, past tense and without the flag's name. */
export function doneText(action: FlagAction, environment: string | null): string {
  switch (action.kind) {
    case 'turn':
      return `turned ${action.to} in ${environment}`;
    case 'percentage':
      return `set to ${action.percentage}% in ${environment}`;
    case 'mark-stale':
      return 'marked as stale';
    case 'unmark-stale':
      return 'no longer marked as stale';
    case 'archive':
      return 'archived';
    case 'revive':
      return 'brought back';
    case 'create':
      return 'created';
  }
}
