import assert from 'node:assert/strict';
import { toTraceDocument } from '../../../server/src/core/traces/document.ts';
import { locateTrace } from '../../../server/src/core/traces/locate.ts';
import { parseTraces } from '../../../server/src/core/traces/parse.ts';
import {
  type FrameKnowledge,
  type RankOptions,
  rankForTraces,
  type TraceIncident,
  type TraceRunbook,
} from '../../../server/src/core/traces/rank.ts';
import { indexRepository } from '../../../server/src/core/traces/repository-index.ts';
import { renderTraceText } from '../../../server/src/core/traces/text.ts';
import { dedent } from './outline.ts';

const nothing: FrameKnowledge = { flags: [], runbooks: [], incidents: [] };

const runbook = (path: string, fields: Partial<TraceRunbook>): TraceRunbook => ({
  path,
  title: '',
  code: [],
  errors: [],
  flags: [],
  alerts: [],
  ...fields,
});

const incident = (id: string, fields: Partial<TraceIncident>): TraceIncident => ({
  id,
  path: `docs/incidents/${id}.md`,
  title: '',
  code: [],
  errors: [],
  flags: [],
  runbooks: [],
  ...fields,
});

const code = (...patterns: string[]) =>
  patterns.map(pattern => {
    const [glob = '', symbol = null] = pattern.split('#');
    return { glob, symbol, span: null };
  });

const trace = dedent(`
  2026-03-02T10:12:00Z ERROR request failed
  Traceback (most recent call last):
    File "/app/shop/cart.py", line 19, in total
      return price(item)
    File "/app/shop/price.py", line 4, in price
      return item["price"]
  KeyError: 'price'

  The above exception was the direct cause of the following exception:

  Traceback (most recent call last):
    File "/usr/lib/python3/site-packages/flask/app.py", line 100, in dispatch
      return view()
    File "/usr/lib/python3/site-packages/flask/app.py", line 90, in full
      return view()
    File "/app/shop/pay.py", line 42, in charge
      total(cart)
  shop.errors.BadCart: bad cart
  `);

function examine(options: Partial<RankOptions>, text = trace) {
  const index = indexRepository(['services/shop/pay.py', 'services/shop/cart.py', 'services/shop/price.py']);
  const { traces, problems } = parseTraces(text);
  const located = traces.map(found => locateTrace(found, { index }));
  const ranking = rankForTraces(located, { runbooks: [], incidents: [], knowledgeOf: () => nothing, ...options });
  return toTraceDocument('trace.txt', located, ranking, problems);
}

describe('traces: runbooks and incidents', () => {
  it('ranks by code, errors, flags, alerts and annotations, with reasons', () => {
    const { runbooks } = examine({
      runbooks: [
        runbook('other.md', { code: code('services/web/**'), errors: ['Unrelated'] }),
        runbook('shop.md', { code: code('services/shop/**') }),
        runbook('pay.md', { code: code('services/shop/pay.py#charge'), errors: ['BadCart'], flags: ['new-checkout'] }),
        runbook('price.md', { errors: ['/KeyError: .price/', '/(((/'] }),
        runbook('alerts.md', { alerts: ['ShopDown'] }),
        runbook('linked.md', {}),
      ],
      alerts: ['ShopDown'],
      knowledgeOf: (_frame, path) =>
        path.endsWith('pay.py')
          ? {
              flags: [{ key: 'new-checkout', state: '25%' }],
              runbooks: [{ path: 'linked.md', heading: 'rollback' }],
              incidents: [],
            }
          : nothing,
    });
    assert.deepEqual(
      runbooks.map(({ path, heading, because }) => [path, heading, ...because]),
      [
        ['pay.md', null, 'code: services/shop/pay.py#charge', 'error: BadCart', 'flag: new-checkout'],
        ['linked.md', 'rollback', 'annotation: services/shop/pay.py:42'],
        ['alerts.md', null, 'alert: ShopDown'],
        ['price.md', null, 'error: /KeyError: .price/'],
        ['shop.md', null, 'code: services/shop/**'],
      ],
    );
    for (const { score } of runbooks) assert.ok(score > 0 && score < 1, `${score}`);
  });

  it('knows an incident by its frame, and adds its runbook', () => {
    const { incidents } = examine({
      runbooks: [runbook('docs/pay.md', { errors: ['BadCart'] })],
      incidents: [
        incident('INC-1', { flags: ['unknown'] }),
        incident('INC-42', { code: code('services/shop/price.py#price'), runbooks: ['docs/pay.md#x'] }),
        incident('INC-7', { code: code('services/shop/price.py#refund', 'services/shop/cart.py') }),
      ],
    });
    assert.deepEqual(
      incidents.map(({ id, because }) => [id, ...because]),
      [
        ['INC-42', 'same frame', 'runbook: docs/pay.md'],
        ['INC-7', 'code: services/shop/cart.py'],
      ],
    );
  });

  it('survives a hostile pattern of a runbook', () => {
    const hostile = runbook('a.md', { errors: ['/(a+)+$/', '/^(([a-z])+.)+[A-Z]([a-z])+$/'] });
    const started = performance.now();
    examine({ runbooks: [hostile] }, `Error: ${'a'.repeat(5000)}!\n    at f (/app/shop/pay.py:1:1)`);
    assert.ok(performance.now() - started < 1000);
  });

  it('marks the culprit in the root cause, not in a library', () => {
    const [entry] = examine({}).traces;
    assert.ok(entry?.culprit);
    const { thread, error, frame, why } = entry.culprit;
    assert.equal(entry.threads[thread]!.errors[error]!.frames[frame]!.function, 'price');
    assert.equal(why, 'it threw in the root cause, KeyError');
  });

  it('takes the frame that panicked in Go, not the deferred function that caught it', () => {
    const document = examine(
      {},
      dedent(`
      panic: again

      goroutine 1 [running]:
      main.cleanUp()
      \t/app/shop/main.go:17 +0x5b
      panic({0x4b26a0?, 0x5884e0?})
      \t/usr/local/go/src/runtime/panic.go:860 +0x13a
      main.price(...)
      \t/app/shop/main.go:6
      `),
    );
    assert.equal(document.traces[0]!.culprit?.frame, 2);
  });
});

