/** Which servers a configuration names; only their services are loaded. What is wrong with an entry is said in a notice and the entry left out. */
import type { Config, FlagSystemConfig } from '../../core/config.ts';
import type { Notice } from '../../core/model.ts';
import { serverName } from './mapping.ts';
import { flagServiceKinds, serviceOf } from './registry.ts';
import type { FlagService, ServiceTarget } from './service.ts';

/** One server to ask. Two entries with the same `id` are one. */
export interface ConfiguredSource {
  readonly id: string;
  readonly service: FlagService;
  readonly target: ServiceTarget;
  readonly origin: string;
  /** Seconds between two questions. */
  readonly period: number;
  /** As `Flag.paths`. */
  readonly paths?: readonly string[] | undefined;
}

export async function configuredSources(config: Config): Promise<{
  readonly sources: readonly ConfiguredSource[];
  readonly notices: readonly Notice[];
}> {
  const sources = new Map<string, ConfiguredSource>();
  const notices: Notice[] = [];
  for (const system of config.flagSystems) {
    if (!mayBeServer(system)) continue;
    const service = await serviceOf(system.kind);
    if (!isServer(system, service)) continue;
    const made = service === undefined ? unknownKind(system) : sourceOf(system, service);
    if (typeof made === 'string') notices.push({ code: 'server/configuration', severity: 'warning', message: made });
    else sources.set(made.id, withPathsOf(sources.get(made.id), made));
  }
  return { sources: [...sources.values()], notices };
}

/** An address makes a server; so does a project of a service that has an address of its own. */
function isServer(system: FlagSystemConfig, service: FlagService | undefined): boolean {
  return system.url !== undefined || (mayBeServer(system) && service?.defaultUrl != null);
}

/** Whatever the service is. */
function mayBeServer({ url, files, project }: FlagSystemConfig): boolean {
  return url !== undefined || (files === undefined && project !== undefined);
}

function sourceOf(system: FlagSystemConfig, service: FlagService): ConfiguredSource | string {
  const given = system.url ?? service.defaultUrl;
  if (given === null) return `flagbook.json: ${service.title} needs a "url".`;
  if (service.projectWord !== null && system.project === undefined) {
    return `flagbook.json: ${service.title} needs a "project", which is the ${service.projectWord}.`;
  }
  const { origin, pathname } = new URL(given);
  const url = `${origin}${pathname.replace(/(?<!\/)\/+$/, '')}`;
  const project = system.project ?? null;
  const target = { url, project, environments: system.environments ?? environmentsOf(system) };
  return {
    id: [service.kind, serverName(target), ...target.environments].join('\0'),
    service,
    target,
    origin,
    period: Math.max(system.period ?? service.period, MOST_OFTEN),
    paths: system.paths,
  };
}

/** One server that two entries name answers wherever either does. */
function withPathsOf(known: ConfiguredSource | undefined, next: ConfiguredSource): ConfiguredSource {
  if (known === undefined) return next;
  const isEverywhere = known.paths === undefined || next.paths === undefined;
  return { ...known, paths: isEverywhere ? undefined : [...new Set([...known.paths, ...next.paths])] };
}

const MOST_OFTEN = 5;

function environmentsOf({ environment }: FlagSystemConfig): readonly string[] {
  return environment === undefined ? [] : [environment];
}

function unknownKind({ kind }: FlagSystemConfig): string {
  const known = flagServiceKinds.join(', ');
  return `flagbook.json: no flag service is called "${kind}". Those that can be asked are ${known}.`;
}
