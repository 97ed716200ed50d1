// A small project whose files tests change by chance, and how they are written so that a memory believes their times.
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A wrapper, a constant, a check through both, another language, a flag file, and what matters to nobody. */
export const FILES: Readonly<Record<string, string>> = {
  'keys.ts': "export const A = 'a-key';\nexport const B = 'b-key';\n",
  'client.ts':
    "import { OpenFeature } from '@openfeature/server-sdk';\nconst client = OpenFeature.getClient();\nexport function released(key: string) { return client.getBooleanValue(key, false); }\n",
  'use.ts': "import { released } from './client';\nimport { A } from './keys';\nif (await released(A)) pay();\n",
  'dull.ts': 'export const nothing = 1;\n',
  'job.py': 'from openfeature import api\nclient = api.get_client()\nclient.get_boolean_value("py-key", False)\n',
  'flags.flagd.json':
    '{"flags":{"a-key":{"state":"ENABLED","variants":{"on":true,"off":false},"defaultVariant":"on"}}}',
  'package.json': '{"name":"x"}',
};

/** Writes a file at a time of its own, long ago: it counts as settled and, where it was there, as changed. */
export function writeSettled(root: string, path: string, text: string): void {
  const absolute = join(root, path);
  mkdirSync(dirname(absolute), { recursive: true });
  writeFileSync(absolute, text);
  ticks++;
  utimesSync(absolute, LONG_AGO + ticks, LONG_AGO + ticks);
}

/** Seconds since 1970. */
const LONG_AGO = 1_700_000_000;
let ticks = 0;

/** The same numbers on every run: below a limit, from a linear congruential generator. */
export function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return limit => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * limit);
  };
}
