import { checkTraces, dedent } from './outline.ts';

const check = (text: string, expected: string) => checkTraces(dedent(text), expected);

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
