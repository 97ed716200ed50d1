// What is true of the demo shop's runbooks, incidents and stack traces at its last commit, written by a reader.
// The tables beside this file say the same of checks, flags and links.

const CHECKOUT = 'services/checkout/src';
const STOREFRONT = 'apps/storefront/src';
const PRICING = 'services/pricing/src/tarnside_pricing';
const INVENTORY = 'services/inventory/internal';
const SHIPPING = 'services/shipping/src';
const GATEWAY = 'services/payment-gateway/src/main/java/example/tarnside/gateway';

/** The runbooks. `review`: what its own front matter makes of it on the day of `NOW`; null where it says nothing. */
export const runbooks = [
  {
    path: 'docs/runbooks/collect-counter.md',
    title: 'The counter cannot hand out an order',
    owner: 'team-storefront',
    frontMatter: true,
    reviewed: '2025-07-08',
    review: 'overdue',
    covers: [],
  },
  {
    path: 'docs/runbooks/flagd-unreachable.md',
    title: 'flagd is unreachable',
    owner: null,
    frontMatter: false,
    reviewed: null,
    review: null,
    covers: [],
  },
  {
    path: 'docs/runbooks/hosted-search.md',
    title: 'Hosted search finds nothing',
    owner: 'team-storefront',
    frontMatter: true,
    reviewed: '2025-06-18',
    review: 'overdue',
    covers: [`${STOREFRONT}/components/SearchBox.tsx`],
  },
  {
    path: 'docs/runbooks/label-printing.md',
    title: 'Labels do not print',
    owner: 'team-fulfilment',
    frontMatter: true,
    reviewed: '2025-03-25',
    review: 'overdue',
    covers: [`${SHIPPING}/labels.js`],
  },
  {
    path: 'docs/runbooks/payment-timeouts.md',
    title: 'Payments time out',
    owner: 'team-payments',
    frontMatter: true,
    reviewed: '2026-10-13',
    review: 'current',
    covers: [
      `${CHECKOUT}/payments/charge.ts`,
      `${CHECKOUT}/payments/errors.ts`,
      `${CHECKOUT}/payments/pspClient.ts`,
      `${CHECKOUT}/payments/retry.ts`,
      `${CHECKOUT}/payments/savedCards.ts`,
    ],
  },
  {
    path: 'docs/runbooks/pricing-quotes.md',
    title: 'Pricing: quotes',
    owner: null,
    frontMatter: false,
    reviewed: null,
    review: null,
    covers: [],
  },
  {
    path: 'docs/runbooks/psp-outage.md',
    title: 'The payment provider is down',
    owner: 'team-payments',
    frontMatter: true,
    reviewed: '2026-09-08',
    review: 'current',
    covers: [`${CHECKOUT}/payments/charge.ts#charge`, `${CHECKOUT}/payments/pspClient.ts`],
  },
  {
    path: 'docs/runbooks/stock-oversold.md',
    title: 'Stock below zero',
    owner: 'team-warehouse',
    frontMatter: true,
    reviewed: '2025-12-02',
    review: 'current',
    covers: [
      `${INVENTORY}/stock/backorder.go`,
      `${INVENTORY}/stock/reserve.go`,
      `${INVENTORY}/stock/reserve_test.go`,
      `${INVENTORY}/stock/split.go`,
    ],
  },
];

/** The incidents. Times are UTC; `events` counts the entries of the timeline. */
export const incidents = [
  {
    id: 'INC-7',
    path: 'docs/incidents/2025-06-17-double-charges.md',
    severity: 'SEV1',
    style: 'table',
    started: '2025-06-17T17:20:00Z',
    detected: '2025-06-17T18:02:00Z',
    resolved: '2025-06-17T20:41:00Z',
    events: 10,
    first: '2025-06-17T17:20:00Z',
    last: '2025-06-18T10:15:00Z',
    guardFinds: ['services/checkout/src/orders/addresses.ts:10'],
  },
  {
    id: 'INC-12',
    path: 'docs/incidents/2025-11-28-oversold-parts.md',
    severity: 'SEV2',
    style: 'list',
    started: '2025-11-28T08:05:00Z',
    detected: '2025-11-28T09:20:00Z',
    resolved: '2025-11-28T12:48:00Z',
    events: 10,
    first: '2025-11-28T08:00:00Z',
    last: '2025-12-02T16:30:00Z',
  },
  {
    id: 'INC-19',
    path: 'docs/incidents/2026-03-10-prices-without-vat.md',
    severity: null,
    style: 'chat',
    started: null,
    detected: null,
    resolved: null,
    events: 11,
    first: '2026-03-10T08:52:00Z',
    last: '2026-03-10T09:55:00Z',
  },
];

