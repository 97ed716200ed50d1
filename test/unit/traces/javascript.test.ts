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

  it('reads places that are no files, and engines that print no column', () => {
    check(
      `
      Error: blob
          at Object.d [as add] (blob:http%3A//localhost%3A8080/abfc40e9:31:146)
          at blob:http%3A//localhost%3A8080/d4eefe0f:1:6911
          at [eval]:1:7
          at Object.<anonymous> ([eval]-wrapper:6:24)
          at Module.load (C:\\Program Files (x86)\\nodejs\\x.js:1:2)
          at foo (http://path/to/file.js:878)
          at http://path/to/file.js:4287
      `,
      `
      javascript 1-8
        root: Error | blob
          Object.d [as add] blob:http%3A//localhost%3A8080/abfc40e9:31:146 @2
          null blob:http%3A//localhost%3A8080/d4eefe0f:1:6911 @3
          null [eval]:1:7 @4
          Object.<anonymous> [eval]-wrapper:6:24 @5
          Module.load C:\\Program Files (x86)\\nodejs\\x.js:1:2 @6
          foo http://path/to/file.js:878 @7
          null http://path/to/file.js:4287 @8
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
