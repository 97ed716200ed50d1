/** The end of a terminal's output: bounded, and only worth a look when something of a trace is in it. */
import assert from 'node:assert/strict';
import { createOutputTail, mostKept } from '../../../client/src/traces/outputTail.ts';

describe('the tail of a terminal’s output', () => {
  it('is worth a look when a line of any runtime’s trace comes, even cut in two', () => {
    for (const line of [
      '    at charge (/app/src/pay.ts:27:20)',
      '\tat org.shop.Gateway.charge(Gateway.java:37)',
      'Traceback (most recent call last):',
      '  File "/srv/vat.py", line 26, in rate_for',
      'goroutine 7013 [running]:',
      "\tfrom /app/jobs/mail.rb:69:in 'Mail#send'",
      "thread 'main' panicked at src/main.rs:4:5:",
      '   at Shop.Pay(String id) in C:\\src\\Pay.cs:line 33',
      '    (bank 0.1.0) lib/bank/account.ex:12: Bank.Account.pay/2',
      '#0 /var/www/orders.php(9): Order->pay()',
      '    #2 0x55d0 in flow::run(int) /build/flow.cc:5:3',
    ]) {
      const whole = createOutputTail();
      whole.push(line);
      assert.ok(whole.isWorthALook(), line);
      const cut = createOutputTail();
      for (let at = 0; at < line.length; at += 7) cut.push(line.slice(at, at + 7));
      assert.ok(cut.isWorthALook(), `${line}, in pieces`);
    }
  });

  it('is not for what commands print all day', () => {
    const tail = createOutputTail();
    tail.push(
      '$ ls\r\nREADME.md  src\r\n$ git status\r\nnothing to commit, working tree clean\r\n✓ 120 tests passed (3.2 s)\r\n',
    );
    assert.ok(!tail.isWorthALook());
  });

  it('keeps the end, and never much more', () => {
    const tail = createOutputTail();
    for (let line = 0; line < 100_000; line++) tail.push(`${line} nothing of interest\n`);
    tail.push('x'.repeat(3 * mostKept));
    tail.push('Error: x\n    at f (/a/b.ts:1:1)\n');
    const text = tail.take();
    assert.equal(text.length, mostKept);
    assert.ok(text.endsWith('at f (/a/b.ts:1:1)\n'));
    assert.equal(tail.take(), '');
    assert.ok(!tail.isWorthALook());
  });

  it('takes little time for much', () => {
    const started = performance.now();
    for (const piece of [
      'a'.repeat(1000),
      'at '.repeat(300),
      `${'at '.repeat(70)}${'x.'.repeat(400)}`,
      ', line '.repeat(100),
    ]) {
      const tail = createOutputTail();
      for (let count = 0; count < 20_000; count++) tail.push(piece);
    }
    assert.ok(performance.now() - started < 6000, `${performance.now() - started} ms for 80 MB`);
  });
});
