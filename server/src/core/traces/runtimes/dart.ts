/** Dart and Flutter: the VM's `#1 Foo._bar (package:…)` and the terse `package:… 42:21  Foo._bar` of `stack_trace`. */
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';

const VM_FRAME =
  /^#\d{1,6} {1,12}(.{1,1000}) \(((?:dart|package|file|https?|org-dartlang-\w{1,20}):.{1,1000}?)(?::(\d{1,9}))?(?::(\d{1,9}))?\)$/;
const TERSE_FRAME =
  /^((?:dart|package|file):[^ ]{1,1000}|[\w./-]{1,400}\.dart) (\d{1,9})(?::(\d{1,9}))? {1,80}(\S.{0,1000})$/;

/** The grammar of Dart's VM and of `package:stack_trace`. */
export const dartTraces = frameListGrammar({
  runtime: 'dart',
  mayStart: line => VM_FRAME.test(line.content) || TERSE_FRAME.test(line.content),
  readFrame: line => {
    const vm = VM_FRAME.exec(line.content);
    if (vm) {
      const printed = { function: vm[1], file: vm[2], line: toNumber(vm[3]), column: toNumber(vm[4]) };
      return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
    }
    const terse = TERSE_FRAME.exec(line.content);
    if (!terse) return null;
    const printed = { function: terse[4], file: terse[1], line: toNumber(terse[2]), column: toNumber(terse[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  isAside: line => line.content === '<asynchronous suspension>' || /^=====/.test(line.content),
});
