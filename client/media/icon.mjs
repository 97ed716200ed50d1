// Draws icon.png from icon.svg, with the Chromium that the tests use: `node client/media/icon.mjs`. The marketplace takes no SVG.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { ensureChromium } from '../../test/setup/chromium.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 128, height: 128 }, deviceScaleFactor: 2 });
await page.setContent(`<style>body { margin: 0 }</style>${readFileSync(join(folder, 'icon.svg'), 'utf8')}`);
await page.screenshot({ path: join(folder, 'icon.png'), omitBackground: true });
await browser.close();
