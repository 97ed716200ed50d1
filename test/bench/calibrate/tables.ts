// The measurements as Markdown: how many answers are right, by what became of the line and by the confidence of the answer.
import { confidenceOf } from '../../../server/src/core/traces/lineConfidence.ts';
import type { Answer, Measured } from './measure.ts';

export function renderTables(measured: readonly Measured[]): string {
  return [survivors(measured), byMatch(measured)].join('\n\n');
}

const isRight = ({ right }: Answer): boolean => right;

/** Lines that stand unchanged at the head, in files that changed. */
function survivors(measured: readonly Measured[]): string {
  const row = (name: readonly string[], answers: readonly Answer[]) => {
    const kept = answers.filter(({ truth }) => truth.kind === 'kept');
    const code = kept.filter(({ named }) => named);
    const naive = share(kept, answer => answer.naive);
    return [...name, String(kept.length), naive, share(kept, isRight), share(code, isRight)];
  };
  const rows = measured.map(({ repository, days, files, answers }) =>
    row([repository, String(days), String(files)], answers),
  );
  rows.push(
    row(
      ['all', '', ''],
      measured.flatMap(one => one.answers),
    ),
  );
  return table(
    ['repository', 'days', 'changed files', 'surviving lines', 'same line number', 'right', 'right, of code'],
    rows,
  );
}

/** What is answered about lines of code, each confidence for itself. */
function byMatch(measured: readonly Measured[]): string {
  const rows: string[][] = [];
  const answers = weighted(measured);
  for (const match of ['exact', 'shifted', 'moved', 'edited', 'gone'] as const) {
    const ofMatch = answers.filter(({ answer }) => answer.match === match);
    const confidences = new Set(ofMatch.map(({ answer }) => confidenceNow(answer)));
    for (const confidence of [...confidences].sort((one, other) => other - one)) {
      const given = ofMatch.filter(({ answer }) => confidenceNow(answer) === confidence);
      rows.push([match, confidence.toFixed(2), String(given.length), weightedShare(given)]);
    }
  }
  return table(['answer', 'confidence', 'answers', 'right'], rows);
}

interface Weighted {
  readonly answer: Answer;
  readonly weight: number;
}

/** Of the lines that did not survive only some were asked about: each stands for as many as were not. */
function weighted(measured: readonly Measured[]): readonly Weighted[] {
  return measured.flatMap(({ answers, lost, asked }) =>
    answers
      .filter(({ named }) => named)
      .map(answer => ({ answer, weight: answer.truth.kind === 'kept' ? 1 : lost / asked })),
  );
}

/** Saved answers keep what their confidence was taken from. */
function confidenceNow({ confidence, evidence }: Answer): number {
  return evidence === null ? confidence : confidenceOf(evidence);
}

function weightedShare(given: readonly Weighted[]): string {
  const all = given.reduce((sum, { weight }) => sum + weight, 0);
  const right = given.reduce((sum, { answer, weight }) => sum + (answer.right ? weight : 0), 0);
  return `${((100 * right) / all).toFixed(1)} %`;
}

function share(answers: readonly Answer[], isCounted: (answer: Answer) => boolean): string {
  if (answers.length === 0) return '';
  return `${((100 * answers.filter(isCounted).length) / answers.length).toFixed(2)} %`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');
}
