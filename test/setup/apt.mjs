// Installs Debian packages for the set-up, or says plainly what the person should install.
import { findOnPath, run, SetupError } from './steps.mjs';

/** Installs `packages`; `otherwise` is the advice where that is not possible here. Waits for another apt up to 500 s. */
export async function installPackages(packages, { log, otherwise }) {
  if (findOnPath('apt-get') === undefined) throw new SetupError(otherwise);
  const root = process.getuid?.() === 0;
  if (!root && findOnPath('sudo') === undefined) {
    throw new SetupError(`${otherwise}\n(apt-get is here, but neither root's rights nor sudo.)`);
  }
  const aptGet = async (...args) => {
    const command = ['apt-get', '-o', 'DPkg::Lock::Timeout=500', ...args];
    const environment = ['env', 'DEBIAN_FRONTEND=noninteractive'];
    // -n: never hang on a password prompt that nobody sees, because the output goes to a log.
    const [program, ...rest] = [...(root ? [] : ['sudo', '-n']), ...environment, ...command];
    await run(program, rest, { log });
  };
  try {
    await aptGet('update');
    await aptGet('install', '-y', '--no-install-recommends', ...packages);
  } catch (error) {
    throw error instanceof SetupError ? new SetupError(`${error.message}\n${otherwise}`) : error;
  }
}
