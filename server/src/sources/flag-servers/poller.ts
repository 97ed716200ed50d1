/**
 * All servers of one project: those that the configuration names are asked, others are let go. Several projects in one process
 * have a poller each, and share nothing but the token's owner.
 */
import type { Config } from '../../core/config.ts';
import type { FlagSource } from '../../core/flags/verdicts/flagSource.ts';
import type { Flag, Notice } from '../../core/model.ts';
import { RequestFailed } from '../http/http.ts';
import { createServiceClient, type RoundClient } from './client.ts';
import { type ConfiguredSource, configuredSources } from './configured.ts';
import { tokenVariable } from './environmentTokens.ts';
import { createLiveSource, type LiveSource, type SourceOptions } from './source.ts';

export type PollerOptions = Omit<SourceOptions, 'source'>;

/** What all servers have said, and how they do. */
export interface ServedFlags {
  readonly flags: readonly Flag[];
  readonly sources: readonly FlagSource[];
  readonly notices: readonly Notice[];
}

export const NOTHING_SERVED: ServedFlags = { flags: [], sources: [], notices: [] };

export interface Poller {
  /** Takes over what the configuration says now; new servers are restored from the disk and, in the background, asked. */
  configure(config: Config, mode: 'in the background' | 'on demand' | 'kept only'): Promise<void>;
  served(): ServedFlags;
  /** What the configuration names, in its order. */
  sources(): readonly ConfiguredSource[];
  /**
   * For what a person has asked for: a client with the token that was confirmed for the origin. Rejects with `RequestFailed` where there
   * is none.
   */
  clientOf(source: Pick<ConfiguredSource, 'service' | 'target' | 'origin'>): Promise<RoundClient>;
  /** Asks all of them; resolves when each has ended, or after `limit` milliseconds. */
  askAll(limit: number): Promise<void>;
  dispose(): void;
}

export function createPoller(options: PollerOptions): Poller {
  const live = new Map<string, LiveSource>();
  let order: readonly ConfiguredSource[] = [];
  let notices: readonly Notice[] = [];
  let configurations = 0;
  return {
    async configure(config, mode) {
      const mine = ++configurations;
      const next = await configuredSources(config);
      // What was configured meanwhile counts.
      if (mine !== configurations) return;
      notices = next.notices;
      order = next.sources;
      const ids = new Set(order.map(source => `${source.id}\0${source.period}`));
      for (const [id, source] of live) {
        if (ids.has(id)) continue;
        source.dispose();
        live.delete(id);
      }
      const fresh: LiveSource[] = [];
      for (const source of order) {
        const id = `${source.id}\0${source.period}`;
        if (live.has(id)) continue;
        const made = createLiveSource({ ...options, source });
        live.set(id, made);
        fresh.push(made);
      }
      await Promise.all(fresh.map(source => source.restore()));
      options.onChange();
      if (mode === 'in the background') for (const source of fresh) source.start();
    },
    served() {
      const all = order.flatMap(({ id, period, paths }) => {
        const said = live.get(`${id}\0${period}`)?.served();
        return said === undefined ? [] : [paths === undefined ? said : within(paths, said)];
      });
      return { flags: all.flatMap(each => each.flags), sources: all.map(each => each.source), notices };
    },
    sources: () => order,
    async clientOf({ service, target, origin }) {
      const token = await options.tokenFor(origin, service.kind);
      if (token === null && service.token !== 'optional') {
        throw new RequestFailed({ kind: 'no-token', variable: tokenVariable(service.kind) }, '');
      }
      return createServiceClient({ http: options.http, service, target, token, known: null });
    },
    async askAll(limit) {
      const asked = Promise.all([...live.values()].map(source => source.ask()));
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>(resolve => {
        timer = setTimeout(resolve, limit);
      });
      await Promise.race([asked, late]);
      clearTimeout(timer);
    },
    dispose() {
      configurations++;
      for (const source of live.values()) source.dispose();
      live.clear();
    },
  };
}

/** Where a server answers is the configuration's word, not the server's. */
function within(paths: readonly string[], { flags, source }: ReturnType<LiveSource['served']>) {
  return { flags: flags.map(flag => ({ ...flag, paths })), source: { ...source, paths } };
}
