/**
 * Which rule of a chain can never apply, because one before it takes everyone whom it concerns. Only what can be proved from
 * the rules' own text is said: a rule is read as tests that must all hold, and one rule covers another when each of its tests
 * follows from one of the other's. Formats turn their conditions into tests; no format is known here.
 */

/** One test of a rule. */
export interface RuleTest {
  /** What is compared, and how: equal subjects are the same question. */
  readonly subject: string;
  /** The test holds for any of these; null when the subject alone says all. */
  readonly anyOf: ReadonlySet<string> | null;
}

export interface RuleTests {
  /** All hold for whomever the rule concerns. */
  readonly tests: readonly RuleTest[];
  /** Whether these tests are all there is, so that whoever passes them gets what the rule gives. */
  readonly complete: boolean;
}

/** For every rule the position of an earlier rule that leaves nobody for it, or null. At most the first 300 are compared. */
export function shadowedRules(chain: readonly RuleTests[]): readonly (number | null)[] {
  const covering: number[] = [];
  return chain.map((rule, position) => {
    const by = covering.find(earlier => covers(chain[earlier]!, rule)) ?? null;
    // What is itself never reached adds nothing.
    if (by === null && rule.complete && position < MOST_RULES) covering.push(position);
    return by;
  });
}

const MOST_RULES = 300;

function covers(earlier: RuleTests, later: RuleTests): boolean {
  return earlier.tests.every(test => later.tests.some(other => follows(test, other)));
}

/** Whether `test` holds whenever `given` does. */
function follows(test: RuleTest, given: RuleTest): boolean {
  if (test.subject !== given.subject) return false;
  if (test.anyOf === null || given.anyOf === null) return test.anyOf === given.anyOf;
  if (given.anyOf.size > test.anyOf.size) return false;
  for (const value of given.anyOf) if (!test.anyOf.has(value)) return false;
  return true;
}
