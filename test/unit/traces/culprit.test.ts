import assert from 'node:assert/strict';
import { likelyCulprit } from '../../../server/src/core/traces/culprit.ts';
import { locateTrace } from '../../../server/src/core/traces/locate.ts';
import { parseTraces } from '../../../server/src/core/traces/parse.ts';
import { indexRepository } from '../../../server/src/core/traces/repositoryIndex.ts';
import { dedent } from './outline.ts';

/** The culprit of the first trace of `text`, as `function: why`, in a repository of three files. */
function check(text: string, expected: string | null): void {
  const index = indexRepository(['services/shop/pay.py', 'services/shop/price.py', 'services/shop/main.go']);
  const trace = locateTrace(parseTraces(dedent(text)).traces[0]!, { index });
  const culprit = likelyCulprit(trace);
  const frame = culprit && trace.threads[culprit.thread]!.errors[culprit.error]!.frames[culprit.frame]!;
  assert.equal(culprit && `${frame!.function}: ${culprit.why}`, expected);
}

describe('traces: the likely culprit', () => {
  it('stands in the root cause, not in what wraps it', () => {
    check(
      `
      Traceback (most recent call last):
        File "/app/shop/price.py", line 4, in price
          return item["price"]
        File "/usr/lib/python3.11/json/decoder.py", line 337, in decode
      KeyError: 'price'

      The above exception was the direct cause of the following exception:

      Traceback (most recent call last):
        File "/app/shop/pay.py", line 42, in charge
          total(cart)
      shop.errors.BadCart: bad cart
      `,
      'price: innermost of your frames in the root cause, KeyError',
    );
  });

  it('is the frame that panicked in Go, not the deferred function that caught it', () => {
    check(
      `
      panic: again

      goroutine 1 [running]:
      main.cleanUp()
      \t/app/shop/main.go:17 +0x5b
      panic({0x4b26a0?, 0x5884e0?})
      \t/usr/local/go/src/runtime/panic.go:860 +0x13a
      main.price(...)
      \t/app/shop/main.go:6
      `,
      'main.price: innermost of your frames',
    );
  });

  it('prefers a frame of this repository to one that is only not a library', () => {
    check(
      `
      Traceback (most recent call last):
        File "/app/shop/pay.py", line 42, in charge
        File "/opt/other/tool.py", line 4, in run
      ValueError: no
      `,
      'charge: innermost of your frames',
    );
  });

  it('is nobody where all frames are libraries', () => {
    check('Error: x\n    at next (/app/node_modules/express/lib/router.js:256:14)', null);
  });
});