describe('traces: the document', () => {
  it('has the fields of the contract, frames innermost first', () => {
    const document = examine({
      runbooks: [runbook('docs/pay.md', { title: 'Pay', code: code('services/shop/pay.py') })],
      incidents: [incident('INC-42', { code: code('services/shop/pay.py#charge') })],
      knowledgeOf: () => ({ ...nothing, flags: [{ key: 'new-checkout', state: '25%' }] }),
    });
    assert.equal(document.version, 1);
    assert.equal(document.file, 'trace.txt');
    const [root, cause] = document.traces[0]!.threads[0]!.errors;
    assert.equal(root!.type, 'shop.errors.BadCart');
    assert.equal(cause!.relation, 'cause');
    assert.deepEqual(root!.frames[0], {
      function: 'charge',
      module: 'shop.pay',
      file: '/app/shop/pay.py',
      line: 42,
      column: null,
      textLine: 16,
      inApp: true,
      resolved: {
        path: 'services/shop/pay.py',
        line: 42,
        match: 'exact',
        confidence: 0.56,
        because: [
          '2 of 3 path segments',
          'the same prefix explains 3 files of the trace',
          'the only file of that name',
          'the line exists in the working tree',
        ],
      },
      flags: [{ key: 'new-checkout', state: '25%' }],
      runbooks: ['docs/pay.md'],
      incidents: ['INC-42'],
    });
    assert.equal(root!.frames[1]!.resolved, null);
    assert.deepEqual(document.suggestedMappings, [{ from: '/app', to: 'services' }]);
    assert.deepEqual(JSON.parse(JSON.stringify(document)), document);
  });

  it('reads top to bottom as text', () => {
    const text = renderTraceText(
      examine({
        runbooks: [runbook('docs/pay.md', { title: 'Payments fail', code: code('services/shop/pay.py#charge') })],
        incidents: [incident('INC-42', { title: 'Carts without prices', code: code('services/shop/price.py#price') })],
        knowledgeOf: (_frame, path) =>
          path.endsWith('pay.py') ? { ...nothing, flags: [{ key: 'new-checkout', state: '25%' }] } : nothing,
      }),
    );
    assert.equal(
      text.trimEnd(),
      dedent(`
      python · trace.txt:2

      shop.errors.BadCart: bad cart
          services/shop/pay.py:42  charge
              flag new-checkout 25% · runbook docs/pay.md
          … 2 library frames (flask)

      caused by KeyError: 'price'
        ▶ services/shop/price.py:4  price  ← likely culprit: it threw in the root cause, KeyError
              incident INC-42
          services/shop/cart.py:19  total

      Runbooks
         75%  docs/pay.md  Payments fail
              code: services/shop/pay.py#charge

      Past incidents
         75%  INC-42  Carts without prices
              same frame
              flagbook incidents show docs/incidents/INC-42.md

      flagbook explain services/shop/price.py:4    all that is known of that line
      Paths were matched by guess. To fix them, in flagbook.json: "traces": { "mappings": [{"from":"/app","to":"services"}] }
      `),
    );
  });

  it('says so when there is no trace', () => {
    assert.match(renderTraceText(examine({}, 'all is well')), /^No stack trace found\. /);
  });
});
