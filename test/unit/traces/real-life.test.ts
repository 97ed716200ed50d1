import { strict as assert } from 'node:assert';
import { parseTraces } from '../../../server/src/core/traces/parse.ts';
import { checkTraces } from './outline.ts';

const ESC = '\u001b';

describe('traces: what surrounds them in real life', () => {
  it('takes an ISO timestamp and an empty service name off', () => {
    checkTraces(
      [
        '2025-09-28T06:52:48.034Z   |   Traceback (most recent call last):',
        '2025-09-28T06:52:48.034Z   |     File "/app/shop/pay.py", line 42, in charge',
        '2025-09-28T06:52:48.034Z   |       raise ValueError("no")',
        '2025-09-28T06:52:48.035Z   |   ValueError: no',
      ].join('\n'),
      `
      python 1-4
        root: ValueError | no
          charge /app/shop/pay.py:42 @2
      `,
    );
  });

  it('separates services that compose mixes line by line', () => {
    checkTraces(
      [
        '[api]   | TypeError: x is not a function',
        '[web]   | GET /health 200',
        '[api]   |     at charge (/app/src/pay.ts:12:5)',
        '[web]   | GET /health 200',
        '[api]   |     at async run (file:///app/src/main.mjs:1:2)',
      ].join('\n'),
      `
      javascript 1-5
        root: TypeError | x is not a function
          charge /app/src/pay.ts:12:5 @3
          run file:///app/src/main.mjs:1:2 @5
      `,
    );
  });

  it('takes compose names, container timestamps and CRI streams off', () => {
    checkTraces(
      [
        'api-1  | 2025-09-28T06:52:48.034123456Z stderr F java.lang.IllegalStateException: boom',
        'api-1  | 2025-09-28T06:52:48.034123456Z stderr F \tat com.acme.Pay.charge(Pay.java:12)',
      ].join('\n'),
      `
      java 1-2
        root: java.lang.IllegalStateException | boom
          com.acme.Pay.charge Pay.java:12 @2
      `,
    );
  });

  it('takes kubectl and logcat prefixes off', () => {
    checkTraces(
      [
        '[pod/api-1/api] Error: in a pod',
        '[pod/api-1/api]     at run (/app/a.js:1:2)',
        '',
        'E/AndroidRuntime( 1234): java.lang.RuntimeException: droid',
        'E/AndroidRuntime( 1234): \tat a.a.b(SourceFile:12)',
      ].join('\n'),
      `
      javascript 1-2
        root: Error | in a pod
          run /app/a.js:1:2 @2
      java 4-5
        root: java.lang.RuntimeException | droid
          a.a.b SourceFile:12 @5
      `,
    );
  });

  it('reads quoted mail', () => {
    checkTraces(
      [
        '> > panic: oh no',
        '> > ',
        '> > goroutine 1 [running]:',
        '> > main.charge(0x1)',
        '> > \t/app/pay.go:12 +0x1',
      ].join('\n'),
      `
      go 1-5
       goroutine 1 [running] x1
        root: panic | oh no
          main.charge /app/pay.go:12 @4
      `,
    );
  });

  it('takes colours off', () => {
    checkTraces(
      [`${ESC}[31mTypeError${ESC}[39m: coloured`, `    at ${ESC}[90mcharge${ESC}[39m (/app/a b/pay.ts:12:5)`].join(
        '\n',
      ),
      `
      javascript 1-2
        root: TypeError | coloured
          charge /app/a b/pay.ts:12:5 @2
      `,
    );
  });

  it('unfolds a trace in a JSON log, keeping the line it stood on and Windows paths whole', () => {
    checkTraces(
      [
        '{"level":"info","msg":"C:\\\\new is fine"}',
        '{"level":"error","stack":"Error: folded\\n    at charge (/app/src/pay.ts:12:5)\\n    at C (C:\\\\app\\\\new.js:1:2)"}',
        'ts=1 level=error stack="goroutine 7 [running]:\\nmain.f()\\n\\t/app/f.go:3 +0x1\\n"',
      ].join('\n'),
      `
      javascript 2-2
        root: Error | folded
          charge /app/src/pay.ts:12:5 @2
          C C:\\app\\new.js:1:2 @2
      go 3-3
       goroutine 7 [running] x1
        root: null | null
          main.f /app/f.go:3 @3
      `,
    );
  });

  it('reads a pretty-printed array of stack lines', () => {
    checkTraces(
      ['"stack": [', '  "Error: pretty",', '  "    at f (/app/z.js:1:2)"', ']'].join('\n'),
      `
      javascript 2-3
        root: Error | pretty
          f /app/z.js:1:2 @3
      `,
    );
  });

  it('reads several traces of several runtimes in one paste, with CRLF', () => {
    checkTraces(
      [
        'TypeError: one',
        '    at f (/app/a.js:1:2)',
        'GET / 500',
        'Traceback (most recent call last):',
        '  File "b.py", line 2, in g',
        '    h()',
        'KeyError: 2',
        'java.io.IOException: three',
        '\tat com.acme.C.c(C.kt:3)',
      ].join('\r\n'),
      `
      javascript 1-2
        root: TypeError | one
          f /app/a.js:1:2 @2
      python 4-7
        root: KeyError | 2
          g b.py:2 @5
      kotlin 8-9
        root: java.io.IOException | three
          com.acme.C.c C.kt:3 @9
      `,
    );
  });
});

