/**
 * What a frame says of its file, brought to plain segments: URLs and bundler schemes stripped, Windows and file URLs
 * unified, the JVM's packages turned into directories. Which file of the repository it is, is not decided here.
 */
import type { StackFrame } from './model.ts';

/** A frame's file as path segments. `prefix` is what was cut off before the first of them, such as `/` or `C:/`. */
export interface FramePath {
  readonly prefix: string;
  readonly segments: readonly string[];
  /** The path comes from a system that does not tell cases apart. */
  readonly ignoreCase: boolean;
  /** The directories are a package's, not a file system's. */
  readonly isPackage: boolean;
  /** The package or bundle that a scheme names, `web` in `webpack://web/src/a.ts`. */
  readonly scope: string | null;
}

const JVM = new Set(['java', 'kotlin', 'scala', 'groovy', 'clojure']);

/** Whether frames of this language name packages and bare files. */
export function isJvm(language: string): boolean {
  return JVM.has(language);
}

/** The frame's path, or null when it names no file (native code, an eval, a runtime's own module). */
export function framePath(frame: StackFrame, language: string): FramePath | null {
  if (isJvm(language)) return packagePath(frame, language);
  if (frame.file === null) return language === 'csharp' ? classPath(frame.module) : null;
  return plainPath(frame.file);
}

const NO_FILE =
  /^(?:<[^>]*>$|\[|native$|eval code$|unknown location$|index \d|node:|internal\/|debugger eval code$|anonymous$|dart:|evalmachine\.)/;

/** Brings a printed path or URL to segments. */
export function plainPath(printed: string): FramePath | null {
  let file = printed.trim();
  if (file === '' || NO_FILE.test(file)) return null;
  let prefix = '';
  const dart = /^package:(\w{1,100})(?:\/(.*))?$/.exec(file);
  if (dart) {
    const inside = (dart[2] ?? '').split('/').filter(part => part !== '');
    const segments = ['lib', ...inside];
    return { prefix: `package:${dart[1]}/`, segments, ignoreCase: false, isPackage: false, scope: dart[1]! };
  }
  const scheme = /^([a-z][a-z0-9+.-]{1,40}):\/\/([^/]*)\/?/i.exec(file);
  if (scheme) {
    prefix = scheme[0];
    file = decode(file.slice(scheme[0].length).replace(/[?#].*$/, ''));
    // `webpack-internal:///(rsc)/./src/a.ts` names the layer it was built for.
    file = file.replace(/^\([\w-]{1,40}\)\//, '');
    if (/^[A-Za-z]:[\\/]/.test(file)) prefix = 'file:///';
    else if (/^file:$/i.test(`${scheme[1]}:`)) prefix = '/';
  }
  const windows = /^[A-Za-z]:[\\/]|\\/.test(file);
  if (windows) file = file.replaceAll('\\', '/');
  const drive = /^[A-Za-z]:\//.exec(file);
  if (drive) {
    prefix += drive[0];
    file = file.slice(3);
  } else if (file.startsWith('/')) {
    prefix ||= '/';
    file = file.replace(/^\/+/, '');
  }
  const segments: string[] = [];
  for (const segment of file.split('/')) {
    if (segment === '' || segment === '.' || segment === '~') continue;
    if (segment === '..') segments.pop();
    else segments.push(segment);
  }
  const scope = /^webpack(?:-\w+)?$/i.test(scheme?.[1] ?? '') ? (scheme?.[2] ?? '') || null : null;
  return segments.length === 0 ? null : { prefix, segments, ignoreCase: windows, isPackage: false, scope };
}

/** `com.acme.pay.Charge$1` and `Charge.java` → `com/acme/pay/Charge.java`. */
function packagePath(frame: StackFrame, language: string): FramePath | null {
  const owner = (frame.module ?? '').split('/')[0]!;
  const parts = owner.split('.');
  const className = parts.pop() ?? '';
  const file = frame.file !== null && /\.\w+$/.test(frame.file) ? frame.file : sourceOf(className, language);
  if (file === null || (frame.file === null && frame.line === null)) return null;
  return { prefix: '', segments: [...parts, file], ignoreCase: false, isPackage: true, scope: null };
}

/** `Shop.Core.Cart+Item` or ``Shop.Core.Cart`1`` → `Shop/Core/Cart.cs`: by convention; the candidates' own text decides. */
function classPath(module: string | null): FramePath | null {
  const parts = (module ?? '').replace(/[+`<].*$/s, '').split('.');
  const name = parts.pop();
  if (!name || !/^[A-Z]\w{0,120}$/.test(name) || parts.length === 0) return null;
  return { prefix: '', segments: [...parts, `${name}.cs`], ignoreCase: false, isPackage: true, scope: null };
}

/** The file that a class must stand in when its trace names none; only Java ties the two together. */
function sourceOf(className: string, language: string): string | null {
  const outer = className.split('$')[0];
  if (!outer || !/^[A-Z]/.test(outer)) return null;
  return `${outer}.${language === 'kotlin' ? 'kt' : language === 'scala' ? 'scala' : language === 'groovy' ? 'groovy' : 'java'}`;
}

function decode(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
