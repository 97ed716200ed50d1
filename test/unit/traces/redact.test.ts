import assert from 'node:assert/strict';
import { redactPath, redactText } from '../../../server/src/core/traces/redact.ts';

describe('traces: redaction', () => {
  const masked = (text: string, expected: string) =>
    it(text.slice(0, 70), () => assert.equal(redactText(text), expected));

  masked('no account for ann.smith+test@shop.example.com here', 'no account for <email> here');
  masked('jörg@müller.example: unknown', '<email>: unknown');
  masked(
    'connect to postgres://shop:s3cr3t@db.internal:5432/shop',
    'connect to postgres://<credentials>@db.internal:5432/shop',
  );
  masked('Authorization: Bearer abc.def-123456', 'Authorization: <secret> <token>');
  masked('jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.s5x_Yz1-aa expired', 'jwt <token> expired');
  masked('key AKIAIOSFODNN7EXAMPLE is revoked', 'key <aws key> is revoked');
  masked('api_key=abcd1234, region=eu', 'api_key=<secret>, region=eu');
  masked('{"password": "hunter \\"2", "user": 3}', '{"password": <secret>, "user": 3}');
  masked('AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG', 'AWS_SECRET_ACCESS_KEY=<secret>');
  masked('ghp_abcdefghijklmnopqrstuvwxyz0123456789 and xoxb-123456-abcdef', '<token> and <token>');
  masked('connect ECONNREFUSED 10.20.30.40:5432', 'connect ECONNREFUSED <ip>:5432');
  masked('from 2001:db8::8a2e:370:7334 and ::1 and fe80::1%eth0', 'from <ip> and <ip> and <ip>%eth0');
  masked('mac 00:1a:2b:3c:4d:5e', 'mac <mac>');
  masked('order 7f3c1b52-8d1e-4c7a-9b8a-0123456789ab is closed', 'order <uuid> is closed');
  masked('customer 1234567 has card 4111 1111 1111 1111', 'customer <number> has card <number>');
  masked('call +44 20 7946 0958, +1 (555) 123-4567 or (555) 123-4567', 'call <phone>, <phone> or <phone>');
  masked('+491711234567 and 555-123-4567 are the same', '<phone> and <phone> are the same');
  masked('pay to GB82WEST12345698765432 or DE89 3704 0044 0532 0130 00', 'pay to <iban> or <iban>');
  masked('ssn 123-45-6789 of 01ARZ3NDEKTSV4RRFFQ69G5FAV', 'ssn <number> of <token>');
  masked('session 3f2a9c1d4b5e6f708192a3b4c5d6e7f8 is gone', 'session <token> is gone');
  masked(
    'open /home/ann/shop/a.ts and C:\\Users\\Ann Smith\\b.ts',
    'open /home/<user>/shop/a.ts and C:\\Users\\<user>\\b.ts',
  );

  for (const text of [
    'Cannot read properties of undefined (reading "price")',
    'at 10:20:30 on 2026-01-02, version 1.2.3, line 1200, status 404, 5432 rows',
    'com.acme.shop.payment.internal.PaymentTimeoutExceptionHandler is no bean',
    'src/checkout/paymentTimeoutHandler.test.ts:12:5 expected 2, found 1',
    'offset +12 of -300, since 2026-01-02, build 7.12.345-6789',
    'AB12CDEF GHIJ is no account, nor is TS2304ERROR_CODE_1234',
    'no route to std::vector<int>::operator[]',
  ])
    it(`leaves: ${text}`, () => assert.equal(redactText(text), text));

  it('keeps the paths of frames but for users, credentials and queries', () => {
    assert.equal(redactPath('/Users/ann/shop/src/pay.ts'), '/Users/<user>/shop/src/pay.ts');
    assert.equal(redactPath('/home/runner/work/shop/pay.ts'), '/home/runner/work/shop/pay.ts');
    assert.equal(
      redactPath('https://u:p@shop.example/a.js?token=1&b=2'),
      'https://<credentials>@shop.example/a.js?<query>',
    );
    assert.equal(redactPath('webpack:///./src/Cart.vue?1234'), 'webpack:///./src/Cart.vue?1234');
  });

  it('takes linear time on hostile texts', () => {
    const hostile = [
      'a@',
      'a.',
      '1',
      '1 ',
      'a1',
      ':',
      'a:',
      '/home/',
      '+1 ',
      '(5',
      'A1 ',
      'token=',
      '"',
      'ey',
      'eyJaaaaaaaa.',
      '-----BEGIN A-----',
      'Bearer ',
    ];
    for (const piece of hostile) {
      const started = process.cpuUsage();
      redactText(piece.repeat(Math.ceil(60_000 / piece.length)));
      const { user } = process.cpuUsage(started);
      assert.ok(user < 1_500_000, `${piece}: ${user} µs`);
    }
  });
});