/** The stack traces: their frames in this repository, innermost first, as printed, and what must be found for them. */
export const traces = [
  {
    file: 'traces/checkout-node.txt',
    language: 'javascript',
    deployed: 'HEAD',
    error: 'PaymentTimeoutError',
    frames: [
      [`${CHECKOUT}/payments/pspClient.ts`, 33, 'new PaymentTimeoutError('],
      [`${CHECKOUT}/payments/pspClient.ts`, 15, 'await post('],
      [`${CHECKOUT}/payments/retry.ts`, 9, 'await call()'],
      [`${CHECKOUT}/payments/charge.ts`, 27, 'withRetries('],
      [`${CHECKOUT}/orders/placeOrder.ts`, 19, 'charge('],
      [`${CHECKOUT}/server.ts`, 14, 'placeOrder('],
    ],
    runbooks: ['docs/runbooks/payment-timeouts.md', 'docs/runbooks/psp-outage.md'],
    incidents: ['INC-7'],
    flags: ['pause-card-payments', 'payment-retries-v2', 'express-checkout'],
  },
  {
    file: 'traces/checkout-node-v2026.09.1.txt',
    language: 'javascript',
    deployed: 'v2026.09.1',
    error: 'PaymentTimeoutError',
    frames: [
      [`${CHECKOUT}/payments/pspClient.ts`, 30, 'new PaymentTimeoutError('],
      [`${CHECKOUT}/payments/pspClient.ts`, 14, 'await post('],
      [`${CHECKOUT}/payments/retry.ts`, 9, 'await call()'],
      [`${CHECKOUT}/payments/charge.ts`, 27, 'withRetries('],
      [`${CHECKOUT}/orders/placeOrder.ts`, 19, 'charge('],
      [`${CHECKOUT}/server.ts`, 11, 'placeOrder('],
    ],
    runbooks: ['docs/runbooks/payment-timeouts.md', 'docs/runbooks/psp-outage.md'],
    incidents: ['INC-7'],
    flags: ['pause-card-payments', 'payment-retries-v2', 'express-checkout'],
  },
  {
    file: 'traces/gateway-java.txt',
    language: 'java',
    deployed: 'HEAD',
    error: 'example.tarnside.gateway.AcquirerException',
    frames: [
      [`${GATEWAY}/AcquirerClient.java`, 35, 'new AcquirerException('],
      [`${GATEWAY}/CardGateway.java`, 37, 'acquirer.authorise('],
    ],
    runbooks: ['docs/runbooks/psp-outage.md'],
    incidents: [],
    flags: [],
  },
  {
    file: 'traces/inventory-go-panic.txt',
    language: 'go',
    deployed: 'HEAD',
    error: 'panic',
    frames: [
      [`${INVENTORY}/stock/reserve.go`, 41, 'panic('],
      ['services/inventory/cmd/inventory/main.go', 33, 'reserver.Reserve('],
    ],
    runbooks: ['docs/runbooks/stock-oversold.md'],
    incidents: ['INC-12'],
    flags: ['stock-reservations'],
  },
  {
    file: 'traces/pricing-python.txt',
    language: 'python',
    deployed: 'HEAD',
    error: 'tarnside_pricing.vat.UnknownCountryError',
    frames: [
      [`${PRICING}/vat.py`, 28, 'raise UnknownCountryError('],
      [`${PRICING}/vat.py`, 33, 'rate_for('],
      [`${PRICING}/quote.py`, 37, 'add_vat('],
      [`${PRICING}/app.py`, 22, 'quote('],
    ],
    cause: { error: 'KeyError', frames: [[`${PRICING}/vat.py`, 26, 'RATES[country]']] },
    runbooks: ['docs/runbooks/pricing-quotes.md'],
    incidents: ['INC-19'],
    flags: ['tax-service-v2', 'vat-inclusive-prices'],
  },
];
