/** A review as SARIF 2.1.0, which code scanning and many editors read. Old-side findings have no place in it. */
import type { Review, Severity } from './review.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'note' };

export function toReviewSarif(review: Review) {
  const rules = [...new Set(review.findings.map(finding => finding.rule))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'flagbook',
            informationUri: 'https://github.com/flagbook/flagbook',
            rules: rules.map(id => ({ id })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: review.findings
          .filter(finding => finding.side === 'new')
          .map(({ rule, severity, path, line, message, help, fingerprint }) => ({
            ruleId: rule,
            ruleIndex: rules.indexOf(rule),
            level: LEVELS[severity],
            message: { text: `${message} ${help}` },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: path.split('/').map(encodeURIComponent).join('/') },
                  region: { startLine: line },
                },
              },
            ],
            partialFingerprints: { 'flagbook/v1': fingerprint },
          })),
      },
    ],
  } as const;
}
