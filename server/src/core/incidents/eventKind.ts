/**
 * What kind of thing a timeline entry tells: a detection, a recovery, a deploy, a change of a flag … by its label or its words.
 * A guess for colours and filters, never evidence.
 */

/** The kinds, in the order in which words decide. */
export type EventKind = 'detection' | 'escalation' | 'flag' | 'deploy' | 'recovery' | 'communication' | 'note';

/** The kind of an entry. A label in front (`Detection: …`) decides; then the marker row above it; then its words. */
export function eventKind(text: string, marker: string | null): EventKind {
  const label = /^\W{0,4}([A-Z][\w ]{2,30}):/.exec(text)?.[1] ?? null;
  for (const name of [label, marker]) {
    const kind = name === null ? null : kindOfLabel(name);
    if (kind !== null) return kind;
  }
  return words.find(([, pattern]) => pattern.test(text.slice(0, 400)))?.[0] ?? 'note';
}

function kindOfLabel(label: string): EventKind | null {
  if (/^(?:first )?(?:detect|discover|identif)/i.test(label)) return 'detection';
  if (/^(?:recover|resol|restor|repair|mitigat|clos|all clear)/i.test(label)) return 'recovery';
  if (/^(?:escalat|incident declared|declar)/i.test(label)) return 'escalation';
  if (/^(?:deploy|release|roll)/i.test(label)) return 'deploy';
  if (/^(?:communicat|status page)/i.test(label)) return 'communication';
  return null;
}

const words: readonly (readonly [EventKind, RegExp])[] = [
  [
    'detection',
    /\b(?:first (?:noticed|report)|(?<!un)detected\b|alert(?:s|ed)?\b.{0,30}\b(?:fir(?:es?|ed|ing)|trigger|goes off)|pager(?:duty)? (?:alert|page)|paged?\b.{0,20}\bon-?call)/i,
  ],
  ['escalation', /\b(?:escalat\w+|(?:incident (?:is |was )?declared|declar\w+ (?:an |the )?incident))\b/i],
  [
    'flag',
    /\b(?:feature[ -]?(?:flag|toggle)s?|kill[ -]?switch|(?:flag|toggle)\b.{0,40}\b(?:on|off|enabled|disabled|switched|turned)|(?:switch|turn|toggl)\w*\b.{0,60}\b(?:flag|toggle))\b/i,
  ],
  [
    'recovery',
    /\b(?:all clear|back to normal|(?:incident|issue|outage) (?:is |was |has been )?(?:closed|resolved|over)|resolved|recovered|restored|mitigated|fully operational)\b/i,
  ],
  [
    'deploy',
    /\b(?:deploy(?:s|ed|ing|ment)?|roll(?:ed|ing|s)?[ -]?(?:out|back)|rollback|revert(?:s|ed|ing)?|released?|hotfix|helm upgrade)\b/i,
  ],
  ['communication', /\b(?:status ?page|announce\w*|comms (?:went|sent)|e-?mail (?:is |was )?sent|informed)\b/i],
];
