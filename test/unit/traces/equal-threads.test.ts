import assert from 'node:assert/strict';
import { plainPaint } from '../../../server/src/core/flags/telling/text.ts';
import { analyseTraces, NO_KNOWLEDGE } from '../../../server/src/core/traces/analyse.ts';
import { withEqualThreadsCounted } from '../../../server/src/core/traces/equalThreads.ts';
import { parseTraces } from '../../../server/src/core/traces/parse.ts';
import { renderTraces } from '../../../server/src/core/traces/text.ts';
import { worldOf } from '../../support/world.ts';

const DUMP = `Thread 4 (Thread 0x7f00 (LWP 13)):
#0  0x00007f in total (cart=0x0) at src/cart.c:10
#1  0x0000aa in work (q=0x1) at src/queue.c:40

Thread 3 (Thread 0x7f01 (LWP 12)):
#0  0x00007f in futex_wait () at futex.c:12
#1  0x0000aa in work (q=0x1) at src/queue.c:40

Thread 2 (Thread 0x7f02 (LWP 11)):
#0  0x00007f in futex_wait () at futex.c:12
#1  0x0000ab in work (q=0x2) at src/queue.c:40
`;

const RACE = `WARNING: ThreadSanitizer: data race (pid=1234)
  Write of size 4 at 0x7b04 by thread T1:
    #0 0x42 in add /src/race.cc:7:3
  Previous write of size 4 at 0x7b04 by thread T2:
    #0 0x42 in add /src/race.cc:7:3
`;

const threadsOf = async (text: string) => {
  const { snapshot } = await worldOf('//- /a.ts\nexport {};\n');
  const analysis = withEqualThreadsCounted(analyseTraces(parseTraces(text), snapshot, NO_KNOWLEDGE));
  const threads = analysis.traces.flatMap(trace => trace.threads.map(({ name, count }) => `${name} x${count}`));
  return { threads, text: renderTraces('t', analysis, plainPaint) };
};

describe('equal threads', () => {
  it('are shown once and counted, in the dumps of every runtime', async () => {
    const { threads, text } = await threadsOf(DUMP);
    assert.deepEqual(threads, ['Thread 4 (Thread 0x7f00 (LWP 13)) x1', 'Thread 3 (Thread 0x7f01 (LWP 12)) x2']);
    assert.equal(text.split('futex_wait').length, 2);
  });

  it('are kept apart where one of them crashed, and where a report speaks of both', async () => {
    const crashed = DUMP.replace('Thread 2 (', 'Thread 2 Crashed (');
    assert.equal((await threadsOf(crashed)).threads.length, 3);
    assert.equal((await threadsOf(RACE)).threads.length, 2);
  });
});
