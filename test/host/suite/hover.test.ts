// Hovers over checks, constants, keys in flag files, and annotations.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { languageCases } from '../support/languages.ts';
import {
  ageInDays,
  closeAll,
  type ExpectedShop,
  expectedShop,
  positionIn,
  settledFlagbook,
  show,
  until,
} from '../support/shop.ts';

describe('the hover', function () {
  this.timeout(90_000);
  let shop: ExpectedShop;
  before(async () => {
    await settledFlagbook();
    shop = expectedShop();
  });
  after(closeAll);

  for (const { name, path, check, key, state, stale } of languageCases) {
    it(`tells of a check in ${name} state, age and verdict first, and links last, in twelve lines at most`, async () => {
      const lines = await hoverLines(await show(path), check, key);
      const { environments, introduced } = shop.flags.find(flag => flag.key === key)!;
      assert.ok(lines[0]?.startsWith(`**${key}**`));
      for (const { environment } of environments) {
        assert.ok(
          lines.some(line => line.replace(/^\| /, '').startsWith(`**${environment}**`)),
          `${environment} in ${lines.join('\n')}`,
        );
      }
      const words =
        state === 'targeted'
          ? /^(?:\| )?\*\*production\*\*(?::| \|) .*(country|email|targeted)/
          : new RegExp(`^(?:\\| )?\\*\\*production\\*\\*(?::| \\|) ${state}`);
      assert.ok(
        lines.some(line => words.test(line)),
        lines.join('\n'),
      );
      const { time } = introduced;
      const ago = `Introduced ${ageInDays(time)} days ago (${time.slice(0, 10)}, `;
      assert.ok(
        lines.some(line => line.startsWith(ago)),
        `${ago} in ${lines.join('\n')}`,
      );
      assert.ok(
        lines.some(line => line.startsWith(stale ? '**Stale**: ' : '**Rolling out**: ')),
        lines.join('\n'),
      );
      assert.ok(lines.length <= 12);

      const linked = lines.map(line => line.includes(']('));
      assert.equal(linked.at(-1), true);
      assert.ok(lines.at(-1)?.startsWith('Defined in ['));
      assert.equal(
        linked.slice(linked.indexOf(true)).includes(false),
        false,
        `links among the facts: ${lines.join('\n')}`,
      );
    });
  }

  it('tells when and how the flag file changed last', async () => {
    const lines = await hoverLines(
      await show('services/checkout/src/payments/charge.ts'),
      'FLAGS.paymentRetriesV2',
      'payment-retries-v2',
    );
    assert.match(lines.find(line => line.startsWith('| **production**'))!, /25%.*10% → 25%, 20 days ago/);
  });

  it('names the checks elsewhere, the runbooks and the incidents of the place', async () => {
    const charge = await hoverLines(
      await show('services/checkout/src/payments/charge.ts'),
      'FLAGS.paymentRetriesV2',
      'payment-retries-v2',
    );
    assert.match(
      charge.find(line => line.startsWith('Runbook'))!,
      /\[The payment provider is down.*\]\(.*psp-outage\.md.*\).*\[Payments time out.*\]/,
    );
    assert.match(charge.find(line => line.startsWith('Incident'))!, /\[INC-7\]\(.*double-charges\.md.*\)/);
    const order = await hoverLines(
      await show('services/checkout/src/orders/placeOrder.ts'),
      "'express-checkout'",
      'express-checkout',
    );
    assert.match(order.join('\n'), /^2 other checks, 1 of them in tests: \[ExpressCheckoutButton\.tsx:4\]/m);
  });

  it('says what code and flag file disagree on', async () => {
    const drift = await hoverLines(
      await show('services/pricing/src/tarnside_pricing/quote.py'),
      'flags.VAT_INCLUSIVE_PRICES',
      'vat-inclusive-prices',
    );
    assert.ok(
      drift.some(line => line.includes('Falls back to false, but everyone is served true')),
      drift.join('\n'),
    );
    const type = await hoverLines(
      await show('services/checkout/src/orders/delivery.ts'),
      "'delivery-estimates'",
      'delivery-estimates',
    );
    assert.ok(
      type.some(line => line.includes('Asks for a boolean, but this flag is a string')),
      type.join('\n'),
    );
  });

  it('tells of a key in a flag file what it tells of a check', async () => {
    const lines = await hoverLines(await show('flags/shop.flagd.json'), '"express-checkout"', 'express-checkout');
    assert.ok(lines.some(line => line.startsWith('**Stale**: ')));
    assert.ok(
      lines.some(line => line.startsWith('3 checks, 1 of them in tests')),
      lines.join('\n'),
    );
  });

  it('tells of an unknown flag that it is defined nowhere', async () => {
    const lines = await hoverLines(
      await show('services/checkout/src/orders/giftWrap.ts'),
      "getBooleanValue('gift-wrap', false, context",
      'gift-wrap',
    );
    assert.ok(
      lines.some(line => /^\*\*Unknown\*\*: .*defined in none of the flag files/.test(line)),
      lines.join('\n'),
    );
  });

  it('lists what a dynamic key can mean', async () => {
    const lines = await hoverLines(
      await show('services/pricing/src/tarnside_pricing/price_rules.py'),
      'price-rule-',
      'Dynamic flag key',
    );
    assert.deepEqual(lines.slice(1), ['· `price-rule-eu`', '· `price-rule-uk`']);
  });

  it('tells of annotations what they lead to', async () => {
    const charge = await show('services/checkout/src/payments/charge.ts');
    const runbook = await hoverLines(charge, 'docs/runbooks/psp-outage.md#mitigation', 'The payment provider is down');
    assert.ok(
      runbook.some(line => line.includes('owner team-payments')),
      runbook.join('\n'),
    );
    const incident = await hoverLines(charge, 'INC-7', 'INC-7: ');
    assert.ok(
      incident.some(line => line.includes('SEV1')),
      incident.join('\n'),
    );
    assert.ok(incident.length <= 12);
    const broken = await hoverLines(
      await show('services/shipping/src/rates.js'),
      'docs/runbooks/carrier-rates.md',
      'Broken runbook link',
    );
    assert.equal(broken.length, 1);
  });
});

/** The lines of our hover in the middle of a text, known by how its title begins, without Markdown's escapes. Other extensions' hovers are not ours to judge. */
async function hoverLines(document: vscode.TextDocument, text: string, title: string): Promise<readonly string[]> {
  const position = positionIn(document, text);
  return until(`a hover over ${text} with ${title}`, async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const contents = hovers.flatMap(({ contents }) =>
      contents.map(each => (typeof each === 'string' ? each : each.value)),
    );
    const own = contents.map(each => each.replaceAll(/\\(?=[^\w\s])/g, '')).find(each => each.startsWith(`**${title}`));
    return own === undefined
      ? null
      : own
          .split('\n')
          .map(line => line.trim())
          .filter(line => line !== '' && !line.startsWith('| :--'));
  });
}
