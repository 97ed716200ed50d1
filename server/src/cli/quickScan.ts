/**
 * `flagbook scan` of a whole repository by what the last scan of it left (`scanAgain.ts`). Knows the plainest ways to ask only, and says
 * nothing at all where it can't answer: then the program does, with its own words for what is wrong.
 */
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { scanStateOptions } from '../sources/facts-cache/cacheDirectory.ts';
import { readScanState, writeScanState } from '../sources/facts-cache/scanState.ts';
import type { Listing } from '../sources/files/access.ts';
import { createDiskAccess } from '../sources/files/disk.ts';
import { findWorkTree } from '../sources/git/repository.ts';
import { scanAgain } from '../sources/project/scanAgain.ts';
import type { ShapeOf } from '../sources/workers/shapes.ts';
import type { Output } from './output.ts';
import { printScan, SCAN_FORMATS, SCAN_ROLES } from './printScan.ts';

export interface PlainScan {
  readonly format: string;
  readonly role: string;
  readonly directory: string;
  /** Whether anything is remembered. */
  readonly cache: boolean;
}

/** What is known by then of a repository whose scan the program has to make. */
export interface BegunScan {
  /** Absolute, links resolved. */
  readonly path: string;
  /** Git's lists, on their way. */
  readonly listing: Listing;
}

/** The scan that these arguments ask for; null for anything but a scan of everything. */
export function plainScanOf(args: readonly string[]): PlainScan | null {
  let isScan = false;
  let cache = true;
  const values = new Map<string, string>();
  for (let at = 0; at < args.length; at++) {
    const argument = args[at]!;
    if (argument === 'scan' && !isScan) isScan = true;
    else if (VALUED.has(argument)) values.set(argument, args[++at] ?? '');
    else if (argument === '--no-cache') cache = false;
    else if (argument !== '--offline') return null;
  }
  const format = values.get('--format') ?? 'text';
  const role = values.get('--role') ?? 'all';
  if (!isScan || !SCAN_FORMATS.includes(format) || !SCAN_ROLES.includes(role)) return null;
  return { format, role, directory: resolve(values.get('--cwd') ?? '.'), cache };
}

const VALUED: ReadonlySet<string> = new Set(['--format', '--role', '--cwd']);

/** Begins with what every scan needs: git lists the files while the program is loaded. Null where there is no repository. */
export async function beginScan({ directory }: PlainScan): Promise<BegunScan | null> {
  const tree = await findWorkTree(directory);
  if (tree.kind === 'failed') return null;
  const path = realpathSync(tree.root);
  const { listInSteps } = createDiskAccess(path, { git: true });
  return listInSteps === undefined ? null : { path, listing: listInSteps() };
}

/** Resolves to whether the scan was answered. */
export async function scanQuickly({ format, role }: PlainScan, begun: BegunScan, output: Output): Promise<boolean> {
  const options = scanStateOptions();
  if (options === null) return false;
  const root = begun.path;
  const before = await readScanState(root, options);
  if (before === null) return false;
  const access = createDiskAccess(root, { git: true });
  const paths = await begun.listing.all;
  let shapes: ShapeOf | null = null;
  const shapeOf: ShapeOf = (path, text) => {
    shapes ??= loadShapes();
    return shapes(path, text);
  };
  const scanned = await scanAgain(before, { root, paths, access, shapeOf, now: Date.now() });
  // What is suggested quotes the code, which stands elsewhere now.
  if (scanned === null || (scanned.kind === 'moved' && format === 'text')) return false;
  const { head } = scanned.state;
  printScan(
    {
      records: Object.values(head.linked).flatMap(({ records }) => records),
      suggestions: head.suggestions,
      summary: { files: paths.length, skipped: new Map(head.skippedInAll) },
    },
    { format, role, paths: [] },
    output,
  );
  // It has been answered: whatever happens now, the program must not answer again.
  if (scanned.kind !== 'same') await writeScanState(root, options, scanned.state).catch(() => {});
  return true;
}

/** What parses is as large as the rest of the program: few scans need it. */
function loadShapes(): ShapeOf {
  const { createShapes } = createRequire(__filename)(join(__dirname, '..', 'worker', 'worker.js')) as {
    readonly createShapes: (wasmDirectory: string) => ShapeOf;
  };
  return createShapes(join(__dirname, '..', 'wasm'));
}
