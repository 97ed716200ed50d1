// Services that don't run here: the contract, what their flags say, and what actions send, all at an emulator held to descriptions.
import assert from 'node:assert/strict';
import type { Flag } from '../../../server/src/core/model.ts';
import type { FlagAction, FlagService, ServiceTarget } from '../../../server/src/sources/flag-servers/service.ts';
import { askedOf, clientOf, contextOf } from '../../services/asking.ts';
import type { Description, Json } from '../../services/description.ts';
import { type Emulator, emulate, type Service, startEmulator } from '../../services/emulator.ts';
import { describeService } from './contract.ts';

export interface EmulatedCase {
  readonly service: FlagService;
  readonly target: Omit<ServiceTarget, 'url'>;
  /** The address that pages are told from. */
  readonly url: string;
  /** A fresh service each time, so that actions change nobody else's. */
  readonly start: () => Service;
  readonly descriptions: readonly Description[];
  readonly keys: readonly string[];
  /** More of them than a page holds. */
  readonly startMany?: () => Service;
  /** All requests of one round, in order, of many where there are. */
  readonly requests: readonly string[];
}

export interface ActionCase {
  readonly action: FlagAction;
  /** Null: nothing undoes it. Left out: the service must refuse, having changed nothing. */
  readonly undo?: FlagAction | null;
  /** The request that changes something, and its body. */
  readonly sends?: readonly [string, Json | undefined];
  /** Where another service than the usual one is needed. */
  readonly start?: () => Service;
}

/** What `describeEmulated` hands to further tests. */
export interface EmulatedFlags {
  readonly flags: () => readonly Flag[];
  readonly flag: (key: string) => Flag;
  /** Environment, state, percentage and words. */
  readonly states: (key: string) => readonly (readonly [string, string, number | null, string])[];
  /** Runs a test at a fresh emulator, which must find nothing wrong. */
  readonly asking: (
    test: (client: ReturnType<typeof clientOf>, here: ServiceTarget, emulator: Emulator) => Promise<void>,
  ) => Promise<void>;
}

export function describeEmulated(
  given: EmulatedCase,
  more: (read: EmulatedFlags) => void,
  actions: readonly ActionCase[] = [],
): void {
  const { service, target, url, start, descriptions, keys, requests } = given;
  const answers: Record<string, unknown> = {};
  const recorded = emulate(start(), descriptions);
  const flags = () => service.map(answers, contextOf({ ...target, url })).flags ?? [];
  const flag = (key: string) => flags().find(each => each.key === key) ?? assert.fail(`no flag ${key}`);
  const asking = async (test: Parameters<EmulatedFlags['asking']>[0], begin = start) => {
    const emulator = await startEmulator(begin(), descriptions);
    const here = { ...target, url: emulator.url };
    try {
      // What broke a description says more than what came of it.
      const failed = await test(clientOf(service, here), here, emulator).then(
        () => null,
        (error: unknown) => ({ error }),
      );
      assert.deepEqual(emulator.faults, []);
      if (failed !== null) throw failed.error;
    } finally {
      await emulator.close();
    }
  };

  describe(service.title, () => {
    before(async () => {
      Object.assign(answers, await askedOf(service, recorded, target));
    });

    it('is asked as its interface is described, page by page, once for each thing', async () => {
      const many = emulate((given.startMany ?? start)(), descriptions);
      await askedOf(service, many, target);
      assert.deepEqual([...recorded.faults, ...many.faults], []);
      assert.deepEqual(many.requests, requests);
    });

    describeService({ service, answers, target, emulator: recorded.handler, keys });

    more({
      flags,
      flag,
      asking,
      states: key =>
        flag(key).environments.map(each => [each.environment, each.state, each.percentage, each.summary] as const),
    });

    for (const { action, undo, sends, start: begin } of actions) {
      const name = `${action.kind} ${action.key}`;
      it(undo === undefined ? `refuses to ${name}` : `does "${name}" as its interface is described`, () =>
        asking(async (client, here, emulator) => {
          const performing = service.actions!.perform(client, here, action);
          const changes = () =>
            emulator.requests.flatMap((each, at) =>
              each.startsWith('GET') ? [] : [[each, emulator.bodies[at]] as const],
            );
          if (undo === undefined) {
            await assert.rejects(performing);
            assert.deepEqual(changes(), []);
          } else {
            assert.deepEqual((await performing).undo, undo);
            assert.deepEqual(changes(), [sends]);
          }
        }, begin),
      );
    }

    if (service.actions !== undefined) {
      it('has a test for each kind of action', () => {
        const tested = new Set(actions.filter(each => each.undo !== undefined).map(each => each.action.kind));
        assert.deepEqual(
          [...service.actions!.kinds].filter(kind => !tested.has(kind)),
          [],
        );
      });
    }
  });
}
