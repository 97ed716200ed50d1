/**
 * Rust's modules: which module a file is, by its path, and what a path of names means from inside one. A module's full name begins
 * with its crate's, which no other name looks like. What stands in modules is `typeIndex.ts`' business.
 */

/** A file's module, such as `crate:crates/app.flags.keys`. Tests, examples and programs are crates of their own. */
export function rustModuleOf(path: string): string {
  const names = path.replace(/\.rs$/, '').split('/');
  const source = names.lastIndexOf('src');
  const own = source < 0 ? names.length - 1 : source + 1;
  const isProgram = source >= 0 && names[own] === 'bin';
  const start = isProgram ? Math.min(own + 2, names.length) : own;
  const root = source < 0 || isProgram ? names.slice(0, start) : names.slice(0, source);
  if (source < 0) root.push(names[own]!);
  const modules = names.slice(source < 0 ? names.length : start);
  const isRoot = modules.length === 1 && (modules[0] === 'lib' || modules[0] === 'main');
  if (isRoot || modules.at(-1) === 'mod') modules.pop();
  return [`${CRATE}${root.join('/').replaceAll('.', '_')}`, ...modules].join('.');
}

/** The crate of a module. */
export function crateOf(module: string): string {
  return module.split('.', 1)[0]!;
}

/** Whether a crate is the one that others call by this name: a folder `shop-flags` holds the crate `shop_flags`. */
export function isCrateNamed(crate: string, name: string): boolean {
  const folder = crate.slice(crate.lastIndexOf('/') + 1).replace(CRATE, '');
  return folder.replaceAll('-', '_') === name;
}

/** The full names that a path may mean in a module, the likeliest first. */
export function rustNames(names: readonly string[], module: string, crates: readonly string[]): readonly string[] {
  const [first = '', ...rest] = names;
  const join = (parts: readonly string[]): string => parts.join('.');
  if (first.startsWith(CRATE)) return [join(names)];
  if (first === 'crate') return [join([crateOf(module), ...rest])];
  if (first === 'self') return [join([module, ...rest])];
  if (first === 'super') {
    const above = module.includes('.') ? module.slice(0, module.lastIndexOf('.')) : module;
    return rest[0] === 'super' ? rustNames(rest, above, crates) : [join([above, ...rest])];
  }
  const named = crates.filter(crate => isCrateNamed(crate, first)).map(crate => join([crate, ...rest]));
  return [join([module, ...names]), ...named, join([crateOf(module), ...names])];
}

const CRATE = 'crate:';
