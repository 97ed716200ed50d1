// Runs tests in the extension host of code-server, by opening its workbench in a browser with VS Code's own test payload.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../setup/steps.mjs';
import { launchBrowser } from '../support/browser.ts';
import { remoteUri, startCodeServer, workbenchAddress } from '../support/codeServer.ts';
import type { HostRun } from './hostRun.ts';

/** Resolves with the status the tests ended with (0: their `run` resolved); rejects when VS Code never came to an end of them. */
export async function runInCodeServer(run: HostRun): Promise<number> {
  const server = await startCodeServer({
    home: run.home,
    purpose: 'host-tests',
    settings: run.settings,
    workspaceTrust: run.workspaceTrust,
    environment: run.environment,
  });
  try {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      const finished = codeOfTests(page);
      await page.goto(
        workbenchAddress(server.authority, run.workspace, [
          ['extensionDevelopmentPath', remoteUri(server.authority, run.extension)],
          ['extensionTestsPath', remoteUri(server.authority, run.entry)],
        ]),
      );
      return await Promise.race([finished, server.ended, giveUp(page, run, server.log)]);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

// The workbench looks for these two functions in its page: the first gets what the tests log, the second how they ended.
async function codeOfTests(page: Page): Promise<number> {
  const { promise, resolve, reject } = deferred<number>();
  page.once('crash', () => reject(new Error('The browser page crashed.')));
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    if (process.env.FLAGBOOK_TEST_VERBOSE) process.stderr.write(`[${type}] ${args.map(String).join(' ')}\n`);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
  return promise;
}

async function giveUp(page: Page, run: HostRun, log: () => string): Promise<never> {
  await new Promise(resolve => setTimeout(resolve, run.timeout).unref());
  const screenshot = join(root, 'out', 'screenshots', `host-${run.name}-hung.png`);
  mkdirSync(join(screenshot, '..'), { recursive: true });
  await page.screenshot({ path: screenshot });
  throw new Error(
    `The tests did not end within ${run.timeout / 1000} s (the window: ${screenshot}). The end of the server's log:\n${log().slice(-2000)}`,
  );
}

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}
