/** `flagbook review`: what a change does to flags. */
import type { Command } from 'commander';
import { renderReviewGithub } from '../../core/review/github.ts';
import type { ChangedFile } from '../../core/review/patch.ts';
import { renderReviewMarkdown, renderReviewText, toReviewDocument } from '../../core/review/render.ts';
import { type Review, review } from '../../core/review/review.ts';
import { toReviewSarif } from '../../core/review/sarif.ts';
import { createDiskAccess } from '../../sources/files/disk.ts';
import { createCommitAccess } from '../../sources/git/commitAccess.ts';
import { diff } from '../../sources/git/diff.ts';
import { describeRepository, mergeBase, type Repository, resolveRevision } from '../../sources/git/repository.ts';
import type { GitFailure } from '../../sources/git/run.ts';
import { snapshotBefore } from '../../sources/project/snapshotBefore.ts';
import { type FailOn, failOnOption, statusOf } from '../failOn.ts';
import { UnusableInput } from '../failure.ts';
import { findRoot, openProject, type Root } from '../openProject.ts';
import { type CommonFlags, type CommonOptions, decodeCommonOptions, formatOption } from '../options.ts';
import { jsonText, type Output } from '../output.ts';

interface ReviewFlags extends CommonFlags {
  readonly format: string;
  readonly failOn: FailOn;
}

/** The two sides of a change; `head` is null for the working tree. */
interface Sides {
  readonly base: string;
  readonly head: string | null;
  /** In words for people. */
  readonly title: string;
}

export function addReview(program: Command, output: Output): void {
  program
    .command('review')
    .summary('what a change does to flags')
    .description(
      'Looks at the changed lines for stale, unknown and undeclared flags, and at changed flag files.\n' +
        'Without an argument: everything since the merge base with the default branch, what is not committed included.',
    )
    .argument('[range]', 'BASE (up to the working tree), BASE..HEAD, or BASE...HEAD (since their merge base)')
    .addOption(formatOption(['text', 'markdown', 'json', 'sarif', 'github']))
    .addOption(failOnOption())
    .addHelpText(
      'after',
      `
Examples:
  flagbook review                            your branch, before you push it
  flagbook review origin/main...HEAD --format markdown   a comment for the pull request
  flagbook review v1.2.0..v1.3.0 --fail-on never`,
    )
    .action((range: string | undefined, _flags: unknown, command: Command) =>
      run(range, command.optsWithGlobals(), output),
    );
}

async function run(range: string | undefined, flags: ReviewFlags, output: Output): Promise<void> {
  const options = decodeCommonOptions(flags);
  const root = await findRoot(options.directory);
  const repository = await describeRepository(root.path);
  if (repository.kind === 'failed') throw new UnusableInput(`review: ${repository.reason}`);
  const sides = await sidesOf(root.path, repository, range);
  const changes = usable(await diff(root.path, sides.base, sides.head));
  const result = await compare(root, sides, changes.files, options, output);
  output.note(`Compared ${sides.title}.`);
  output.print(printed(result, flags.format));
  process.exitCode = statusOf(result.findings, flags.failOn);
}

async function compare(
  root: Root,
  sides: Sides,
  files: readonly ChangedFile[],
  options: CommonOptions,
  output: Output,
): Promise<Review> {
  const opened =
    sides.head === null || (await isCheckedOut(root, sides.head))
      ? await openProject(root, options, output, { history: 'left out', servers: 'asked' })
      : await openAtCommit(root, sides.head, options, output);
  const after = opened.snapshot();
  const { snapshot: before } = usable(
    await snapshotBefore(opened.project, opened.summary, root.path, sides.base, files, options.now),
  );
  const input = { base: sides.base, head: sides.head ?? 'working tree', files, before, after };
  const undated = review(input);
  // Most changes touch no flag, and the history is what takes time.
  if (undated.summary.flags.length === 0) return undated;
  const dated = await opened.withHistory(after);
  return review({ ...input, after: dated, before: { ...before, history: dated.history } });
}

/** Nothing differs between the commit and the working tree, so the disk may stand for it. */
async function isCheckedOut(root: Root, commit: string): Promise<boolean> {
  const changes = await diff(root.path, commit, null);
  return changes.kind === 'ok' && changes.files.length === 0;
}

async function openAtCommit(root: Root, commit: string, options: CommonOptions, output: Output) {
  const disk = createDiskAccess(root.path, { git: true });
  const { access } = usable(await createCommitAccess(root.path, commit, disk));
  return openProject(root, options, output, { history: 'left out', access });
}

async function sidesOf(root: string, git: Repository, range: string | undefined): Promise<Sides> {
  if (git.head === null)
    throw new UnusableInput('review: this branch has no commits yet, so there is nothing to compare with.');
  if (range === undefined) return defaultSides(root, git, git.head);
  const match = /^(.*?)(\.{2,3})(.*)$/.exec(range);
  const baseName = match === null ? range : match[1] || 'HEAD';
  const headName = match === null ? null : match[3] || 'HEAD';
  const base = await commitOf(root, baseName);
  if (headName === null) return { base, head: null, title: `${baseName} with the working tree` };
  const head = await commitOf(root, headName);
  if (match![2] === '..') return { base, head, title: `${baseName} with ${headName}` };
  const common = usable(await mergeBase(root, base, head)).commit;
  if (common === null) {
    throw new UnusableInput(
      `${range}: the two have no commit in common${shallowAdvice(git)}; ${baseName}..${headName} compares them directly.`,
    );
  }
  return { base: common, head, title: `${headName} with where it left ${baseName} (${common.slice(0, 10)})` };
}

async function defaultSides(root: string, git: Repository, head: string): Promise<Sides> {
  if (git.defaultBranch === null) {
    throw new UnusableInput('review: git names no default branch here; name the base, such as flagbook review main');
  }
  const tip = await commitOf(root, git.defaultBranch);
  const common = usable(await mergeBase(root, tip, head)).commit;
  if (common === null) {
    throw new UnusableInput(
      `review: this branch and ${git.defaultBranch} have no commit in common${shallowAdvice(git)}; name the base, such as flagbook review HEAD~1`,
    );
  }
  const left = common === tip ? git.defaultBranch : `where you left ${git.defaultBranch}`;
  return { base: common, head: null, title: `${left} (${common.slice(0, 10)}) with the working tree` };
}

function shallowAdvice(git: Repository): string {
  return git.shallow ? ' in this shallow clone (git fetch --unshallow)' : '';
}

async function commitOf(root: string, name: string): Promise<string> {
  return usable(await resolveRevision(root, name)).commit;
}

function usable<T extends { readonly kind: 'ok' }>(result: T | GitFailure): T {
  if (result.kind === 'failed') throw new UnusableInput(result.reason);
  return result;
}

function printed(result: Review, format: string): string {
  switch (format) {
    case 'json':
      return jsonText(toReviewDocument(result));
    case 'sarif':
      return jsonText(toReviewSarif(result));
    case 'github':
      return renderReviewGithub(result);
    case 'markdown':
      return renderReviewMarkdown(result);
    default:
      return renderReviewText(result);
  }
}
