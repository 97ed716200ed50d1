// The measurements as Markdown: how many answers are right, by what became of the line and by the confidence of the answer.
import type { Answer, Measured } from './measure.ts';

export function renderTables(measured: readonly Measured[]): string {
  return [survivors(measured), byMatch(measured.flatMap(({ answers }) => answers))].join('\n\n');
}

function survivors(measured: readonly Measured[]): string {
  const rows = measured.map(({ repository, days, files, answers }) => {
    const kept = answers.filter(({ truth }) => truth.kind === 'kept');
    return [
      repository,
      String(days),
      String(files),
      String(kept.length),
      share(kept, answer => answer.naive),
      share(kept, answer => answer.right),
    ];
  });
  const all = measured.flatMap(({ answers }) => answers.filter(({ truth }) => truth.kind === 'kept'));
  rows.push([
    'all',
    '',
    '',
    String(all.length),
    share(all, answer => answer.naive),
    share(all, answer => answer.right),
  ]);
  return table(['repository', 'days', 'changed files', 'surviving lines', 'same line number', 'right'], rows);
}

function byMatch(answers: readonly Answer[]): string {
  const rows: string[][] = [];
  for (const match of ['exact', 'shifted', 'moved', 'edited', 'gone'] as const) {
    const confidences = [
      ...new Set(answers.filter(answer => answer.match === match).map(({ confidence }) => confidence)),
    ];
    for (const confidence of confidences.sort((one, other) => other - one)) {
      const given = answers.filter(answer => answer.match === match && answer.confidence === confidence);
      rows.push([match, String(confidence), String(given.length), share(given, answer => answer.right)]);
    }
  }
  return table(['answer', 'confidence', 'given', 'right'], rows);
}

function share(answers: readonly Answer[], isCounted: (answer: Answer) => boolean): string {
  if (answers.length === 0) return '';
  return `${((100 * answers.filter(isCounted).length) / answers.length).toFixed(2)} %`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');
}
