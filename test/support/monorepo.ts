// A monorepo of two projects: one key, a flag file of its own in each, and code that two projects share.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const CLIENT = `import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();
`;
const check = (key: string) => `export const ${key} = () => client.getBooleanValue('${key}', false);\n`;
const flagd = (flags: Readonly<Record<string, 'on' | 'off'>>) =>
  `${JSON.stringify(
    {
      flags: Object.fromEntries(
        Object.entries(flags).map(([key, defaultVariant]) => [
          key,
          { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant },
        ]),
      ),
    },
    null,
    2,
  )}\n`;

/** Every file by its path. `checkout` is on in the shop and off in the admin tool; `banner` is the same everywhere. */
export const monorepo = {
  'flagbook.json': `${JSON.stringify(
    {
      flagSystems: [
        { kind: 'flagd', paths: ['apps/shop/**'] },
        { kind: 'flagd', paths: ['apps/admin/**'] },
      ],
    },
    null,
    2,
  )}\n`,
  'apps/shop/flags.flagd.json': flagd({ checkout: 'on', discount: 'on' }),
  'apps/admin/flags.flagd.json': flagd({ checkout: 'off' }),
  'flags/all.flagd.json': flagd({ banner: 'on' }),
  'apps/shop/pay.ts': `${CLIENT}${check('checkout')}${check('banner')}${check('discount')}`,
  'apps/admin/users.ts': `${CLIENT}${check('checkout')}${check('banner')}${check('discount')}`,
  'libs/shared.ts': `${CLIENT}${check('checkout')}`,
} as const;

/** Writes the files below a folder. */
export function writeMonorepo(root: string): void {
  for (const [path, text] of Object.entries(monorepo)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
