// The browser that shows the real workbench. What is done in it stands in test/host and test/ui.
import { type Browser, chromium } from 'playwright-core';
import { ensureChromium } from '../setup/chromium.mjs';

/** Starts a headless Chromium that talks to nobody but the pages it is sent to. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: [
      // Tests run as root in containers, where Chromium's sandbox cannot; the only pages opened are our own.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
