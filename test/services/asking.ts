/** A service of Flagbook asked through its real client, at an emulator. */
import { createServiceClient, type RoundClient } from '../../server/src/sources/flag-servers/client.ts';
import type { Answers, FlagService, MapContext, ServiceTarget } from '../../server/src/sources/flag-servers/service.ts';
import { createNodeHttp } from '../../server/src/sources/http/nodeHttp.ts';
import { startLocalServer } from '../support/localServer.ts';
import type { Emulated } from './emulator.ts';

/** The time of all tests: 2026-03-02T10:12:00Z. */
export const NOW = Date.UTC(2026, 2, 2, 10, 12);

/** What one round of questions is answered: the recorded answers for the contract. */
export async function askedOf(
  service: FlagService,
  emulated: Emulated,
  target: Omit<ServiceTarget, 'url'>,
): Promise<Answers> {
  const server = await startLocalServer(emulated.handler);
  const here = { ...target, url: server.url };
  try {
    return await service.fetch(clientOf(service, here), here);
  } finally {
    await server.close();
  }
}

export function clientOf(service: FlagService, target: ServiceTarget): RoundClient {
  return createServiceClient({
    http: createNodeHttp({ now: () => NOW }),
    service,
    target,
    token: 'token',
    known: null,
  });
}

export function contextOf(target: ServiceTarget): MapContext {
  return { ...target, now: NOW };
}
