import assert from 'node:assert/strict';
import { flagdDecoder } from '../../../server/src/sources/flag-systems/flagd.ts';

const SWITCH = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'off' };

describe('flagd files', () => {
  const PROBLEMS: Readonly<Record<string, { readonly flag: unknown; readonly code: string; readonly at: string }>> = {
    'an unknown default variant': {
      flag: { ...SWITCH, defaultVariant: 'maybe' },
      code: 'unknown-variation',
      at: 'maybe',
    },
    'an unknown variant in targeting': {
      flag: { ...SWITCH, targeting: { if: [{ '==': [{ var: 'a' }, 1] }, 'perhaps', 'off'] } },
      code: 'unknown-variation',
      at: 'perhaps',
    },
    'weights near 100': {
      flag: {
        ...SWITCH,
        targeting: {
          fractional: [
            ['on', 25],
            ['off', 65],
          ],
        },
      },
      code: 'weights',
      at: 'fractional',
    },
    'an unknown operator': {
      flag: { ...SWITCH, targeting: { regex: [{ var: 'a' }, 'x'] } },
      code: 'unknown-operator',
      at: 'regex',
    },
    'an unknown evaluator': { flag: { ...SWITCH, targeting: { $ref: 'gone' } }, code: 'unknown-evaluator', at: 'gone' },
    'an evaluator that refers to itself': {
      flag: { ...SWITCH, targeting: { $ref: 'loop' } },
      code: 'unknown-evaluator',
      at: 'loop',
    },
    'variants of different types': {
      flag: { ...SWITCH, variants: { on: true, off: 'no' } },
      code: 'mixed-types',
      at: '{"on":true,"off":"no"}',
    },
    'no state': { flag: { variants: { on: true } }, code: 'shape', at: 'flag' },
    'no variants': { flag: { state: 'ENABLED' }, code: 'shape', at: 'flag' },
    'a state that is none': { flag: { ...SWITCH, state: 'PAUSED' }, code: 'value', at: 'PAUSED' },
    'metadata that can not be': { flag: { ...SWITCH, metadata: { owner: ['a'] } }, code: 'value', at: '["a"]' },
  };
  for (const [name, { flag, code, at }] of Object.entries(PROBLEMS)) {
    it(`reports ${name}, where it stands`, () => {
      const text = JSON.stringify({ flags: { flag }, $evaluators: { loop: { if: [{ $ref: 'loop' }, 'on', 'off'] } } });
      const { problems } = decode(text);
      const problem = problems.find(each => each.code === `flag-file/${code}`);
      assert.ok(problem, problems.map(each => each.code).join());
      const { start, end } = problem.place!.span;
      assert.equal(text.slice(start, end), at);
    });
  }

  it('reads what people put into metadata, the flag before the set', () => {
    const text = JSON.stringify({
      metadata: { owner: 'team-shop', expires: '2026-12-31' },
      flags: {
        a: {
          ...SWITCH,
          metadata: { type: 'kill_switch', owner: 'team-pay', tags: 'one, two', url: 'https://flags.example/a' },
        },
        b: { ...SWITCH, metadata: { type: 'ops', created: '2026-01-02T03:04:05+02:00', url: 'javascript:alert(1)' } },
      },
    });
    const [a, b] = decode(text).flags;
    assert.deepEqual(
      [a!.type, a!.owner, a!.tags, a!.url],
      ['kill-switch', 'team-pay', ['one', 'two'], 'https://flags.example/a'],
    );
    assert.deepEqual(
      [b!.type, b!.owner, b!.created, b!.url],
      ['operational', 'team-shop', '2026-01-02T01:04:05Z', null],
    );
    assert.equal(a!.expires, '2026-12-31T00:00:00Z');
  });

  it('reads flags in an array', () => {
    const text = JSON.stringify({ flags: [{ key: 'a', ...SWITCH }, { ...SWITCH }, { key: 'b', ...SWITCH }] });
    const file = decode(text);
    assert.deepEqual(
      file.flags.map(flag => flag.key),
      ['a', 'b'],
    );
    assert.deepEqual(
      file.problems.map(problem => problem.code),
      ['flag-file/shape'],
    );
  });

  it('keeps a flag whose targeting is broken off while one types', () => {
    const text =
      '{"flags": {"a": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "on", "targeting": {"if": [';
    const [flag] = decode(text).flags;
    assert.equal(flag!.key, 'a');
    assert.equal(flag!.variations.length, 2);
  });

  it('reads the clock it is given', () => {
    const targeting = { if: [{ '<': [{ var: '$flagd.timestamp' }, 1_780_315_200] }, 'off', 'on'] };
    const text = JSON.stringify({ flags: { flag: { ...SWITCH, targeting } } });
    const at = (time: string) =>
      flagdDecoder.decode('a.json', text, { environment: 'e', now: Date.parse(time) }).flags[0]!.environments[0]!;
    assert.deepEqual(
      [at('2026-06-01T11:59:00Z').state, at('2026-06-01T11:59:00Z').summary],
      ['scheduled', 'off now; on from 1 Jun 2026'],
    );
    assert.deepEqual([at('2026-06-01T12:00:00Z').state, at('2026-06-01T12:00:00Z').summary], ['on', 'on for everyone']);
  });

  it('reads 2,000 flags with targeting in well under a second', () => {
    const flags = Object.fromEntries(
      Array.from({ length: 2000 }, (_, i) => [
        `flag-${i}`,
        {
          ...SWITCH,
          targeting: {
            fractional: [
              ['on', 25],
              ['off', 75],
            ],
          },
        },
      ]),
    );
    const started = performance.now();
    assert.equal(decode(JSON.stringify({ flags }, null, 2)).flags.length, 2000);
    assert.ok(performance.now() - started < 3000);
  });
});

function decode(text: string) {
  return flagdDecoder.decode('flags/a.flagd.json', text, {
    environment: 'production',
    now: Date.parse('2026-06-01T12:00:00Z'),
  });
}
