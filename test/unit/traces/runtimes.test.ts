import { checkTraces, dedent } from './outline.ts';

const check = (text: string, expected: string) => checkTraces(dedent(text), expected);

describe('traces: JavaScript', () => {
  it('reads names, awaits, constructors, aliases, evals, blanks in paths and Windows paths', () => {
    check(
      `
      Uncaught TypeError [ERR_X]: boom
        with a second line
          at new Cart (/app/my project/cart.js:1:2)
          at async Layer.handle [as handle_request] (C:\\app\\layer.js:3:4)
          at async Promise.all (index 0)
          at inEval (eval at run (/app/a.js:9:15), <anonymous>:1:22)
          at eval (eval at <anonymous> (https://x.example/a.js:5:6))
          at file:///app/b.mjs:7:8
          at node:internal/main/run_main_module:28:49
          at render(/home/u/App.js:78:9)
          at anonymous (address at index.android.bundle:1:452)
          at wasm (wasm://wasm/0123:wasm-function[796]:0x143b4)
      `,
      `
      javascript 1-12
        root: TypeError | boom⏎with a second line
          new Cart /app/my project/cart.js:1:2 @3
          Layer.handle [as handle_request] C:\\app\\layer.js:3:4 @4
          Promise.all index 0 @5
          inEval <anonymous>:1:22 @6
          eval https://x.example/a.js:5:6 @7
          null file:///app/b.mjs:7:8 @8
          null node:internal/main/run_main_module:28:49 @9
          render /home/u/App.js:78:9 @10
          anonymous index.android.bundle:1:452 @11
          wasm wasm://wasm/0123 @12
      `,
    );
  });

  it('keeps causes and groups of Node a tree', () => {
    check(
      `
      AggregateError: all
          at run (/app/a.js:1:2) {
        [errors]: [
          Error: first
              at one (/app/one.js:1:1),
          Error: second
              at two (/app/two.js:2:2) {
            code: 'E',
            details: { a: 1,
              b: { } },
            [cause]: RangeError: deep
                at deep (/app/deep.js:3:3)
          }
        ]
      }
      Error: another
          at late (/app/late.js:9:9)
      `,
      `
      javascript 1-15
        root: AggregateError | all
          run /app/a.js:1:2 @2
        group of 0: Error | first
          one /app/one.js:1:1 @5
        group of 0: Error | second
          two /app/two.js:2:2 @7
        cause of 2: RangeError | deep
          deep /app/deep.js:3:3 @12
      javascript 16-17
        root: Error | another
          late /app/late.js:9:9 @17
      `,
    );
  });

  it('reads Firefox and Safari, with @ in names and URLs, evals and native code', () => {
    check(
      `
      obj["@who"]@http://localhost:5000/misc/@stuff/foo.js:4:9
      baz@http://localhost:8080/file.js line 26 > eval line 2 > eval:1:30
      async*run@webpack:///./src/run.ts?abcd:3:4
      eval@[native code]
      global code
      @http://path/to/file.js:48
      `,
      `
      javascript 1-6
        root: null | null
          obj["@who"] http://localhost:5000/misc/@stuff/foo.js:4:9 @1
          baz http://localhost:8080/file.js:26 @2
          async*run webpack:///./src/run.ts?abcd:3:4 @3
          eval [native code] @4
          null http://path/to/file.js:48 @6
      `,
    );
  });
});

