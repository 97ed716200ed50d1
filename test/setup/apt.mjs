// Installs Debian packages for the set-up, or says plainly what the person should install.
import { spawnSync } from 'node:child_process';
import { findOnPath, run, SetupError } from './steps.mjs';

/** Installs `packages`; `otherwise` is the advice where that is not possible here. Waits for another apt up to 500 s. */
export async function installPackages(packages, { log, otherwise }) {
  if (findOnPath('apt-get') === undefined) throw new SetupError(otherwise);
  const root = process.getuid?.() === 0;
  if (!root && !canSudo()) {
    throw new SetupError(`${otherwise}\n(apt-get is here, but it needs root or sudo.)`);
  }
  const aptGet = async (...args) => {
    const command = ['apt-get', '-o', 'DPkg::Lock::Timeout=500', ...args];
    const environment = ['env', 'DEBIAN_FRONTEND=noninteractive'];
    // The password was asked for before; -n, because a second question would stand in the log, where nobody sees it.
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

// sudo may ask for a password, where somebody is there to type it.
function canSudo() {
  if (findOnPath('sudo') === undefined) return false;
  const asks = process.stdin.isTTY ? [] : ['-n'];
  return spawnSync('sudo', [...asks, '-v'], { stdio: 'inherit' }).status === 0;
}
