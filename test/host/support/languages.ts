// One check in each language of the demo shop that the editor has to know, and the words in which to write a new one.

export interface LanguageCase {
  readonly name: string;
  /** A file with a check, the expression that stands for its key, and the key. */
  readonly path: string;
  readonly check: string;
  readonly key: string;
  readonly style: 'check' | 'stale';
  /** What the hint says of its state, and of its staleness. */
  readonly state: string;
  readonly stale: boolean;
  /** Where the key itself is written, if not at the check. */
  readonly constant: { readonly path: string; readonly text: string } | null;
  /** A source file that does not exist yet; `calls` stand for expressions, one a line. */
  readonly newFile: { readonly path: string; readonly text: (calls: readonly string[]) => string };
  /** A check as an expression: of a key as it stands in the source, as a boolean that falls back to false. */
  readonly call: (key: string) => string;
  readonly quote: string;
  readonly comment: string;
}

export const languageCases: readonly LanguageCase[] = [
  {
    name: 'TypeScript',
    path: 'services/checkout/src/payments/charge.ts',
    check: 'FLAGS.paymentRetriesV2',
    key: 'payment-retries-v2',
    style: 'check',
    state: '25%',
    stale: false,
    constant: { path: 'services/checkout/src/features/flags.ts', text: "'payment-retries-v2'" },
    newFile: {
      path: 'services/checkout/src/orders/returns.ts',
      text: calls =>
        `import { features } from '../features/client.js';\n\nexport async function mayReturn() {\n${calls.map(call => `  ${call};\n`).join('')}}\n`,
    },
    call: key => `await features.getBooleanValue(${key}, false)`,
    quote: "'",
    comment: '//',
  },
  {
    name: 'TSX',
    path: 'apps/storefront/src/components/SavedCards.tsx',
    check: 'StorefrontFlag.SavedCards',
    key: 'saved-cards',
    style: 'check',
    state: 'targeted',
    stale: false,
    constant: { path: 'apps/storefront/src/flags.ts', text: "'saved-cards'" },
    newFile: {
      path: 'apps/storefront/src/components/Returns.tsx',
      text: calls =>
        `import { useBooleanFlagValue } from '@openfeature/react-sdk';\n\nexport function Returns() {\n${calls.map(call => `  ${call};\n`).join('')}  return <p>Send it back</p>;\n}\n`,
    },
    call: key => `useBooleanFlagValue(${key}, false)`,
    quote: "'",
    comment: '//',
  },
  {
    name: 'JavaScript',
    path: 'services/shipping/src/rates.js',
    check: "'carrier-rates-v2'",
    key: 'carrier-rates-v2',
    style: 'check',
    state: '20%',
    stale: false,
    constant: null,
    newFile: {
      path: 'services/shipping/src/returns.js',
      text: calls =>
        `import { ldClient, recipientContext } from './flags.js';\n\nexport async function returnLabel(order) {\n${calls.map(call => `  ${call};\n`).join('')}}\n`,
    },
    call: key => `await ldClient.boolVariation(${key}, recipientContext(order), false)`,
    quote: "'",
    comment: '//',
  },
  {
    name: 'Python',
    path: 'services/pricing/src/tarnside_pricing/quote.py',
    check: 'flags.VAT_INCLUSIVE_PRICES',
    key: 'vat-inclusive-prices',
    style: 'stale',
    state: 'on',
    stale: true,
    constant: { path: 'services/pricing/src/tarnside_pricing/flags.py', text: '"vat-inclusive-prices"' },
    newFile: {
      path: 'services/pricing/src/tarnside_pricing/returns.py',
      text: calls =>
        `from .features import client, context_for\n\n\ndef refund(country: str) -> None:\n${calls.map(call => `    ${call}\n`).join('')}`,
    },
    call: key => `client.get_boolean_value(${key}, False, context_for(country))`,
    quote: '"',
    comment: '#',
  },
  {
    name: 'Go',
    path: 'services/inventory/internal/stock/reserve.go',
    check: 'flags.StockReservations',
    key: 'stock-reservations',
    style: 'stale',
    state: 'on',
    stale: true,
    constant: { path: 'services/inventory/internal/flags/keys.go', text: '"stock-reservations"' },
    newFile: {
      path: 'services/inventory/internal/stock/returns.go',
      text: calls =>
        `package stock\n\nimport (\n\t"context"\n\n\t"github.com/open-feature/go-sdk/openfeature"\n)\n\nfunc returned(ctx context.Context, client *openfeature.Client) {\n${calls.map(call => `\t${call}\n`).join('')}}\n`,
    },
    call: key => `_, _ = client.BooleanValue(ctx, ${key}, false, openfeature.EvaluationContext{})`,
    quote: '"',
    comment: '//',
  },
];
