// A small flag service of the tests' own, and a source that asks it.

import * as z from 'zod';
import { fitting, instant, servedFlag, timeOf, unreadable } from '../../../server/src/sources/flag-servers/mapping.ts';
import type { FlagService } from '../../../server/src/sources/flag-servers/service.ts';
import {
  createLiveSource,
  type LiveSource,
  type SourceOptions,
} from '../../../server/src/sources/flag-servers/source.ts';
import type { HttpClient } from '../../../server/src/sources/http/http.ts';
import { createNodeHttp } from '../../../server/src/sources/http/nodeHttp.ts';

export const TOKEN = 'secret-token-of-the-test';

export const testService: FlagService = {
  kind: 'test',
  title: 'Test flags',
  defaultUrl: null,
  projectWord: null,
  permission: 'reading',
  period: 30,
  headers: token => ({ authorization: `Bearer ${token}` }),
  fetch: async client => ({ flags: await client.get('/flags', { all: true }) }),
  map(answers, context) {
    const { items } = fitting(
      z.object({ key: z.string(), on: z.boolean(), created: z.string().optional() }),
      answers.flags,
    );
    if (!Array.isArray(answers.flags)) return unreadable('no list of flags');
    const flags = items.map(({ key, on, created }) => ({
      ...servedFlag(key, 'test', context),
      created: timeOf(created, context),
      environments: [
        {
          environment: 'production',
          state: on ? ('on' as const) : ('off' as const),
          percentage: on ? 100 : 0,
          serves: on,
          summary: on ? 'on for everyone' : 'off for everyone',
          asOf: instant(context.now),
        },
      ],
    }));
    return { flags, problem: null, notices: [] };
  },
};

export interface TestSource {
  readonly source: LiveSource;
  readonly errors: unknown[];
  changes: number;
  now: number;
  /** Gives up soon; else a busy machine is no reason to. */
  isImpatient: boolean;
  /** HTTP with another limit of time, milliseconds. */
  readonly http: (timeLimit: number) => HttpClient;
}

export function sourceAt(
  url: string,
  more: Partial<SourceOptions> = {},
  service: FlagService = testService,
): TestSource {
  const target = { url, project: null, environments: [] };
  const patient = createNodeHttp({ now: () => state.now });
  const impatient = createNodeHttp({ now: () => state.now, idleLimit: 150, timeLimit: 600 });
  const state: TestSource = {
    isImpatient: false,
    errors: [],
    changes: 0,
    http: timeLimit => createNodeHttp({ now: () => state.now, idleLimit: 150, timeLimit }),
    now: Date.parse('2026-03-01T10:00:00Z'),
    source: createLiveSource({
      source: { id: `${service.kind} ${url}`, service, target, origin: new URL(url).origin, period: service.period },
      http: { ...patient, send: request => (state.isImpatient ? impatient : patient).send(request) },
      tokenFor: async () => TOKEN,
      memory: null,
      now: () => state.now,
      chance: () => 0.5,
      onChange: () => {
        state.changes++;
      },
      onError: error => state.errors.push(error),
      ...more,
    }),
  };
  return state;
}
