/**
 * A runbook's Markdown → `Runbook`: its title, what it says it covers, and when it was last reviewed. The front matter keys are
 * Flagbook's own plus those in wide use (GOV.UK's `last_reviewed_on` and `review_in`, `last_verified`, `expires_after`). Where
 * it applies is found by `coverage.ts`; whether it is outdated is a feature's business.
 */
import { parseDuration } from '../config.ts';
import { anchorsOf, type MarkdownDocument, parseMarkdown } from '../markdown/document.ts';
import { type YamlMap, type YamlNode, yamlItems, yamlText, yamlValue } from '../markdown/yamlTree.ts';
import type { Problem, Runbook } from '../model.ts';
import { decodeCodePatterns } from './codePattern.ts';
import { safeErrorPattern } from './errorPattern.ts';

/** Decodes the text of a runbook. Never throws; what can't be used is reported where it stands. `path` is repository-relative. */
export function decodeRunbook(path: string, text: string): Runbook {
  return runbookOf(parseMarkdown(path, text));
}

/** The same for a document that has been parsed already. */
export function runbookOf(document: MarkdownDocument): Runbook {
  const { path, frontMatter } = document;
  const { patterns, problems: patternProblems } = decodeCodePatterns(firstOf(frontMatter, codeKeys), path);
  const errors = texts(firstOf(frontMatter, ['errors', 'error']));
  const reviewed = decodeReviewed(firstOf(frontMatter, reviewedKeys), path);
  const every = decodeReviewEvery(firstOf(frontMatter, reviewEveryKeys), path);
  const expires = dateOf(firstOf(frontMatter, ['expires', 'expires_on', 'expires-on']));
  return {
    path,
    title: yamlText(yamlValue(frontMatter, 'title')) ?? titleOf(document),
    owner: yamlText(yamlItems(firstOf(frontMatter, ownerKeys))[0] ?? null),
    code: patterns,
    flags: texts(firstOf(frontMatter, ['flags', 'flag', 'feature_flags', 'feature-flags'])),
    alerts: texts(firstOf(frontMatter, ['alerts', 'alert', 'alertname'])),
    errors: errors.filter(error => !('problem' in safeErrorPattern(error))),
    reviewed: reviewed.date,
    reviewEvery:
      every.days ?? (reviewed.date !== null && expires !== null ? daysBetween(reviewed.date, expires) : null),
    headings: anchorsOf(document),
    problems: [
      ...document.problems,
      ...patternProblems,
      ...errorProblems(firstOf(frontMatter, ['errors', 'error']), path),
      ...reviewed.problems,
      ...every.problems,
    ],
  };
}

/** A document's title: its first heading of the highest level it has, else its file name in words. */
export function titleOf(document: MarkdownDocument): string {
  const highest = document.headings.reduce((least, heading) => Math.min(least, heading.level), 7);
  const heading = document.headings.find(candidate => candidate.level === highest && candidate.text !== '');
  if (heading !== undefined) return heading.text;
  const name = document.path
    .split('/')
    .at(-1)!
    .replace(/\.[^.]+$/, '');
  return name.replace(/[-_]+/g, ' ').trim() || document.path;
}

/** The value of the first of these keys that the front matter has. */
export function firstOf(map: YamlMap | null, keys: readonly string[]): YamlNode | null {
  for (const key of keys) {
    const value = yamlValue(map, key);
    if (value !== null) return value;
  }
  return null;
}

/** The texts of a value that is one text or a list of them. */
export function texts(value: YamlNode | null): readonly string[] {
  return yamlItems(value).flatMap(item => yamlText(item) ?? []);
}

const codeKeys = ['code', 'files', 'paths', 'covers'];
const ownerKeys = ['owner', 'owners', 'team', 'owner_slack', 'owner-slack'];
const reviewedKeys = [
  'reviewed',
  'last_reviewed_on',
  'last_reviewed',
  'last-reviewed',
  'last_verified',
  'last-verified',
];
const reviewEveryKeys = ['review-every', 'review_every', 'review_in', 'review-in', 'expires_after', 'expires-after'];

const namedIntervals: Readonly<Record<string, number>> = {
  weekly: 7,
  monthly: 30,
  quarterly: 90,
  yearly: 365,
  annually: 365,
};

function dateOf(node: YamlNode | null): string | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(yamlText(node) ?? '');
  if (match === null) return null;
  const date = match[0];
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date ? null : date;
}

function decodeReviewed(node: YamlNode | null, path: string): { date: string | null; problems: readonly Problem[] } {
  const date = dateOf(node);
  if (node === null || yamlText(node) === null || date !== null) return { date, problems: [] };
  const message = 'This is no date; write the day of the last review as 2026-05-01.';
  return { date, problems: [problem('front-matter/reviewed', message, node, path)] };
}

function decodeReviewEvery(node: YamlNode | null, path: string): { days: number | null; problems: readonly Problem[] } {
  const text = yamlText(node)?.toLowerCase() ?? null;
  if (node === null || text === null) return { days: null, problems: [] };
  const named = Object.hasOwn(namedIntervals, text) ? namedIntervals[text]! : null;
  const milliseconds = parseDuration(text.replace(/^every\s+/, ''));
  const days = named ?? (milliseconds === null ? null : milliseconds / 86_400_000);
  if (days !== null && days > 0) return { days, problems: [] };
  const message = 'This is no duration; write how often the runbook is to be reviewed as 180d or 6 months.';
  return { days: null, problems: [problem('front-matter/review-every', message, node, path)] };
}

function errorProblems(value: YamlNode | null, path: string): readonly Problem[] {
  return yamlItems(value).flatMap(item => {
    const text = yamlText(item);
    const pattern =
      text === null
        ? { problem: 'An error is a name, or a regular expression between slashes.' }
        : safeErrorPattern(text);
    return 'problem' in pattern ? [problem('front-matter/errors', pattern.problem, item, path)] : [];
  });
}

function problem(code: string, message: string, node: YamlNode, path: string): Problem {
  return { code, severity: 'warning', message, place: { path, span: node.span } };
}

function daysBetween(from: string, to: string): number | null {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return days > 0 ? days : null;
}