describe('traces: Python', () => {
  it('joins chains, newest error as root, frames innermost first', () => {
    check(
      `
      Traceback (most recent call last):
        File "/app/a.py", line 1, in f
          x = y["k"]
              ~^^^^^
      KeyError: 'k'

      During handling of the above exception, another exception occurred:

      Traceback (most recent call last):
        File "/app/a.py", line 3, in g
          f()
        File "<frozen importlib._bootstrap>", line 1, in h
      shop.Odd: two
      lines of it

      The above exception was the direct cause of the following exception:

      Traceback (most recent call last):
        File "/app/b.py", line 9, in <module>
          go()
        File "/app/b.py", line 5, in rec
          rec()
        [Previous line repeated 48 more times]
      RuntimeError
      `,
      `
      python 1-24
        root: RuntimeError | null
          rec /app/b.py:5 @21 x49
          <module> /app/b.py:9 @19
        cause of 0: shop.Odd | two⏎lines of it
          h <frozen importlib._bootstrap>:1 @12
          g /app/a.py:3 @10
        context of 1: KeyError | 'k'
          f /app/a.py:1 @2
      `,
    );
  });

  it('reads nested exception groups with notes', () => {
    check(
      `
        + Exception Group Traceback (most recent call last):
        |   File "/app/g.py", line 9, in <module>
        |     raise ExceptionGroup("outer", errors)
        | ExceptionGroup: outer (2 sub-exceptions)
        | a note
        +-+---------------- 1 ----------------
          | Exception Group Traceback (most recent call last):
          |   File "/app/g.py", line 5, in inner
          |     raise ExceptionGroup("inner", [e])
          | ExceptionGroup: inner (1 sub-exception)
          +-+---------------- 1 ----------------
            | ValueError: bare
            +------------------------------------
          +---------------- 2 ----------------
          | Traceback (most recent call last):
          |   File "/app/g.py", line 2, in two
          |     raise TypeError("two")
          | TypeError: two
          +------------------------------------
      `,
      `
      python 1-19
        root: ExceptionGroup | outer (2 sub-exceptions)
          <module> /app/g.py:9 @2
        group of 0: ExceptionGroup | inner (1 sub-exception)
          inner /app/g.py:5 @8
        group of 1: ValueError | bare
        group of 0: TypeError | two
          two /app/g.py:2 @16
      `,
    );
  });

  it('reads a trace that lost its indentation, and a syntax error', () => {
    check(
      `
      Traceback (most recent call last):
      File "/app/a.py", line 1, in f
      x = y["k"]
      File "/app/a.py", line 2, in g
      KeyError: 'k'
      after it

        File "/app/bad.py", line 1
          def f(:
                ^
      SyntaxError: invalid syntax
      `,
      `
      python 1-5
        root: KeyError | 'k'
          g /app/a.py:2 @4
          f /app/a.py:1 @2
      python 8-11
        root: SyntaxError | invalid syntax
          null /app/bad.py:1 @8
      `,
    );
  });
});

describe('traces: Go', () => {
  it('merges goroutines with the same stack and state, and marks who created them', () => {
    check(
      `
      SIGQUIT: quit

      goroutine 7 gp=0xc000007340 m=nil [chan receive, 5 minutes]:
      main.worker[...](0xc0000)
      \t/app/worker.go:20 +0x1
      created by main.main in goroutine 1
      \t/app/main.go:5 +0x1

      goroutine 8 gp=0xc000007341 m=nil [chan receive]:
      main.worker[...](0xc0001)
          /app/worker.go:20 +0x1
      created by main.main in goroutine 1
          /app/main.go:5 +0x1

      goroutine 9 [select]:
      net/http.(*conn).serve.func1({0x1, 0x2}, ...)
      \t/usr/local/go/src/net/http/server.go:1746 +0xd0
      ...additional frames elided...
      `,
      `
      go 1-18
       goroutine 7 [chan receive, 5 minutes] x2
        root: SIGQUIT | quit
          main.worker[...] /app/worker.go:20 @4
          main.main /app/main.go:5 @6 created-by
       goroutine 9 [select] x1
        root: null | null
          net/http.(*conn).serve.func1 /usr/local/go/src/net/http/server.go:1746 @16
      `,
    );
  });

  it('reads a panic raised while unwinding another one', () => {
    check(
      `
      panic: runtime error: index out of range [recovered]
      \tpanic: again
      [signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x4a1d99]

      goroutine 1 [running]:
      main.main.func3()
      \t/app/main.go:17 +0x5b
      `,
      `
      go 1-7
       goroutine 1 [running] x1
        root: panic | again
          main.main.func3 /app/main.go:17 @6
        context of 0: panic | runtime error: index out of range
      `,
    );
  });

  it('reads race reports and stacks of pkg/errors', () => {
    check(
      `
      WARNING: DATA RACE
      Read at 0x00c0000b4018 by goroutine 8:
        main.main.func1()
            /app/main.go:10 +0x3c

      Previous write at 0x00c0000b4018 by main goroutine:
        main.main()
            /app/main.go:14 +0xc4
      ==================
      cannot load cart
      main.load
      \t/app/load.go:3
      main.main
      \t/app/main.go:4
      `,
      `
      go 1-8
       Read at 0x00c0000b4018 by goroutine 8 x1
        root: DATA RACE | null
          main.main.func1 /app/main.go:10 @3
       Previous write at 0x00c0000b4018 by main goroutine x1
        root: null | null
          main.main /app/main.go:14 @7
      go 10-14
        root: null | cannot load cart
          main.load /app/load.go:3 @11
          main.main /app/main.go:4 @13
      `,
    );
  });
});