describe('traces: what is none', () => {
  const nothing = (name: string, text: string) =>
    it(name, () => {
      const { traces, problems } = parseTraces(text);
      assert.deepEqual(traces, []);
      assert.deepEqual(
        problems.map(problem => problem.code),
        ['trace/no-trace'],
      );
    });

  nothing('an empty text', '');
  nothing(
    'prose with "at", times, addresses and places',
    [
      'We met at noon, at 10:30:15 sharp.',
      'at home we have tests',
      'at 12/03/2024 10:30:15 the shop opened',
      'at http://localhost:8080 it listens, look at /var/log/app.log:10:5',
      'at least (see notes:1:2)',
      'write to deploy@shop.example:22 or git@github.com:acme/shop.git',
      'me@http://localhost:8080',
      'see File "x.py", line 3 for more',
    ].join('\n'),
  );
  nothing(
    'log lines',
    [
      '2025-01-02T10:00:00Z INFO server listening at http://0.0.0.0:3000/',
      'Sep 28 06:52:48 host sshd[123]: Accepted publickey for root from 10.0.0.1 port 22',
      '[10:00:01] GET /cart 200 12ms (at pod api-1:8080)',
      'level=info msg="done" path=/a/b.go:12',
    ].join('\n'),
  );
  nothing(
    'source code',
    [
      'throw new Error("x at foo (a.js:1:2)")',
      'const c = line.at(-1) // at index (0:1:2)',
      'func main() {',
      '\tx := "a\\nb.go:1"',
      'raise ValueError("File \\"x.py\\", line 1\\n")',
      '@media print { a { color: red } }',
      'import x from "@scope/pkg/a.js"',
    ].join('\n'),
  );
  nothing(
    'compiler output',
    ['src/a.ts:1:2 - error TS2322: no', './main.go:3:1: undefined: x', 'a.c:1:2: warning: w'].join('\n'),
  );
});

describe('traces: hostile input is read in linear time', () => {
  const million = 1_000_000;
  const hostile: readonly (readonly [string, string])[] = [
    ['one long word', 'a'.repeat(million)],
    ['brackets', `at f ${'('.repeat(million)}`],
    ['closing brackets', `    at f (${')'.repeat(million)}`],
    ['colons', `at x (${':1'.repeat(million / 2)})`],
    ['at signs', '@'.repeat(million)],
    ['at signs and names', 'a@'.repeat(million / 2)],
    ['escaped breaks', `"${'\\n    at f (a.js:1:2)'.repeat(40_000)}"`],
    ['escaped backslashes', '\\'.repeat(million)],
    ['quotes', '"'.repeat(million)],
    ['quotation marks of mail', '> '.repeat(million / 2)],
    ['bars', '| '.repeat(million / 2)],
    ['tags', '[a] '.repeat(million / 4)],
    ['dotted names', `at ${'a.'.repeat(million / 2)}b(C.java:1)`],
    ['File "', `File "${'", line 1'.repeat(million / 10)}`],
    ['many headlines', 'Traceback (most recent call last):\n'.repeat(30_000)],
    ['many frames', '    at f (/app/a.js:1:2)\n'.repeat(40_000)],
    ['many unsure frames', '    at name\n'.repeat(80_000)],
    ['many headers', 'TypeError: x\n'.repeat(80_000)],
    ['many goroutines', 'goroutine 1 [running]:\n'.repeat(40_000)],
    ['many functions', 'main.f(0x1)\n'.repeat(80_000)],
    ['many causes', `java.lang.Error: x\n\tat a.B.c(B.java:1)\n${'Caused by: x.Y: z\n'.repeat(50_000)}`],
    [
      'many groups',
      `  + Exception Group Traceback (most recent call last):\n${'  | x\n  +-+---------------- 1 ----------------\n'.repeat(20_000)}`,
    ],
    ['escape sequences', `${ESC}[`.repeat(million / 2)],
  ];
  for (const [name, text] of hostile)
    it(name, () => {
      // Processor time, so that a busy machine does not fail the test.
      const started = process.cpuUsage();
      parseTraces(text);
      const { user, system } = process.cpuUsage(started);
      const milliseconds = (user + system) / 1000;
      assert.ok(milliseconds < 2000, `${Math.round(milliseconds)} ms for ${text.length} characters`);
    });
});
