/**
 * Which files of a repository count when a key is dated: code, and the data files that can define flags. Prose, lock files,
 * generated code, the code of others and pictures don't: a flag that a changelog announced is not in the program yet, and what a
 * tool wrote stood in its sources before.
 */

/** Whether the path whose UTF-8 bytes are `bytes[start..end)` can hold a key that counts. */
export function canHoldKeys(bytes: Uint8Array, start: number, end: number): boolean {
  let dot = -1;
  let i = end - 1;
  for (; i >= start && bytes[i] !== slash; i--) if (dot < 0 && bytes[i] === fullStop) dot = i;
  if (dot < 0 || end - dot > 12) return false;
  if (!extensions.has(ascii(bytes, dot + 1, end).toLowerCase())) return false;
  const name = ascii(bytes, i + 1, end);
  if (lockFile.test(name) || otherLockFiles.has(name) || proposals.has(name) || generatedFile.test(name.toLowerCase()))
    return false;
  return !foreignFolder.test(ascii(bytes, start, end));
}

const slash = 47;
const fullStop = 46;

const extensions: ReadonlySet<string> = new Set(
  [
    'ts tsx mts cts js jsx mjs cjs vue svelte astro',
    'py pyi go java kt kts scala groovy gradle',
    'cs cshtml razor fs fsx vb rb erb haml slim rake php twig',
    'rs swift m mm c cc cpp cxx h hh hpp hxx dart ex exs eex heex erl clj cljs lua pl pm r jl',
    'sh bash sql html htm tf hcl env',
    'json jsonc json5 yaml yml toml xml properties ini conf split cue',
  ]
    .join(' ')
    .split(' '),
);

/** `package-lock.json`, `packages.lock.json`, `pnpm-lock.yaml`, `.terraform.lock.hcl` … */
const lockFile = /(?:^|[-._])lock\.(?:json|ya?ml|hcl)$/;
const otherLockFiles: ReadonlySet<string> = new Set(['npm-shrinkwrap.json', 'Package.resolved']);
/** The card of a Kubernetes enhancement proposal, which names the feature gates that are to come: prose, though in YAML. */
const proposals: ReadonlySet<string> = new Set(['kep.yaml']);
/**
 * What tools write, by the names they give it: bundles, code of designers, of protocol buffers, of database migrations
 * (Entity Framework's `<Context>ModelSnapshot.cs`, rewritten with every one of them) and of other generators, and
 * Kubernetes' schemas of resources, as controller-gen names them (`<group>_<plural>.yaml`). Their sources stand beside them.
 */
const generatedFile =
  /[.]min\.[mc]?js$|\bbundle\.js$|\.designer\.(?:cs|vb)$|modelsnapshot\.cs$|\.(?:pb|pulsar)\.(?:go|cc|h)$|_pb2(?:_grpc)?\.pyi?$|_(?:grpc_)?pb\.(?:js|d\.ts)$|^zz_generated\.|\.g\.(?:i\.)?cs$|\.(?:g|freezed)\.dart$|^[a-z\d-]+(?:\.[a-z\d-]+)+_[a-z\d]+\.ya?ml$/;
/** Folders that tools fill: what stands there stood in the sources before. */
const foreignFolder =
  /(?:^|\/)(?:node_modules|bower_components|site-packages|third_party|vendor|\.?venv|\.yarn|coverage|\.next|\.nuxt|\.terraform)\//;

function ascii(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}
