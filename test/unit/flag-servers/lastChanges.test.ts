import assert from 'node:assert/strict';
import { withLastChanges } from '../../../server/src/sources/flag-servers/lastChanges.ts';
import { servedFlag } from '../../../server/src/sources/flag-servers/mapping.ts';
import { contextOf } from '../../services/asking.ts';

describe('the last change of a flag', () => {
  const context = contextOf({ url: 'https://flags.test', project: null, environments: [] });
  const entry = (time: string, what: string, who: string | null = 'Ada') => ({
    time,
    who,
    what,
    key: 'a',
    environment: null,
  });
  const changedBy = (own: string | null, entries: readonly ReturnType<typeof entry>[]) => {
    const flag = servedFlag('a', 'x', context);
    const dated = own === null ? flag : { ...flag, changed: { time: own, source: 'x', asOf: null } };
    const { changed } = withLastChanges([dated], entries, context)[0]!;
    return changed === undefined ? null : [changed.time, changed.by, changed.what];
  };
  const early = '2026-01-01T00:00:00Z';
  const late = '2026-01-02T00:00:00Z';

  it('is the newest entry of the log', () => {
    assert.deepEqual(changedBy(early, [entry(early, 'first'), entry(late, 'second')]), [late, 'Ada', 'second']);
    assert.deepEqual(changedBy(null, [entry(late, 'second', null)]), [late, undefined, 'second']);
  });

  it('is what the flag says, when the log ends before it or says nothing', () => {
    assert.deepEqual(changedBy(late, [entry(early, 'first')]), [late, undefined, undefined]);
    assert.deepEqual(changedBy(late, []), [late, undefined, undefined]);
    assert.equal(changedBy(null, []), null);
  });

  it('forgives clocks that are a minute apart', () => {
    const own = '2026-01-02T00:00:59Z';
    assert.deepEqual(changedBy(own, [entry(late, 'second')]), [own, 'Ada', 'second']);
  });
});
