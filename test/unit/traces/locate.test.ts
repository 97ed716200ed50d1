import assert from 'node:assert/strict';
import {
  candidateFiles,
  type LocatedFrame,
  type LocateOptions,
  locateTrace,
} from '../../../server/src/core/traces/locate.ts';
import { parseTraces } from '../../../server/src/core/traces/parse.ts';
import { indexRepository } from '../../../server/src/core/traces/repositoryIndex.ts';
import { dedent } from './outline.ts';

type Options = Omit<LocateOptions, 'index'>;

/** Locates the first trace of `text` in a repository of `paths` and compares one line a frame. */
function check(paths: readonly string[], text: string, expected: string, options: Options = {}): void {
  assert.equal(locate(paths, text, options).map(describeFrame).join('\n'), dedent(expected));
}

function locate(paths: readonly string[], text: string, options: Options = {}): readonly LocatedFrame[] {
  const { traces } = parseTraces(dedent(text));
  const located = locateTrace(traces[0]!, { index: indexRepository(paths), ...options });
  return located.threads.flatMap(thread => thread.errors.flatMap(error => error.frames));
}

function describeFrame(frame: LocatedFrame): string {
  const app = frame.inApp ? 'app' : 'lib';
  const { place } = frame;
  switch (place.kind) {
    case 'resolved':
      return `${app} ${place.path}:${place.line} ${place.match}`;
    case 'ambiguous':
      return `${app} ? ${place.candidates.map(candidate => candidate.path).join(' | ')}`;
    case 'none':
      return `${app} - ${place.reason}`;
  }
}

