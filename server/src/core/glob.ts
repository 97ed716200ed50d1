/**
 * Globs over repository paths: `*`, `?`, `[a-z]`, `{a,b}` and `**`, with the meaning they have in picomatch and `.gitignore`. Globs in
 * front matter are written by whoever writes to the repository, and translated into a regular expression three `**` already
 * take minutes on a long path; this matcher's time is at most the length of the glob times that of the path.
 */

const mostAlternatives = 64;

/** Whether the whole path matches the glob. Names that begin with a dot are names like any other. Case counts. */
export function matchesGlob(glob: string, path: string): boolean {
  const segments = path.split('/');
  return expandBraces(glob).some(alternative => matchesSegments(alternative.split('/'), segments));
}

/** `a/{b,c}` → `a/b`, `a/c`; at most 64 alternatives, the rest is dropped. A brace without a comma stands for itself. */
function expandBraces(glob: string): readonly string[] {
  const done: string[] = [];
  const waiting = [glob];
  for (let steps = 0; waiting.length > 0 && steps < 4 * mostAlternatives; steps++) {
    const next = waiting.shift()!;
    const match = /\{([^{},]*,[^{}]*)\}/.exec(next);
    if (match === null) done.push(next);
    else {
      const [before, after] = [next.slice(0, match.index), next.slice(match.index + match[0].length)];
      for (const option of match[1]!.split(',')) {
        if (waiting.length + done.length < mostAlternatives) waiting.push(before + option + after);
      }
    }
  }
  return done;
}

/**
 * The same for a glob and a path that are taken apart already, and without `{a,b}`. It matches with one point of return: behind
 * the last `**`, which alone may still take more segments.
 */
export function matchesSegments(glob: readonly string[], path: readonly string[]): boolean {
  let at = 0;
  let returnGlob = -1;
  let returnPath = 0;
  for (let i = 0; i < path.length; ) {
    if (glob[at] === '**') {
      returnGlob = ++at;
      returnPath = i;
      // `src/**` is what is in `src`, and `src/**/x` may be `src/x`.
      if (at === glob.length) return true;
    } else if (at < glob.length && matchSegment(glob[at]!, path[i]!)) {
      at++;
      i++;
    } else if (returnGlob >= 0) {
      at = returnGlob;
      i = ++returnPath;
    } else return false;
  }
  while (glob[at] === '**') at++;
  return at === glob.length;
}

/** The same with `*` over the characters of one segment. */
function matchSegment(glob: string, text: string): boolean {
  let at = 0;
  let returnGlob = -1;
  let returnText = 0;
  for (let i = 0; i < text.length; ) {
    if (glob[at] === '*') {
      returnGlob = ++at;
      returnText = i;
      continue;
    }
    const length = at < glob.length ? matchOne(glob, at, text[i]!) : 0;
    if (length > 0) {
      at += length;
      i++;
    } else if (returnGlob >= 0) {
      at = returnGlob;
      i = ++returnText;
    } else return false;
  }
  while (glob[at] === '*') at++;
  return at === glob.length;
}

/** How many characters of the glob match this one character of the text; 0 for none. */
function matchOne(glob: string, at: number, char: string): number {
  if (glob[at] === '?') return 1;
  // A backslash takes the meaning from what stands behind it.
  if (glob[at] === '\\' && at + 1 < glob.length) return glob[at + 1] === char ? 2 : 0;
  if (glob[at] !== '[') return glob[at] === char ? 1 : 0;
  const close = glob.indexOf(']', at + 2);
  if (close < 0) return char === '[' ? 1 : 0;
  const negated = glob[at + 1] === '!' || glob[at + 1] === '^';
  const body = glob.slice(at + (negated ? 2 : 1), close);
  let inside = false;
  for (let i = 0; i < body.length; i++) {
    const isRange = body[i + 1] === '-' && i + 2 < body.length;
    if (isRange ? char >= body[i]! && char <= body[i + 2]! : char === body[i]) inside = true;
    if (isRange) i += 2;
  }
  return inside === negated ? 0 : close - at + 1;
}
