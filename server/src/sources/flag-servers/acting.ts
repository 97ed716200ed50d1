/** What actions of services share. */
import { RequestFailed } from '../http/http.ts';
import type { FlagAction } from './service.ts';

/** An action that a service can't do, or not to this flag; `what` says why, in words. */
export function impossible(action: FlagAction, what: string): RequestFailed {
  return new RequestFailed({ kind: 'shape', what }, action.key);
}

/** The opposite of what can be undone by its opposite. */
export function opposite(action: FlagAction): FlagAction | null {
  switch (action.kind) {
    case 'turn':
      return { ...action, to: action.to === 'on' ? 'off' : 'on' };
    case 'mark-stale':
      return { ...action, kind: 'unmark-stale' };
    case 'unmark-stale':
      return { ...action, kind: 'mark-stale' };
    case 'archive':
      return { ...action, kind: 'revive' };
    case 'revive':
      return { ...action, kind: 'archive' };
    case 'create':
      return { kind: 'archive', key: action.key };
    case 'percentage':
      return null;
  }
}

/** Written beside a change where a service keeps a comment. */
export const COMMENT = 'From the editor (Flagbook)';
