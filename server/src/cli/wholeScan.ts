/**
 * `flagbook scan` of a whole repository that nothing is remembered of: what `commands/scan.ts` does in the plainest case, without the rest
 * of the program. Says nothing at all where the case is another one; then the program does, with its own words for what is wrong.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeConfig } from '../core/config.ts';
import { suggestedPatterns } from '../core/flags/guessed/suggestions.ts';
import { scanRecords } from '../core/flags/telling/scanRecords.ts';
import { createHost } from '../core/host.ts';
import { CONFIG_PATH } from '../core/hostSetup.ts';
import { grammarsWhenNeeded } from '../core/languages/grammars.ts';
import { sayCrashes } from '../sources/crashOutput.ts';
import { openMemoryOfUser } from '../sources/facts-cache/ofUser.ts';
import type { FileAccess } from '../sources/files/access.ts';
import { createDiskAccess } from '../sources/files/disk.ts';
import { holdTokens } from '../sources/flag-servers/heldTokens.ts';
import { decodeFlagFile } from '../sources/flag-systems/registry.ts';
import { indexRepository, LARGE_TEXT } from '../sources/project/indexing.ts';
import { keepHeapSmall } from '../sources/workers/heap.ts';
import { startWorkersOnDisk } from '../sources/workers/onDisk.ts';
import { unoptimised } from '../sources/workers/unoptimised.ts';
import type { Output } from './output.ts';
import { printScan } from './printScan.ts';
import type { BegunScan, PlainScan } from './quickScan.ts';
import { rememberScan } from './rememberScan.ts';

/** Resolves to whether the scan was answered. */
export async function scanWhole(plain: PlainScan, begun: BegunScan, output: Output): Promise<boolean> {
  const { path: root, listing } = begun;
  const disk = createDiskAccess(root, { git: true });
  const access: FileAccess = { ...disk, list: () => listing.all, listInSteps: () => listing };
  if (!(await isPlain(access))) return false;
  sayCrashes(holdTokens(process.env).clean);
  const wasmDirectory = join(__dirname, '..', 'wasm');
  const readWasm = (name: string) => readFile(join(wasmDirectory, `${name}.wasm`));
  // In a small repository that workers don't look at, this thread may need none.
  const grammars = grammarsWhenNeeded(readWasm, () => performance.now(), unoptimised);
  const isFit = () => grammars.failure() === null && grammars.missing().length === 0;
  const now = Date.now();
  const host = createHost({ grammars, decodeFlagFile, now: () => now });
  keepHeapSmall();
  const summary = await indexRepository(host, grammars, access, {
    startWorkers: startWorkersOnDisk(root, wasmDirectory, 'alone, taking part', begun.workers, isFit),
    setsAsideFrom: LARGE_TEXT,
    onProgress: (done, total) => output.progress(`Reading the repository: ${done} of ${total} files`),
    ...(plain.cache ? { openMemory: () => openMemoryOfUser(root, access) } : {}),
  });
  output.progress(null);
  for (const { end } of begun.workers) end();
  const snapshot = host.snapshot(now);
  if (!isFit() || snapshot.configProblems.some(({ severity }) => severity === 'error')) return false;
  const found = { records: scanRecords(snapshot, () => true), suggestions: suggestedPatterns(snapshot), summary };
  printScan(found, { format: plain.format, role: plain.role, paths: [] }, output);
  // It has been answered: whatever happens now, the program must not answer again.
  if (plain.cache) await rememberScan({ root, host, summary, snapshot, access, begun }).catch(() => {});
  return true;
}

/** Whether the configuration, if there is any, can be used and names nothing that only the whole program knows. */
async function isPlain(access: FileAccess): Promise<boolean> {
  if ((await access.exists?.(CONFIG_PATH)) !== true) return true;
  const content = await access.read(CONFIG_PATH);
  if (content.kind !== 'text') return false;
  const { config, problems } = decodeConfig(content.text, CONFIG_PATH);
  const hasServers = config.flagSystems.some(({ url, project }) => url !== undefined || project !== undefined);
  return !hasServers && problems.every(({ severity }) => severity !== 'error');
}
