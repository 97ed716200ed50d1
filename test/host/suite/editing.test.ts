// What is known follows what is typed, saved, created and deleted: in the file itself and in every other.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { languageCases } from '../support/languages.ts';
import {
  closeAll,
  codeOf,
  hintsByLine,
  hintToBe,
  problems,
  rangeOf,
  remove,
  replace,
  settledFlagbook,
  show,
  uriOf,
  withFile,
  write,
} from '../support/shop.ts';

describe('editing', function () {
  this.timeout(120_000);
  before(settledFlagbook);
  afterEach(closeAll);

  for (const { name, path, check, state, constant } of languageCases) {
    if (constant === null) continue;
    it(`changes the hint of a check in ${name} when its constant is edited in another, unsaved file`, async () => {
      const code = await show(path);
      await hintToBe(code, check, new RegExp(`^${state} · `));
      const constants = await show(constant.path);
      const quote = constant.text.charAt(0);
      await replace(constants, constant.text, `${quote}bulk-discounts${quote}`);
      assert.ok(constants.isDirty);
      await hintToBe(code, check, /^50% · /);
      await replace(constants, `${quote}bulk-discounts${quote}`, constant.text);
      await hintToBe(code, check, new RegExp(`^${state} · `));
    });
  }

  it('changes the hint of a check in JavaScript when its key is edited', async () => {
    const code = await show('services/shipping/src/rates.js');
    await hintToBe(code, 'boolVariation', /^20% · /);
    await replace(code, "'carrier-rates-v2'", "'weekend-dispatch'");
    await hintToBe(code, 'boolVariation', /^on · \d+d · stale$/);
  });

  it('keeps hints and highlights on their lines while lines are typed above', async () => {
    const code = await show('services/inventory/internal/stock/reserve.go');
    await hintToBe(code, 'flags.StockReservations', /^on · /);
    await replace(code, 'package stock', 'package stock\n\n// A 🚲 for everyone.\n');
    await hintToBe(code, 'flags.StockReservations', /^on · /);
    assert.deepEqual([...(await hintsByLine(code)).keys()], [rangeOf(code, 'flags.StockReservations').start.line]);
  });

  it('shows the rollout that is being typed into the flag file', async () => {
    const code = await show('services/checkout/src/payments/charge.ts');
    await hintToBe(code, 'FLAGS.paymentRetriesV2', /^25% · /);
    const flags = await show('flags/shop.flagd.json');
    const flag = flags.getText().slice(flags.getText().indexOf('"payment-retries-v2"'));
    const rollout = /\["on", 25\], *\["off", 75\]/.exec(flag)?.[0];
    assert.ok(rollout, flag.slice(0, 400));
    await replace(flags, rollout, '["on", 60], ["off", 40]');
    await hintToBe(code, 'FLAGS.paymentRetriesV2', /^60% · /);
  });

  it('follows files that other programs create, change and delete', async () => {
    const code = await show('services/checkout/src/orders/giftWrap.ts');
    await problems(code, own => own.map(codeOf).includes('unknown-flag'));
    const original = Buffer.from(await vscode.workspace.fs.readFile(uriOf('flags/shop.flagd.json'))).toString();
    const definition =
      '"gift-wrap": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "off" },';
    try {
      await write('flags/shop.flagd.json', original.replace('"flags": {', `"flags": {\n    ${definition}`));
      await hintToBe(code, "features.getBooleanValue('gift-wrap', false, c", /^off/);
      await problems(code, own => !own.map(codeOf).includes('unknown-flag'));
    } finally {
      await write('flags/shop.flagd.json', original);
    }
    await hintToBe(code, "features.getBooleanValue('gift-wrap', false, c", 'unknown flag');
  });

  it('knows a key from a file that was created a moment ago, until it is deleted', async () => {
    const text =
      "import { RATES } from './keys.js';\nimport { ldClient } from './flags.js';\n\n" +
      'export const live = context => ldClient.boolVariation(RATES, context, false);\n';
    await withFile('services/shipping/src/returns.js', text, async path => {
      const code = await show(path);
      await write('services/shipping/src/keys.js', "export const RATES = 'carrier-rates-v2';\n");
      await hintToBe(code, 'RATES, context', /^20% · /);
      await remove('services/shipping/src/keys.js');
      await hintToBe(code, 'RATES, context', 'none');
    });
  });
});
