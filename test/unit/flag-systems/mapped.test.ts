import assert from 'node:assert/strict';
import { decodeConfig } from '../../../server/src/core/config.ts';
import { createHost } from '../../../server/src/core/host.ts';
import { mappedDecoder } from '../../../server/src/sources/flag-systems/mapped.ts';
import { decodeFlagFile } from '../../../server/src/sources/flag-systems/registry.ts';
import { allGrammars } from '../../support/world.ts';
import { itDecodesByContract } from './contract.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');

const registry = `# our own
features:
  new-checkout:
    enabled: true
    share: 25
    team: shop
    kind: release
    until: 2026-09-01
  old-search:
    enabled: false
  gift-wrap:
    enabled: maybe
`;

const system = {
  kind: 'our-flags',
  keys: 'features.*',
  state: 'enabled',
  fields: { percentage: 'share', owner: 'team', type: 'kind', expires: 'until' },
} as const;

describe('a registry of a repository’s own', () => {
  itDecodesByContract(mappedDecoder(system), {
    path: 'config/features.yml',
    text: registry,
    keys: ['new-checkout', 'old-search', 'gift-wrap'],
    duplicated: registry.replace('gift-wrap', 'new-checkout'),
    many: count => `features:\n${Array.from({ length: count }, (_, i) => `  f${i}: { enabled: true }\n`).join('')}`,
    configured: true,
  });

  it('reads state, percentage and the rest where the mapping says', () => {
    const file = mappedDecoder(system).decode('config/features.yml', registry, { environment: 'production', now: NOW });
    assert.deepEqual(
      file.flags.map(flag => flag.environments.map(state => [state.environment, state.state, state.summary])),
      [
        [['production', 'partial', '25%']],
        [['production', 'off', 'off for everyone']],
        [['production', 'unknown', 'state maybe']],
      ],
    );
    const [flag] = file.flags;
    assert.equal(flag!.owner, 'shop');
    assert.equal(flag!.type, 'release');
    assert.equal(flag!.expires, '2026-09-01T00:00:00Z');
  });

  const CASES: readonly (readonly [string, object, string, readonly string[]])[] = [
    ['values right at the names', { keys: '*' }, '{"a": true, "b": "off", "c": 40}', ['a on', 'b off', 'c partial 40']],
    [
      'names in a list',
      { keys: 'flags.*.name', state: 'on' },
      '{"flags": [{"name": "a", "on": true}, {"name": "b", "on": "12.5%"}]}',
      ['a on', 'b partial 12.5'],
    ],
    ['a list of names alone', { keys: 'flags.*' }, '{"flags": ["a", "b"]}', []],
    ['a list of names alone, by their text', { keys: 'flags.*.*' }, '{"flags": {"x": ["a", "b"]}}', []],
    [
      'several environments',
      { keys: '*', state: 'environments.*.enabled' },
      '{"a": {"environments": {"production": {"enabled": false}, "staging": {"enabled": true}}}}',
      ['a off production', 'a on staging'],
    ],
    [
      'groups of flags',
      { keys: 'teams.*.flags.*' },
      '{"teams": {"x": {"flags": {"a": true}}, "y": {"flags": {"b": false}}}}',
      ['a on', 'b off'],
    ],
  ];
  for (const [name, mapping, text, expected] of CASES) {
    it(name, () => {
      const { config, problems } = decodeConfig(
        JSON.stringify({ flagSystems: [{ kind: 'ours', files: ['f.json'], ...mapping }] }),
        'flagbook.json',
      );
      assert.deepEqual(problems, []);
      const said = decodeFlagFile('f.json', text, config, NOW)!.flags.flatMap(flag =>
        flag.environments.map(state => {
          const share = state.state === 'partial' ? ` ${state.percentage}` : '';
          return `${flag.key} ${state.state}${share}${state.environment === 'production' && flag.environments.length === 1 ? '' : ` ${state.environment}`}`;
        }),
      );
      assert.deepEqual(said, expected);
    });
  }

  it('refuses a path that is none, where it stands', () => {
    const text = '{"flagSystems": [{"kind": "ours", "files": ["a.json"], "keys": "features..*"}]}';
    const { problems } = decodeConfig(text, 'flagbook.json');
    assert.equal(problems.length, 1);
    const { start, end } = problems[0]!.place!.span;
    assert.equal(text.slice(start, end), '"features..*"');
  });

  const BROKEN: readonly (readonly [string, string, string])[] = [
    [
      'a path to the keys that leads nowhere',
      '{"kind": "ours", "files": ["flags.json"], "keys": "toggles.*"}',
      '"toggles.*"',
    ],
    [
      'a path to the state that leads nowhere',
      '{"kind": "ours", "files": ["flags.json"], "keys": "features.*", "state": "enbaled"}',
      '"enbaled"',
    ],
    ['files that are not there', '{"kind": "ours", "files": ["no/*.json"], "keys": "features.*"}', '["no/*.json"]'],
    ['a type in code that is not there', '{"kind": "ours", "files": ["flags.ts"], "keys": "Toggles.*"}', '"Toggles.*"'],
  ];
  for (const [name, entry, marked] of BROKEN) {
    it(`reports ${name} in flagbook.json, where it stands`, async () => {
      const config = `{"flagSystems": [${entry}]}`;
      const snapshot = await snapshotOf({
        'flagbook.json': config,
        'flags.json': '{"features": {"a": {"enabled": true}}}',
        'flags.ts': 'export enum FeatureFlags { A = "a-key" }\n',
      });
      const found = snapshot.configProblems.filter(problem => problem.code === 'config/mapping');
      assert.equal(found.length, 1);
      const { path, span } = found[0]!.place!;
      assert.equal(path, 'flagbook.json');
      assert.equal(config.slice(span.start, span.end), marked);
    });
  }

  const CODE: readonly (readonly [string, string, string])[] = [
    ['an enum', 'flags.ts', 'export enum FeatureFlags {\n  Checkout = "new-checkout",\n  Search = "old-search",\n}\n'],
    [
      'an object',
      'flags.ts',
      'export const FeatureFlags = { checkout: "new-checkout", search: "old-search" } as const;\n',
    ],
    ['a list', 'flags.ts', 'export const FeatureFlags = ["new-checkout", "old-search"];\n'],
    [
      'members of a class',
      'flags.py',
      'class FeatureFlags:\n    CHECKOUT = "new-checkout"\n    SEARCH = "old-search"\n',
    ],
  ];
  for (const [name, path, text] of CODE) {
    it(`reads ${name} in code that lists keys`, async () => {
      const config = `{"flagSystems": [{"kind": "ours", "files": ["${path}"], "keys": "FeatureFlags.*"}]}`;
      const snapshot = await snapshotOf({ 'flagbook.json': config, [path]: text });
      assert.deepEqual([...snapshot.flags.keys()], ['new-checkout', 'old-search']);
      for (const [key, [flag]] of snapshot.flags) {
        const { keySpan } = flag!.declaration!;
        assert.equal(text.slice(keySpan.start, keySpan.end), key);
        assert.deepEqual(flag!.environments, []);
      }
      assert.deepEqual(snapshot.configProblems, []);
    });
  }
});

async function snapshotOf(files: Readonly<Record<string, string>>) {
  const host = createHost({ grammars: await allGrammars(), decodeFlagFile, now: () => NOW });
  host.setPaths(Object.keys(files), new Map());
  for (const [path, text] of Object.entries(files)) host.setText(path, text);
  return host.snapshot(NOW);
}
