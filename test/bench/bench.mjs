// `npm run bench`: sets up what the benchmarks need and runs them. `--help` says what they take. Node built-ins only until the
// packages are there.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuild, ensureDemoForTests, ensurePackages } from '../setup/project.mjs';
import { main, root } from '../setup/steps.mjs';

await main(async () => {
  await ensurePackages();
  await ensureBuild();
  await ensureDemoForTests();
  const args = ['--import', 'tsx', join(root, 'test', 'bench', 'main.ts'), ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { cwd: process.env.INIT_CWD ?? process.cwd(), stdio: 'inherit' });
  const forward = signal => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, forward);
  process.exitCode = await new Promise(resolve => child.on('close', (code, signal) => resolve(signal ? 1 : code)));
});
