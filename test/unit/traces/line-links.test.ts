/** Links of single lines of a terminal: what is found, where in the line, and what is left to the editor. */
import assert from 'node:assert/strict';
import { framesInLine } from '../../../server/src/core/traces/lineFrames.ts';
import { linksInLine } from '../../../server/src/core/traces/lineTargets.ts';
import { indexRepository } from '../../../server/src/core/traces/repositoryIndex.ts';

const index = indexRepository([
  'services/checkout/src/pay.ts',
  'services/checkout/src/index.ts',
  'apps/web/src/index.ts',
  'services/gateway/src/main/java/org/shop/Gateway.java',
  'services/stock/reserve.go',
  'services/pricing/app/vat.py',
  'apps/bank/lib/bank/account.ex',
  'apps/mobile/lib/cart/page.dart',
  'src/Billing/Invoice.cs',
  'engine/src/flow.cc',
  'erl/src/queue_worker.erl',
  'web/orders.php',
  'jobs/mail.rb',
  'core/src/lib.rs',
  'README.md',
]);
const roots = ['/home/ann/shop'];

/** `text of the link → path:line:column|…` for each link. */
function links(line: string, cwd: string | null = ''): readonly string[] {
  return linksInLine(line, { index, roots }, cwd).map(({ span, targets }) => {
    const said = targets.map(({ path, line, column }) => [path, line, column].filter(part => part !== null).join(':'));
    return `${line.slice(span.start, span.end)} → ${said.join('|')}`;
  });
}

describe('links of a terminal line', () => {
  for (const [runtime, line, ...expected] of [
    [
      'Node in a container',
      '    at charge (/app/services/checkout/src/pay.ts:27:20)',
      '/app/services/checkout/src/pay.ts:27:20 → services/checkout/src/pay.ts:27:20',
    ],
    [
      'Java',
      '\tat org.shop.Gateway.charge(Gateway.java:37)',
      'Gateway.java:37 → services/gateway/src/main/java/org/shop/Gateway.java:37',
    ],
    [
      'Go',
      '\t/src/services/stock/reserve.go:41 +0x2e5',
      '/src/services/stock/reserve.go:41 → services/stock/reserve.go:41',
    ],
    [
      'Python',
      '  File "/srv/services/pricing/app/vat.py", line 26, in rate_for',
      '/srv/services/pricing/app/vat.py", line 26 → services/pricing/app/vat.py:26',
    ],
    [
      'Elixir',
      '    (bank 0.1.0) lib/bank/account.ex:12: Bank.Account.pay/2',
      'lib/bank/account.ex:12 → apps/bank/lib/bank/account.ex:12',
    ],
    [
      'Dart',
      '#1      Cart.add (package:mobile/cart/page.dart:42:21)',
      'package:mobile/cart/page.dart:42:21 → apps/mobile/lib/cart/page.dart:42:21',
    ],
    [
      '.NET',
      '   at Shop.Billing.Invoice.Pay(String id) in C:\\build\\src\\Billing\\Invoice.cs:line 33',
      'C:\\build\\src\\Billing\\Invoice.cs:line 33 → src/Billing/Invoice.cs:33',
    ],
    [
      'a sanitizer',
      '    #2 0x55d0 in flow::run(int) /build/engine/src/flow.cc:5:3',
      '/build/engine/src/flow.cc:5:3 → engine/src/flow.cc:5:3',
    ],
    ['PHP', '#0 /var/www/web/orders.php(9): Order->pay()', '/var/www/web/orders.php(9) → web/orders.php:9'],
    ['Ruby', "\tfrom /app/jobs/mail.rb:69:in 'Mail#send'", '/app/jobs/mail.rb:69 → jobs/mail.rb:69'],
    ['Rust', '             at /build/core/src/lib.rs:42:5', '/build/core/src/lib.rs:42:5 → core/src/lib.rs:42:5'],
    [
      'a bundler',
      '    at add (webpack:///./services/checkout/src/pay.ts?:12:3)',
      'webpack:///./services/checkout/src/pay.ts?:12:3 → services/checkout/src/pay.ts:12:3',
    ],
  ] as const) {
    it(`are found in frames of ${runtime}`, () => assert.deepEqual(links(line), expected));
  }

  it('are found behind what a container prints before the line, and under its colours', () => {
    const line = '\u001b[36mapi-1  |\u001b[0m     at pay (/app/services/checkout/src/pay.ts:27:20)';
    assert.deepEqual(links(line), ['/app/services/checkout/src/pay.ts:27:20 → services/checkout/src/pay.ts:27:20']);
  });

  it('are found in every frame of a log line of JSON', () => {
    const stack =
      'Error: x\\n    at pay (/app/services/checkout/src/pay.ts:27:20)\\n    at main (/app/services/checkout/src/index.ts:3:1)';
    assert.deepEqual(links(`{"level":50,"err":{"stack":"${stack}"}}`), [
      '/app/services/checkout/src/pay.ts:27:20 → services/checkout/src/pay.ts:27:20',
      '/app/services/checkout/src/index.ts:3:1 → services/checkout/src/index.ts:3:1',
    ]);
  });

  it('are left to the editor where it makes them itself', () => {
    assert.deepEqual(links('at charge (/home/ann/shop/services/checkout/src/pay.ts:27:20)'), []);
    assert.deepEqual(links('src/pay.ts:27:20 - error TS2322', 'services/checkout'), []);
    assert.deepEqual(links('./services/checkout/src/pay.ts:27:20 - error TS2322'), []);
    // The same from a folder where the editor finds nothing.
    assert.deepEqual(links('./services/checkout/src/pay.ts:27:20 - error TS2322', null), [
      './services/checkout/src/pay.ts:27:20 → services/checkout/src/pay.ts:27:20',
    ]);
  });

  it('offer all files that fit a frame equally well, and none for a bare name', () => {
    assert.deepEqual(
      links('    at main (/bundle/src/index.ts:3:1)').map(link => link.split(' → ')[1]!.split('|').sort()),
      [['apps/web/src/index.ts:3:1', 'services/checkout/src/index.ts:3:1']],
    );
    assert.deepEqual(links('index.ts:3 is where it begins', 'docs'), []);
  });

  it('are none where no frame is', () => {
    for (const line of [
      '',
      'listening on http://localhost:3000',
      '12:30:05.123 GET /pay.ts 200 in 12 ms',
      'shop.example.com:8080 answered',
      'version 1.2.3 (build 44)',
      '    at charge (/app/other/nowhere.ts:27:20)',
    ])
      assert.deepEqual(links(line), [], line);
  });

  it('take no time on long and hostile lines', () => {
    const hostile = [
      'a.b:1 '.repeat(50_000),
      `${'/x.y'.repeat(50_000)}:1`,
      `"${'('.repeat(100_000)}a.ts:1`,
      'at '.repeat(90_000),
      `${'1:'.repeat(90_000)}a.b`,
      `x.y${' line'.repeat(50_000)} 1`,
    ];
    const started = performance.now();
    for (const line of hostile) for (let round = 0; round < 5; round++) framesInLine(line);
    assert.ok(performance.now() - started < 1500, `${performance.now() - started} ms for 30 lines`);
  });

  it('never throw, wherever a line is cut', () => {
    const line =
      '{"stack":"Error: \\ud83d\\ude00 x\\n    at pay (/app/services/checkout/src/pay.ts:27:20)"} 😀 File "a b.py", line 3';
    for (let end = 0; end <= line.length; end++) linksInLine(line.slice(0, end), { index }, null);
  });
});
