// The browser that shows the workbench to the host and ui tests.
import { existsSync } from 'node:fs';
import { installPackages } from './apt.mjs';
import { findOnPath, SetupError, step } from './steps.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/lib/chromium/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The path of a Chromium or Chrome, or undefined. CHROMIUM_PATH goes before all others. */
export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new SetupError(`CHROMIUM_PATH is ${chosen}, where there is no file: mend it or unset it.`);
  }
  return names.map(findOnPath).find(Boolean) ?? usualPlaces.find(path => existsSync(path));
}

/** Makes sure that a Chromium is there, and returns its path. */
export async function ensureChromium() {
  await step('Chromium', {
    isDone: () => findChromium() !== undefined,
    hint: 'apt-get install, about half a minute, 400 MB',
    work: () =>
      installPackages(['chromium'], {
        log: 'chromium',
        otherwise:
          'The tests in a real VS Code need Chromium or Chrome: install one, or set CHROMIUM_PATH to its executable.',
      }),
  });
  const path = findChromium();
  if (path === undefined) {
    throw new SetupError('Chromium was installed but is not on the PATH: set CHROMIUM_PATH to its executable.');
  }
  return path;
}
