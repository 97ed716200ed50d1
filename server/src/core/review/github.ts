/** A review as workflow commands of GitHub Actions, which become annotations on the lines of a pull request. */
import { printable } from '../flags/rollout/describe.ts';
import type { Review, Severity } from './review.ts';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/** One command a finding. A finding of the old side has no line in the new file, so it stands at the file. */
export function renderReviewGithub(review: Review): string {
  return review.findings
    .map(({ severity, path, line, side, rule, message, help }) => {
      const where = side === 'new' ? `,line=${line}` : '';
      const title = `flagbook ${rule}`;
      return `::${COMMANDS[severity]} file=${property(path)}${where},title=${property(title)}::${data(`${message} ${help}`)}\n`;
    })
    .join('');
}

/** The escapes of the runner (`@actions/core`, command.ts). */
function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
