/**
 * What a printed function's name says of the name in the source: without package, receiver, lambda and closure
 * decorations. Used to compare frames with symbols, and once, in
 * `shortFunctionName`, to show them.
 */

/** Names that stand for no function of the source. */
const NAMELESS =
  /^(?:<?anonymous.*|<?module>?|<lambda>|<genexpr>|<(?:list|dict|set)comp>|<main>|<top.*|\{main\}|\{closure.*|eval|eval code|global code|Anonymous function|\(\)|\?+|<clinit>|doCall|closure)$/i;

/**
 * Names under which the source may know the function, most specific first; empty when the printed name says nothing.
 */
export function sourceNames(printed: string | null, language: string): readonly string[] {
  if (printed === null) return [];
  const names = new Set<string>();
  const alias = /\[as ([^\]]{1,200})\]/.exec(printed)?.[1];
  const bare = printed
    .replace(/\s?\[as [^\]]{0,200}\]$/, '')
    .replace(/^(?:async|new|block in|rescue in|ensure in) /, '');
  for (const name of [alias, ...(byLanguage[language] ?? lastPart)(bare)])
    if (name && !NAMELESS.test(name)) names.add(name);
  return [...names];
}

/** A name as people read it: without Go's import path and the JVM's package, which the file beside it says better. */
export function shortFunctionName(name: string): string {
  const behindPath = /^[\w.~-]+\/[^\s(]*\/([^/\s][^/]*)$/.exec(name)?.[1] ?? name;
  return /^(?:[a-z_][\w$]*\.){2,}([A-Z][\w$]*\.[\w$<>]+)$/.exec(behindPath)?.[1] ?? behindPath;
}

type Reader = (name: string) => readonly string[];

const lastPart: Reader = name => {
  const plain = name.replace(/\(.*$/s, '').replace(/[<>]/g, '');
  return [plain.split(/[.:#/\\]+/).pop() ?? ''];
};

const readJvm: Reader = name => {
  const parts = name.split('.');
  const method = parts.pop() ?? '';
  const owner = parts.pop() ?? '';
  const lambda = /^(?:lambda|access|\$\w+)\$([A-Za-z_]\w*)/.exec(method)?.[1];
  if (lambda) return [lambda];
  if (method === '<init>') return [owner.split('$').pop() ?? ''];
  if (/^(?:invokeSuspend|invoke|apply|doCall|invokeStatic|call|run)$/.test(method) && owner.includes('$')) {
    // Closures are classes named after the function they stand in.
    const outer = owner.split('$').filter(part => /^[a-z]\w*$/.test(part) && part !== 'anonfun');
    return outer.length > 0 ? [outer[outer.length - 1]!.replace(/^_|_closure\d*$/g, '')] : [];
  }
  return [method.split('$')[0] || (method.split('$').pop() ?? '')];
};

const readGo: Reader = name => {
  const path = name.slice(name.lastIndexOf('/') + 1).replace(/\[[^[\]]*\]/g, '');
  const parts = path.split('.').slice(1);
  while (parts.length > 1 && /^(?:func\d+|\d+|gowrap\d+|deferwrap\d+)$|-fm$/.test(parts[parts.length - 1]!))
    parts.pop();
  return [(parts[parts.length - 1] ?? '').replace(/-fm$/, '').replace(/^\(\*?|\)$/g, '')];
};

const readRust: Reader = name => {
  const parts = name
    .replace(/::h[0-9a-f]{16}$/, '')
    .split('::')
    .filter(part => !part.startsWith('{{'));
  return [(parts.pop() ?? '').replace(/[<>].*$/, '')];
};

const readDotnet: Reader = name => {
  const plain = name.replace(/\s?\(.*$/s, '');
  const local = /<(\w+)>[a-z]__/.exec(plain)?.[1];
  return [local ?? plain.split(/[.+]/).pop() ?? ''];
};

const byLanguage: Readonly<Record<string, Reader>> = {
  java: readJvm,
  kotlin: readJvm,
  scala: readJvm,
  groovy: readJvm,
  clojure: readJvm,
  go: readGo,
  rust: readRust,
  csharp: readDotnet,
};
