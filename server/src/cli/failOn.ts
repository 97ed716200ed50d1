/** The option that decides which findings end a command with status 1. */
import { Option } from 'commander';

export type FailOn = 'error' | 'warning' | 'note' | 'never';

const GRAVITY = ['note', 'warning', 'error'];

export function failOnOption(): Option {
  return new Option('--fail-on <severity>', 'end with status 1 when a finding is at least this grave')
    .choices(['error', 'warning', 'note', 'never'])
    .default('error');
}

/** 1 when any finding is at least as grave as `failOn`, else 0. */
export function statusOf(findings: readonly { readonly severity: string }[], failOn: FailOn): 0 | 1 {
  if (failOn === 'never') return 0;
  const least = GRAVITY.indexOf(failOn);
  return findings.some(finding => GRAVITY.indexOf(finding.severity) >= least) ? 1 : 0;
}
