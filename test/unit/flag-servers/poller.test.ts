// All servers of one project, as the configuration changes while services are loaded.
import assert from 'node:assert/strict';
import { decodeConfig } from '../../../server/src/core/config.ts';
import { createPoller, type Poller } from '../../../server/src/sources/flag-servers/poller.ts';
import type { HttpClient } from '../../../server/src/sources/http/http.ts';

const nobody = (): never => assert.fail('nobody is asked');
const http: HttpClient = { send: nobody, listen: nobody, decodeJson: nobody };

const poller = (): Poller =>
  createPoller({
    http,
    tokenFor: async () => null,
    memory: null,
    now: () => 0,
    chance: () => 0,
    onChange: () => {},
    onError: error => assert.fail(String(error)),
  });
const config = (...flagSystems: readonly unknown[]) =>
  decodeConfig(JSON.stringify({ flagSystems }), 'flagbook.json').config;
const unleash = { kind: 'unleash', url: 'https://flags.example.test' };
const flipt = { kind: 'flipt', url: 'https://flipt.example.test' };

describe('the servers of a project', () => {
  it('are those that were configured last, whichever service was loaded sooner', async () => {
    const asked = poller();
    await Promise.all([
      asked.configure(config(unleash, flipt), 'kept only'),
      asked.configure(config(flipt), 'kept only'),
      asked.configure(config(), 'kept only'),
    ]);
    assert.deepEqual(asked.sources(), []);
    await Promise.all([asked.configure(config(), 'kept only'), asked.configure(config(flipt), 'kept only')]);
    assert.deepEqual(
      asked.sources().map(({ service }) => service.kind),
      ['flipt'],
    );
    asked.dispose();
  });

  it('are none of a project that is closed while a service is loaded', async () => {
    const asked = poller();
    const configured = asked.configure(config(unleash), 'in the background');
    asked.dispose();
    await configured;
    assert.deepEqual(asked.sources(), []);
    assert.deepEqual(asked.served().flags, []);
  });
});
