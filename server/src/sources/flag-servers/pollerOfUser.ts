/** A poller on this machine's network, clock and cache, as both fronts on Node have it. */
import { serverMemoryOfUser } from '../facts-cache/ofUser.ts';
import { httpWhenNeeded } from '../http/http.ts';
import type { NodeHttpOptions } from '../http/nodeHttp.ts';
import { createPoller, type Poller } from './poller.ts';
import type { TokenFor } from './source.ts';

/** How the editor wants connections to be made. */
export type NetworkSettings = Pick<NodeHttpOptions, 'strictCertificates' | 'systemCertificates'>;

export interface UserPoller {
  readonly tokenFor: TokenFor;
  readonly remembers: boolean;
  readonly network?: NetworkSettings;
  readonly onChange: () => void;
  readonly onError: (error: unknown) => void;
}

export function pollerOfUser({ tokenFor, remembers, network, onChange, onError }: UserPoller): Poller {
  return createPoller({
    http: httpWhenNeeded(async () =>
      (await import('../http/nodeHttp.ts')).createNodeHttp({ now: Date.now, ...network }),
    ),
    tokenFor,
    memory: remembers ? serverMemoryOfUser() : null,
    now: Date.now,
    chance: Math.random,
    onChange,
    onError,
  });
}
