import assert from 'node:assert/strict';
import { indexPackages } from '../../../server/src/core/flags/packageIndex.ts';
import { isPackageOf } from '../../../server/src/core/flags/sdk.ts';
import { FLAG_SDKS } from '../../../server/src/core/flags/sdks/registry.ts';

const OWNERS = [
  { name: 'one', packages: ['shop', 'shop/*'] },
  { name: 'two', packages: ['shop.flags.*'] },
  { name: 'three', packages: ['shop/flags', '*-flags'] },
  { name: 'four', packages: ['shop-*-flags', 'shop'] },
];

describe('packages by their specifiers', () => {
  const CASES: Readonly<Record<string, string>> = {
    shop: 'one four',
    'shop/flags': 'one three',
    'shop/flags/deep': 'one',
    'shop.flags.Client': 'two',
    'shop.flags': '',
    'shop-node-flags': 'three four',
    'shop-flags': 'three',
    'other-flags': 'three',
    shopping: '',
    '': '',
  };
  for (const [specifier, expected] of Object.entries(CASES))
    it(`finds ${expected === '' ? 'nobody' : expected} by '${specifier}'`, () => {
      const found = indexPackages(OWNERS)(specifier);
      assert.equal(found.map(({ name }) => name).join(' '), expected);
    });

  it('finds the surfaces that comparing with each finds, in their order', () => {
    const surfaces = FLAG_SDKS.flatMap(sdk => sdk.surfaces);
    const ofSpecifier = indexPackages(surfaces);
    const specifiers = surfaces.flatMap(({ packages }) =>
      packages.flatMap(each => [each, each.replace('*', 'x'), each.replace('/*', ''), each.replace('*', '')]),
    );
    for (const specifier of specifiers)
      assert.deepEqual(
        ofSpecifier(specifier),
        surfaces.filter(surface => isPackageOf(surface, specifier)),
        specifier,
      );
  });
});
