/** `flagbook explain` on the demo shop: what stands on the line, on the way to it, and around it. */
import assert from 'node:assert/strict';
import { demoWorkspace } from '../support/demoWorkspace.ts';
import { flagbook } from './support/program.ts';

const NOW = '2026-11-01T09:00:00Z';

interface Explained {
  readonly version: number;
  readonly path: string;
  readonly line: number;
  readonly column: number | null;
  readonly functions: readonly string[];
  readonly checks: readonly { readonly key: string }[];
  readonly flags: readonly { readonly key: string }[];
  readonly onTheWay: readonly { readonly key: string; readonly state: string }[];
  readonly annotations: readonly { readonly kind: string; readonly target: string }[];
  readonly runbooks: readonly { readonly path: string; readonly heading: string | null }[];
  readonly incidents: readonly { readonly id: string }[];
  readonly lastChange: { readonly author: string; readonly time: string } | null;
  readonly owners: readonly string[];
}

async function explain(place: string): Promise<Explained> {
  const run = await flagbook(['explain', place, '--format', 'json', '--now', NOW], { cwd: demoWorkspace() });
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout) as Explained;
}

const CHARGE = 'services/checkout/src/payments/charge.ts';

describe('flagbook explain', function () {
  // Each test starts processes, and the machine may have other work.
  this.timeout(90_000);

  it('tells of a check, what leads to it, who answers for it and when it changed', async () => {
    const found = await explain(`${CHARGE}:26`);
    assert.deepEqual([found.version, found.path, found.line, found.column], [1, CHARGE, 26, null]);
    assert.deepEqual(found.functions, ['charge']);
    assert.deepEqual(
      found.checks.map(check => check.key),
      ['payment-retries-v2'],
    );
    assert.deepEqual(
      found.flags.map(flag => flag.key),
      ['payment-retries-v2'],
    );
    assert.deepEqual(found.onTheWay, [
      {
        key: 'pause-card-payments',
        state: 'off',
        summary: 'off in production and staging',
        branch: 'off',
        path: CHARGE,
        line: 25,
      },
    ]);
    assert.deepEqual(
      found.runbooks.map(runbook => runbook.path),
      ['docs/runbooks/psp-outage.md', 'docs/runbooks/payment-timeouts.md'],
    );
    assert.equal(found.runbooks[0]!.heading, 'mitigation');
    assert.deepEqual(
      found.incidents.map(incident => incident.id),
      ['INC-7'],
    );
    assert.equal(found.lastChange?.time, '2026-09-08T14:44:00Z');
    assert.deepEqual(found.owners, ['@tarnside/payments']);
  });

  it('tells of a line without a check by the function around it', async () => {
    const found = await explain(`${CHARGE}:27`);
    assert.deepEqual(found.checks, []);
    assert.deepEqual(
      found.onTheWay.map(flag => flag.key),
      ['pause-card-payments', 'payment-retries-v2'],
    );
    assert.deepEqual(
      found.incidents.map(incident => incident.id),
      ['INC-7'],
    );
  });

  it('tells of a flag anywhere in its definition', async () => {
    const found = await explain('flags/shop.flagd.json:90');
    assert.deepEqual(
      found.flags.map(flag => flag.key),
      ['express-checkout'],
    );
  });

  it('tells only of what stands at the column', async () => {
    const [check] = (await explain(`${CHARGE}:26:35`)).checks;
    assert.equal(check?.key, 'payment-retries-v2');
  });

  it('tells of annotations', async () => {
    const found = await explain(`${CHARGE}:22`);
    assert.deepEqual(found.annotations, [{ kind: 'incident', target: 'INC-7' }]);
  });

  it('tells of the flags that a dynamic key may be', async () => {
    const found = await explain('services/inventory/internal/warehouse/robots.go:27');
    assert.deepEqual(
      found.flags.map(flag => flag.key),
      ['warehouse-leeds-robots'],
    );
  });

  it('says the same in words, on lines that fit', async () => {
    const run = await flagbook(['explain', `${CHARGE}:26`, '--now', NOW], { cwd: demoWorkspace() });
    const text = run.stdout.replace(/\s+/g, ' ');
    for (const words of [
      'charge.ts:26 in charge',
      'production: 25% by targeting key',
      'Introduced 53 days ago',
      'Rolling out: 25% in production',
      'docs/runbooks/psp-outage.md',
      'INC-7',
      'Flags on the way: pause-card-payments off',
      'Owners: @tarnside/payments (CODEOWNERS)',
    ]) {
      assert.ok(text.includes(words), words);
    }
    for (const line of run.stdout.split('\n')) assert.ok(line.length <= 80, line);
  });

  it('has little to say of a line of no interest, and says it', async () => {
    const run = await flagbook(['explain', 'README.md:1', '--now', NOW], { cwd: demoWorkspace() });
    assert.equal(run.status, 0);
    assert.match(run.stdout, /No flag, runbook or incident is known here\./);
  });
});