describe('traces: frames to files', () => {
  it('chooses the prefix that explains the trace as a whole', () => {
    check(
      [
        'services/api/src/app.ts',
        'services/api/src/pay/charge.ts',
        'services/web/src/app.ts',
        'services/web/src/main.ts',
      ],
      `
      Error: x
          at charge (/app/src/pay/charge.ts:3:1)
          at start (/app/src/app.ts:9:2)
          at Layer.handle (/app/node_modules/express/lib/layer.js:95:5)
          at node:internal/main/run_main_module:28:49
      `,
      `
      app services/api/src/pay/charge.ts:3 exact
      app services/api/src/app.ts:9 exact
      lib - library
      lib - library
      `,
    );
  });

  it('never guesses silently: two files that fit alike stay candidates', () => {
    check(
      ['services/api/src/app.ts', 'services/web/src/app.ts'],
      `
      Error: x
          at start (/app/src/app.ts:9:2)
      `,
      'app ? services/api/src/app.ts | services/web/src/app.ts',
    );
  });

  it('lets the quoted source line decide between candidates', () => {
    const texts: Record<string, string> = {
      'services/api/pay.py': 'import a\n\ndef charge():\n    raise ValueError("no")\n',
      'services/web/pay.py': 'import a\n\n\n\ndef charge():\n    pass\n',
    };
    check(
      Object.keys(texts),
      `
      Traceback (most recent call last):
        File "/app/pay.py", line 2, in charge
          raise ValueError("no")
      ValueError: no
      `,
      'app services/api/pay.py:4 shifted',
      { readText: path => texts[path] ?? null },
    );
  });

  it('lets functions decide, and says when the line has left its function', () => {
    const symbols = new Map([
      ['a/pay.go', [{ name: 'charge', startLine: 10, endLine: 20 }]],
      ['b/pay.go', [{ name: 'refund', startLine: 10, endLine: 20 }]],
    ]);
    const options: Options = { symbolsOf: path => symbols.get(path) ?? null };
    const trace = (line: number) => `
      panic: x

      goroutine 1 [running]:
      main.(*Till).charge.func1(0x1)
      \t/build/pay.go:${line} +0x1
      `;
    check([...symbols.keys()], trace(12), 'app a/pay.go:12 exact', options);
    check([...symbols.keys()], trace(30), 'app a/pay.go:20 edited', options);
  });

  it('uses mappings, project roots and Go modules before any guess', () => {
    const paths = ['services/api/main.go', 'services/web/main.go', 'lib/cart/cart.go'];
    const trace = `
      panic: x

      goroutine 1 [running]:
      main.main()
      \t/app/main.go:3 +0x1
      main.other()
      \t/home/me/shop/services/web/main.go:4 +0x1
      example.com/shop/lib/cart.Total()
      \texample.com/shop/lib/cart/cart.go:5 +0x1
      runtime.main()
      \t/usr/local/go/src/runtime/proc.go:185 +0x20d
      `;
    check(
      paths,
      trace,
      `
      app services/api/main.go:3 exact
      app services/web/main.go:4 exact
      app lib/cart/cart.go:5 exact
      lib - library
      `,
      {
        mappings: [{ from: '/app/', to: './services/api' }],
        roots: ['/home/me/shop'],
        goModules: [{ module: 'example.com/shop', directory: '' }],
      },
    );
  });

  it('maps packages of the JVM to directories, also nested classes and Kotlin', () => {
    check(
      ['pay/src/main/java/com/acme/pay/Charge.java', 'pay/src/main/kotlin/pay/Main.kt', 'other/Charge.java'],
      `
      java.lang.IllegalStateException: x
      \tat com.acme.pay.Charge$Inner.run(Charge.java:12)
      \tat com.acme.pay.MainKt.main(Main.kt:6)
      \tat com.acme.gone.Old.run(Old.java:1)
      \tat dev.elsewhere.Lib.call(Lib.java:5)
      \tat java.base/java.lang.Thread.run(Thread.java:748)
      `,
      `
      app pay/src/main/java/com/acme/pay/Charge.java:12 exact
      app pay/src/main/kotlin/pay/Main.kt:6 exact
      app - not-found
      lib - not-found
      lib - library
      `,
    );
  });

  it('strips URLs, bundlers, drives and queries', () => {
    const paths = ['web/src/pay.ts', 'web/src/cart.ts', 'web/app/(shop)/page.tsx', 'web/src/a b.ts'];
    check(
      paths,
      `
      Error: x
          at a (webpack://web/./src/pay.ts?1234:1:1)
          at b (webpack-internal:///(rsc)/./app/(shop)/page.tsx:2:1)
          at c (file:///home/ci/web/src/a%20b.ts:3:1)
          at d (C:\\ci\\Web\\SRC\\cart.ts:4:1)
          at e (https://cdn.example/src/cart.ts:5:1)
          at f (webpack://web/./node_modules/react/index.js:6:1)
      `,
      `
      app web/src/pay.ts:1 exact
      app web/app/(shop)/page.tsx:2 exact
      app web/src/a b.ts:3 exact
      app web/src/cart.ts:4 exact
      app web/src/cart.ts:5 exact
      lib - library
      `,
    );
  });

  it('knows a Python package installed from this repository, and names modules', () => {
    const frames = locate(
      ['src/shop/pay.py', 'src/shop/__init__.py'],
      `
      Traceback (most recent call last):
        File "/usr/lib/python3.11/site-packages/shop/pay.py", line 5, in charge
        File "/usr/lib/python3.11/site-packages/django/core.py", line 5, in handle
        File "/usr/lib/python3.11/json/decoder.py", line 337, in decode
        File "/srv/shop/__init__.py", line 2, in <module>
      KeyError: 1
      `,
    );
    assert.deepEqual(frames.map(describeFrame), [
      'app src/shop/__init__.py:2 exact',
      'lib - library',
      'lib - library',
      'app src/shop/pay.py:5 exact',
    ]);
    assert.deepEqual(
      frames.map(frame => frame.module),
      ['shop', null, null, 'shop.pay'],
    );
  });

  it('says that a line is gone when the file is shorter now', () => {
    check(['a.js'], 'Error: x\n    at f (/app/a.js:9:1)', 'app a.js:2 gone', { readText: () => 'one\ntwo\n' });
  });

  it('hands out guessed mappings and the files worth loading', () => {
    const { traces } = parseTraces('Error: x\n    at f (/app/src/pay.ts:9:1)');
    const options = { index: indexRepository(['services/api/src/pay.ts', 'README.md']) };
    assert.deepEqual(locateTrace(traces[0]!, options).guessedMappings, [{ from: '/app', to: 'services/api' }]);
    assert.deepEqual(candidateFiles(traces, options), ['services/api/src/pay.ts']);
  });

  it('answers for 50,000 files and 300 frames within 300 ms, warm', () => {
    const paths = Array.from(
      { length: 50_000 },
      (_, at) => `p${at % 500}/src/d${at % 70}/${at % 5 ? `f${at}` : 'index'}.ts`,
    );
    const index = indexRepository(paths);
    const lines = paths.slice(0, 300).map(path => `    at f (/app/${path.replace(/^p\d+\//, '')}:1:1)`);
    const { traces } = parseTraces(`Error: x\n${lines.join('\n')}`);
    const options = { index };
    locateTrace(traces[0]!, options);
    // Processor time, so that a busy machine does not fail the test.
    const started = process.cpuUsage();
    locateTrace(traces[0]!, options);
    const { user, system } = process.cpuUsage(started);
    const milliseconds = (user + system) / 1000;
    assert.ok(milliseconds < 300, `${Math.round(milliseconds)} ms`);
  });
});