describe('traces: the JVM', () => {
  it('keeps suppressed errors and causes a tree, and strips modules and packaging', () => {
    check(
      `
      Exception in thread "main" java.lang.RuntimeException: outer
      \tat com.acme.A.<init>(A.java:1)
      \tSuppressed: java.lang.Exception: close
      \t\tat com.acme.R.close(R.java:2)
      \t\t... 1 more
      \tCaused by: java.io.IOException: of the suppressed one
      \t\tat com.acme.X.x(X.java:3)
      Caused by: java.io.IOException: disk
      second line of it
      \tat app//com.acme.B.b(B.java:2) ~[app.jar!/:1.2]
      \tat java.base@17.0.9/java.util.ArrayList.forEach(ArrayList.java:1511) ~[?:?]
      \tat com.acme.C$$Lambda$14/0x0000000800066840.run(Unknown Source)
      \tat com.acme.MyTest.my test name(MyTest.kt:12)
      \tat com.acme.N.n(Native Method)
      \t... 12 more
      \t[CIRCULAR REFERENCE: java.io.IOException]
      `,
      `
      java 1-16
        root: java.lang.RuntimeException | outer
          com.acme.A.<init> A.java:1 @2
        suppressed of 0: java.lang.Exception | close
          com.acme.R.close R.java:2 @4
        cause of 1: java.io.IOException | of the suppressed one
          com.acme.X.x X.java:3 @7
        cause of 0: java.io.IOException | disk⏎second line of it
          com.acme.B.b B.java:2 @10
          java.util.ArrayList.forEach ArrayList.java:1511 @11
          com.acme.C$$Lambda$14/0x0000000800066840.run  @12
          com.acme.MyTest.my test name MyTest.kt:12 @13
          com.acme.N.n  @14
      `,
    );
  });

  it('turns a root-cause-first trace round', () => {
    check(
      `
      java.io.IOException: disk
      \tat com.acme.B.b(B.java:2)
      Wrapped by: java.lang.RuntimeException: outer
      \tat com.acme.A.a(A.java:1)
      `,
      `
      java 1-4
        root: java.lang.RuntimeException | outer
          com.acme.A.a A.java:1 @4
        cause of 0: java.io.IOException | disk
          com.acme.B.b B.java:2 @2
      `,
    );
  });

  it('reads a thread dump and merges threads that stand at the same place', () => {
    check(
      `
      "main" #1 prio=5 os_prio=0 tid=0x00 nid=0x1 waiting on condition
         java.lang.Thread.State: WAITING (parking)
      \tat jdk.internal.misc.Unsafe.park(java.base@17/Native Method)
      \t- parking to wait for  <0x0> (a java.util.concurrent.locks.X)
      \tat com.acme.W.run(W.java:5)

      "w-1" #2 prio=5 tid=0x01 nid=0x2 runnable
         java.lang.Thread.State: RUNNABLE
      \tat com.acme.W.run(W.java:6)

      "w-2" #3 prio=5 tid=0x02 nid=0x3 runnable
         java.lang.Thread.State: RUNNABLE
      \tat com.acme.W.run(W.java:6)
      `,
      `
      java 1-13
       main [WAITING] x1
        root: null | null
          jdk.internal.misc.Unsafe.park  @3
          com.acme.W.run W.java:5 @5
       w-1 [RUNNABLE] x2
        root: null | null
          com.acme.W.run W.java:6 @9
      `,
    );
  });
});
