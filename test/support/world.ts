// A host with a fixture's files in it, as the fronts would fill it: real grammars, real decoders, no disk.
import { isPathConfiguration, pathMappingsOf } from '../../server/src/core/flags/resolve/pathMappings.ts';
import { createHost } from '../../server/src/core/host.ts';
import type { Host } from '../../server/src/core/hostInterface.ts';
import { createGrammars, type Grammars } from '../../server/src/core/languages/grammars.ts';
import { LANGUAGES } from '../../server/src/core/languages/registry.ts';
import type { Snapshot } from '../../server/src/core/snapshot.ts';
import { decodeFlagFile } from '../../server/src/sources/flag-systems/registry.ts';
import { type Fixture, parseFixture } from './fixture.ts';
import { readWasm } from './wasm.ts';

export const NOW = Date.parse('2026-11-01T09:00:00Z');

let started: Promise<Grammars> | null = null;

/** All grammars, loaded once a test run. */
export function allGrammars(): Promise<Grammars> {
  started ??= createGrammars(readWasm).then(async grammars => {
    await grammars.load(LANGUAGES);
    return grammars;
  });
  return started;
}

export interface World {
  readonly fixture: Fixture;
  readonly host: Host;
  readonly snapshot: Snapshot;
}

/** A world of one fixture. Ages are off unless the test sets a history. */
export async function worldOf(source: string): Promise<World> {
  const fixture = parseFixture(source);
  const host = createHost({ grammars: await allGrammars(), decodeFlagFile, now: () => NOW });
  const mappings = [...fixture.files].flatMap(([path, text]) =>
    isPathConfiguration(path) ? pathMappingsOf(path, text) : [],
  );
  const packages = new Map(
    [...fixture.files].flatMap(([path, text]): [string, string][] =>
      path.endsWith('/package.json') ? [[JSON.parse(text).name, path.slice(0, -'/package.json'.length)]] : [],
    ),
  );
  const goModules = new Map(
    [...fixture.files].flatMap(([path, text]): [string, string][] => {
      const name = path.endsWith('go.mod') ? /^module (\S+)/m.exec(text)?.[1] : undefined;
      return name === undefined ? [] : [[name, path.slice(0, -'/go.mod'.length)]];
    }),
  );
  host.setPaths(fixture.files.keys(), Object.assign(packages, { mappings, goModules }));
  const configuration = fixture.files.get('flagbook.json');
  if (configuration !== undefined) host.setText('flagbook.json', configuration);
  for (const [path, text] of fixture.files) host.setText(path, text);
  host.setHistory({ kind: 'unavailable', reason: 'there is no git in a fixture' });
  return { fixture, host, snapshot: host.snapshot(NOW) };
}
