import { checkTraces, dedent } from './outline.ts';

const check = (text: string, expected: string) => checkTraces(dedent(text), expected);

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

  it('reads a faulthandler dump innermost first, as it prints', () => {
    check(
      `
      Current thread 0x00007f0 (most recent call first):
        File "/app/x.py", line 5 in get
        File "/app/x.py", line 9 in <module>
      `,
      `
      python 1-3
       Current thread 0x00007f0 x1
        root: null | null
          get /app/x.py:5 @2
          <module> /app/x.py:9 @3
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
