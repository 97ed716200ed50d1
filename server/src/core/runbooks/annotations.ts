/**
 * Annotations in comments: `// runbook: docs/x.md#heading`, `@Runbook https://…`, `# incident: INC-42`. The hard part is to
 * leave prose alone (`// runbook: the pointer has moved`): only what looks like a path, a URL or an id is one. Where an
 * annotation leads is found by `links.ts`.
 */
import type { CommentFact, FileFacts } from '../languages/facts.ts';
import type { Annotation } from '../model.ts';
import type { Span } from '../text.ts';

/**
 * The annotations of one file's comments, in order. `path` is the file, `knownPaths` are the repository's: a word that names
 * one of them, or a folder of it, counts as a path even without an extension.
 */
export function findAnnotations(
  path: string,
  comments: readonly CommentFact[],
  knownPaths: ReadonlySet<string>,
): readonly Annotation[] {
  return inOrder(comments.flatMap(comment => annotationsIn(path, comment, knownPaths)));
}

/**
 * The annotations of files by their facts, which never change: each comment is read once as long as the paths stay the same, since
 * most comments of an edited file are those that it had before.
 */
export function createAnnotationIndex(
  knownPaths: ReadonlySet<string>,
): (path: string, facts: FileFacts) => readonly Annotation[] {
  const known = new WeakMap<readonly CommentFact[], readonly Annotation[]>();
  const plain = new WeakSet<CommentFact>();
  return (path, { comments }) => {
    const existing = known.get(comments);
    if (existing !== undefined) return existing;
    const found: Annotation[] = [];
    for (const comment of comments) {
      if (plain.has(comment)) continue;
      const own = annotationsIn(path, comment, knownPaths);
      if (own.length === 0) plain.add(comment);
      for (const annotation of own) found.push(annotation);
    }
    const ordered = inOrder(found);
    known.set(comments, ordered);
    return ordered;
  };
}

function inOrder(annotations: readonly Annotation[]): readonly Annotation[] {
  return [...annotations].sort((a, b) => a.span.start - b.span.start);
}

const marker = /(?<![\w/.-])(?:@(runbooks?|incidents?)\b[ \t]*[:=]?|(runbooks?|incidents?)[ \t]*[:=])[ \t]*/gi;
const mostPerComment = 50;

function annotationsIn(path: string, comment: CommentFact, knownPaths: ReadonlySet<string>): readonly Annotation[] {
  const found: Annotation[] = [];
  for (const match of comment.text.matchAll(marker)) {
    const kind = /^r/i.test((match[1] ?? match[2])!) ? 'runbook' : 'incident';
    const start = match.index + match[0].length;
    const line = comment.text.slice(start, start + 2_000).split(/[\r\n]/, 1)[0]!;
    const targets = kind === 'runbook' ? runbookTargets(line, knownPaths) : incidentIds(line, knownPaths);
    for (const target of targets) {
      const at = comment.span.start + start + target.start;
      const span = { start: at, end: Math.min(at + target.end - target.start, comment.span.end) };
      found.push({ kind, path, target: line.slice(target.start, target.end), span });
    }
    if (found.length >= mostPerComment) break;
  }
  return found;
}

/** Runbooks named at the start of the text: one, or several with commas or `and` between them. */
function runbookTargets(line: string, knownPaths: ReadonlySet<string>): readonly Span[] {
  const found: Span[] = [];
  for (let at = 0; at < line.length; ) {
    const token = nextToken(line, at);
    if (token === null || !isRunbookTarget(line.slice(token.start, token.end), knownPaths)) break;
    found.push(token);
    const separator = /^[^\s,]*?(?:,\s*|\s+(?:and|&)\s+)/.exec(line.slice(token.end));
    if (separator === null) break;
    at = token.end + separator[0].length;
  }
  return found;
}

/** The next word without what wraps it (quotes, brackets, XML doc tags, a Markdown link) and without trailing punctuation. */
function nextToken(line: string, from: number): Span | null {
  const rest = line.slice(from);
  const wrapper = /^(?:<(?:see(?:also)?|a)\s+(?:href|cref)=["']|<\w+>|\[[^\][]{0,200}\]\(|[<([`"'*]+)/.exec(rest);
  const start = from + (wrapper?.[0].length ?? 0);
  const word = /^[^\s<>"'`|,;]+/.exec(line.slice(start))?.[0];
  if (word === undefined) return null;
  const trimmed = withoutTail(word);
  return trimmed === '' ? null : { start, end: start + trimmed.length };
}

/** Takes off punctuation that belongs to the sentence; a closing bracket stays where its opening one is part of the word. */
function withoutTail(word: string): string {
  let text = word;
  for (;;) {
    const last = text.at(-1) ?? '';
    const opening = { ')': '(', ']': '[', '}': '{' }[last];
    const unbalanced = opening !== undefined && text.split(opening).length < text.split(last).length;
    if (last !== '' && (unbalanced || '.:!?*_§'.includes(last) || text.endsWith('*/'))) text = text.slice(0, -1);
    else return text;
  }
}

function isRunbookTarget(token: string, knownPaths: ReadonlySet<string>): boolean {
  if (/^https?:\/\/[^/]/i.test(token)) return true;
  const path = token.split(/[#?]/, 1)[0]!;
  if (!/^[\w.@~+()[\]/-]+$/.test(path) || !/\w/.test(path)) return false;
  if (/\.(?:md|mdx|markdown|mdown|rst|adoc|asciidoc|txt|html?|org|ipynb)$/i.test(path)) return true;
  const relative = path.replace(/^(?:\.{0,2}\/)+/, '');
  if (knownPaths.has(relative)) return true;
  if (!path.includes('/')) return false;
  // `and/or`, `n/a`: a slash alone makes no path; a folder that exists, a place to start from, or real depth does.
  if (/^\.{0,2}\//.test(path) || relative.split('/').filter(Boolean).length > 2) return true;
  return isFolder(`${relative.split('/')[0]}/`, knownPaths);
}

function isFolder(prefix: string, knownPaths: ReadonlySet<string>): boolean {
  for (const path of knownPaths) if (path.startsWith(prefix)) return true;
  return false;
}

/** Incident ids (or paths of their records) at the start of the text, up to the first word that is neither. */
function incidentIds(line: string, knownPaths: ReadonlySet<string>): readonly Span[] {
  const found: Span[] = [];
  for (let at = 0; at < line.length; ) {
    const word = nextToken(line, at);
    if (word === null) break;
    const head = line.slice(word.start, word.end).split('/', 1)[0]!;
    const token = isIncidentId(head) ? { start: word.start, end: word.start + head.length } : word;
    const text = line.slice(token.start, token.end);
    if (
      isIncidentId(text) ||
      /^https?:\/\/[^/]/i.test(text) ||
      (text.includes('/') && isRunbookTarget(text, knownPaths))
    ) {
      found.push(token);
    } else if (!/^(?:and|&|also)$/i.test(text)) break;
    at = token.end + (/^[^\w\s]*[\s,;/&+]+/.exec(line.slice(token.end))?.[0].length ?? line.length);
  }
  return found;
}

/** `INC-42`, `PAY-INC-7`, `inc_42`, `INC42`, `2026-03-02-payments`: letters or a date, and a number. */
function isIncidentId(text: string): boolean {
  return (
    /^#?[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*[-_]\d+$/.test(text) ||
    /^[A-Z]{2,10}\d{1,8}$/.test(text) ||
    /^\d{4}-\d{2}-\d{2}(?:[-_][\w-]+)?$/.test(text)
  );
}
