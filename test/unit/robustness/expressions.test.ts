/**
 * Regular expressions meet texts that nobody wrote: the time of each grows with the length of the text, and not with its
 * square. What is found wanting is written another way (`(?<!x)x+$` for `x+$`), not excused.
 */
import assert from 'node:assert/strict';
import { cppDefinitionTest } from '../../../server/src/core/flags/linking/cppDefinitions.ts';
import { declarationTest, interestTest, sdkWords } from '../../../server/src/core/flags/linking/prefilter.ts';
import { HOMEGROWN_TEXT } from '../../../server/src/core/flags/names/homegrownText.ts';
import { FLAG_SDKS } from '../../../server/src/core/flags/sdks/registry.ts';
import { readStamp } from '../../../server/src/core/incidents/stamp.ts';
import { type Provocation, provocationsOf, textOf, writtenExpressions } from './provocations.ts';

/** Expressions that only meet short texts, with what sees to that. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['^[\\w\\s-]+:?\\s*(?:\\([^)]*\\):?)?$', 'isLabel asks it about fewer than 60 characters'],
]);

/** Tried first: an exponential expression takes hundreds of milliseconds for so few characters, and never ends on more. */
const EXPONENT = 28;
const EXPONENTIAL = 100;
const TRIED = 2_000;
/** Milliseconds: what linear work on so short a text never takes; only then it is looked at more closely. */
const SUSPICIOUS = 2;

interface Limit {
  readonly reach: number;
  readonly patience: number;
}

/** Longer lines of a stack trace are cut before anything else is done with them (`traces/clean.ts`). */
const TRACE_LINE: Limit = { reach: 8_192, patience: 100 };

const ANY_TEXT: Limit = { reach: 1_000_000, patience: 4_000 };

type Use = (text: string) => void;

describe('regular expressions on texts made to provoke them', function () {
  this.timeout(180_000);

  it('take a time that grows with the length of the text, wherever they are written', async () => {
    const slow: string[] = [];
    const expressions = await writtenExpressions();
    assert.ok(expressions.length > 300, `${expressions.length} were found`);
    for (const { source, flags, where } of expressions) {
      if (SHORT.has(source)) continue;
      const expression = new RegExp(source, flags.replace('y', ''));
      const use: Use = expression.global
        ? text => void text.replace(expression, '')
        : text => void expression.exec(text);
      const complaint = complaintOf(use, provocationsOf(source), where.includes('/traces/') ? TRACE_LINE : undefined);
      if (complaint !== null) slow.push(`${where} /${source}/${flags} on ${complaint}`);
    }
    assert.deepEqual(slow, []);
  });

  const made: readonly (readonly [string, Use, string])[] = [
    ['words of SDKs', interestTest(sdkWords(FLAG_SDKS)).ofText, 'useFlag getBooleanValue @.-/'],
    ['declarations', declarationTest(new Set(['Flags', 'Keys']), ''), 'class struct Flags'],
    [
      'definitions',
      cppDefinitionTest(new Set(['Flags', 'kPay'])),
      'class using :: [[a]] MY_EXPORT( Flags, kPay={[ * & > return',
    ],
    ['libraries of the repository', text => HOMEGROWN_TEXT.test(text), HOMEGROWN_TEXT.source],
    [
      'times of timelines',
      text => void readStamp(text),
      '~ ≈ at on Monday Mon Jan January UTC CET 1st ?? xx T Z + – , * ( [',
    ],
  ];
  for (const [name, use, source] of made) {
    it(`take such a time where they are made: ${name}`, () => {
      assert.equal(complaintOf(use, provocationsOf(source)), null);
    });
  }

  it('are found wanting when they are', () => {
    for (const wanting of [/\s+$/, /^(?:a|\w)+$/, /%([ 0]*\d*)s/]) {
      assert.notEqual(
        complaintAtOnce(text => void wanting.exec(text), provocationsOf(wanting.source), ANY_TEXT),
        null,
      );
    }
  });
});

/**
 * Says on which text the use takes a time that grows faster than it may, or null. `reach` is the length of the longest text
 * that it can meet, `patience` how many milliseconds that may take. What is found once is looked at twice more: a busy machine
 * stretches now this measurement, now that one; an expression that grows too fast does so each time.
 */
function complaintOf(use: Use, provocations: readonly Provocation[], limit: Limit = ANY_TEXT): string | null {
  let complaint = complaintAtOnce(use, provocations, limit);
  for (let again = 0; again < 2 && complaint !== null; again += 1)
    complaint = complaintAtOnce(use, provocations, limit);
  return complaint;
}

function complaintAtOnce(use: Use, provocations: readonly Provocation[], { reach, patience }: Limit): string | null {
  let worst = provocations[0]!;
  let longest = 0;
  for (const provocation of provocations) {
    if (timeOf(use, textOf(provocation, EXPONENT)) > EXPONENTIAL) return JSON.stringify(provocation);
    const time = timeOf(use, textOf(provocation, TRIED));
    if (time > SUSPICIOUS && reach > 8 * TRIED && growsTooFast(use, provocation)) return JSON.stringify(provocation);
    if (time > longest) [worst, longest] = [provocation, time];
  }
  return outlasts(use, worst, reach, patience) ? JSON.stringify(worst) : null;
}

/** Grows by steps of four, so that what turns out to grow with the square is stopped long before its end. */
function outlasts(use: Use, provocation: Provocation, reach: number, patience: number): boolean {
  let before = Number.POSITIVE_INFINITY;
  for (let length = reach / 64; length <= reach; length *= 4) {
    const time = shortest(use, textOf(provocation, length));
    if (time > patience || (time > 100 && time > 8 * before)) return true;
    before = time;
  }
  return false;
}

/** Four times as long a text may take eight times as long, and anything under twenty milliseconds is fine. */
function growsTooFast(use: Use, provocation: Provocation): boolean {
  const once = shortest(use, textOf(provocation, 2 * TRIED));
  if (once > 500) return true;
  const again = shortest(use, textOf(provocation, 8 * TRIED));
  return again > 20 && again > 8 * once;
}

function shortest(use: Use, text: string): number {
  return Math.min(timeOf(use, text), timeOf(use, text), timeOf(use, text));
}

/** Milliseconds of computing: what else the machine does makes the clock say more. */
function timeOf(use: Use, text: string): number {
  const started = process.cpuUsage();
  use(text);
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}
