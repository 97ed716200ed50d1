import assert from 'node:assert/strict';
import { defaultDrift, sameValue, typeMismatch } from '../../../server/src/core/flags/verdicts/agreement.ts';
import type { Check, Flag } from '../../../server/src/core/model.ts';
import { checkOf, environmentOf, flagOf, snapshotOf } from '../../support/snapshot.ts';

const on = environmentOf({ state: 'on' });
const off = environmentOf({ state: 'off' });
const staging = (state: 'on' | 'off') => environmentOf({ environment: 'staging', state });

describe('default drift', () => {
  const CASES: Readonly<
    Record<
      string,
      { readonly flags: readonly Partial<Flag>[]; readonly check?: Partial<Check>; readonly drifts: boolean }
    >
  > = {
    'false in code, true for everyone': { flags: [{}], drifts: true },
    'true in code, off for everyone': { flags: [{ environments: [off] }], check: { fallback: true }, drifts: true },
    'the same': { flags: [{}], check: { fallback: true }, drifts: false },
    'off, as in code': { flags: [{ environments: [off] }], drifts: false },
    'no constant fallback': { flags: [{}], check: { fallback: undefined }, drifts: false },
    'still ramping': {
      flags: [{ environments: [environmentOf({ state: 'partial', percentage: 99 })] }],
      drifts: false,
    },
    'still ramping, but true in code, for all': {
      flags: [{ offValue: false, environments: [environmentOf({ state: 'partial', percentage: 25 })] }],
      check: { fallback: true },
      drifts: true,
    },
    'a kill switch may fall back to what it likes': {
      flags: [
        { type: 'kill-switch', offValue: false, environments: [environmentOf({ state: 'partial', percentage: 25 })] },
      ],
      check: { fallback: true },
      drifts: false,
    },
    'on, but scheduled to change': {
      flags: [{ environments: [environmentOf({ state: 'scheduled', serves: true })] }],
      drifts: false,
    },
    'on in every environment': { flags: [{ environments: [on, staging('on')] }], drifts: true },
    'on here, off there': { flags: [{ environments: [on, staging('off')] }], drifts: false },
    'on here, unknown there': { flags: [{ environments: [on, environmentOf({ state: 'unknown' })] }], drifts: false },
    'disabled: code decides': {
      flags: [{ environments: [environmentOf({ state: 'off', serves: undefined })] }],
      check: { fallback: true },
      drifts: false,
    },
    'two systems that disagree': { flags: [{}, { system: 'launchdarkly', environments: [off] }], drifts: false },
    'an archived definition does not count': { flags: [{}, { archived: true, environments: [off] }], drifts: true },
    'another string': {
      flags: [{ kind: 'string', environments: [environmentOf({ serves: 'b' })] }],
      check: { type: 'string', fallback: 'a' },
      drifts: true,
    },
    'an equal object': {
      flags: [{ kind: 'object', environments: [environmentOf({ serves: { a: 1, b: [2] } })] }],
      check: { type: 'object', fallback: { b: [2], a: 1 } },
      drifts: false,
    },
    'a fallback of another type is another finding': { flags: [{}], check: { fallback: 'no' }, drifts: false },
    'not a check': { flags: [{}], check: { role: 'stub' }, drifts: false },
  };
  for (const [name, { flags, check, drifts }] of Object.entries(CASES)) {
    it(name, () => {
      const checked = checkOf('f', check);
      const snapshot = snapshotOf({ flags: flags.map(flag => flagOf('f', flag)), checks: [checked] });
      assert.equal(defaultDrift(snapshot, checked) !== null, drifts);
    });
  }

  it('says what would happen, and where the flag stands', () => {
    const files = { 'flags/shop.flagd.json': '{\n  "flags": {\n    "f": {}\n  }\n}\n' };
    const declaration = {
      path: 'flags/shop.flagd.json',
      span: { start: 17, end: 24 },
      keySpan: { start: 18, end: 19 },
    };
    const check = checkOf('f');
    const drift = defaultDrift(snapshotOf({ files, flags: [flagOf('f', { declaration })], checks: [check] }), check);
    assert.equal(
      drift?.message,
      'Falls back to false, but everyone is served true in production (flags/shop.flagd.json:3): without the flag system users would get false.',
    );
    assert.deepEqual([drift?.kind, drift?.inCode, drift?.inFlag], ['default-drift', 'false', 'true']);
  });
});

describe('type mismatch', () => {
  const CASES: Readonly<
    Record<
      string,
      { readonly kinds: readonly Flag['kind'][]; readonly check: Partial<Check>; readonly differs: boolean }
    >
  > = {
    'a boolean asked of a string': { kinds: ['string'], check: {}, differs: true },
    'the same': { kinds: ['boolean'], check: {}, differs: false },
    'code does not say': { kinds: ['string'], check: { type: null }, differs: false },
    'the flag does not say': { kinds: [null], check: {}, differs: false },
    'one of two definitions fits': { kinds: ['string', 'boolean'], check: {}, differs: false },
    'no definition fits': { kinds: ['string', 'number'], check: {}, differs: true },
    'JSON may be anything': { kinds: ['boolean'], check: { type: 'object', method: 'jsonVariation' }, differs: false },
    'an object is not': { kinds: ['boolean'], check: { type: 'object', method: 'getObjectValue' }, differs: true },
    'not defined': { kinds: [], check: {}, differs: false },
  };
  for (const [name, { kinds, check, differs }] of Object.entries(CASES)) {
    it(name, () => {
      const checked = checkOf('f', check);
      const snapshot = snapshotOf({ flags: kinds.map(kind => flagOf('f', { kind })), checks: [checked] });
      assert.equal(typeMismatch(snapshot, checked) !== null, differs);
    });
  }
});

describe('equal values', () => {
  it('compare deeply, whatever the order of keys', () => {
    assert.ok(sameValue({ a: [1, { b: null }] }, { a: [1, { b: null }] }));
    assert.ok(!sameValue([1, 2], [2, 1]));
    assert.ok(!sameValue([], {}));
    assert.ok(!sameValue({ a: 1 }, { a: 1, b: 2 }));
    assert.ok(!sameValue(0, false));
    assert.ok(!sameValue(null, {}));
  });
});
