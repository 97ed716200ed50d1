/** Dart and Flutter: the VM's `#1 Foo._bar (package:…)` and the terse `package:… 42:21  Foo._bar` of `stack_trace`. */
import { frameListGrammar, type ListHeader } from '../frameList.ts';
import { type CleanLine, stackFrame, toNumber } from '../grammar.ts';
import { headerAbove as namedAbove } from '../headers.ts';

const VM_FRAME =
  /^#\d{1,6} {1,12}(.{1,1000}) \(((?:dart|package|file|https?|org-dartlang-\w{1,20}):.{1,1000}?)(?::(\d{1,9}))?(?::(\d{1,9}))?\)$/;
const TERSE_FRAME =
  /^((?:dart|package|file):[^ ]{1,1000}|[\w./-]{1,400}\.dart) (\d{1,9})(?::(\d{1,9}))? {1,80}(\S.{0,1000})$/;

/** What the VM prints of code compiled ahead of time when its symbols were stripped. */
const STRIPPED_FRAME =
  /^#(\d{1,6}) {1,12}abs [0-9a-f]{4,16}(?: virt [0-9a-f]{4,16})? (_kDart\w{1,60}\+0x[0-9a-f]{1,16})$/;

/** `package:test_api            expect`: libraries are folded to their names. */
const PLACELESS = /^(?:package|dart):[\w./-]{1,200} {2,80}\S/;

/** The grammar of Dart's VM and of `package:stack_trace`. */
export const dartTraces = frameListGrammar({
  runtime: 'dart',
  mayStart: line => VM_FRAME.test(line.content) || TERSE_FRAME.test(line.content) || STRIPPED_FRAME.test(line.content),
  readFrame: line => {
    const vm = VM_FRAME.exec(line.content);
    if (vm) {
      const printed = { function: vm[1], file: vm[2], line: toNumber(vm[3]), column: toNumber(vm[4]) };
      return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
    }
    const stripped = STRIPPED_FRAME.exec(line.content);
    if (stripped) return { frame: stackFrame(line.textLine, { function: stripped[2] }), lines: 1, sure: true };
    const terse = TERSE_FRAME.exec(line.content);
    if (!terse) return null;
    const printed = { function: terse[4], file: terse[1], line: toNumber(terse[2]), column: toNumber(terse[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  readHeader: headerAbove,
  isAside: line =>
    line.content === '<asynchronous suspension>' || /^=====/.test(line.content) || PLACELESS.test(line.content),
});

/** Flutter writes what failed some lines above the stack; Dart itself directly above, below "Unhandled exception:". */
function headerAbove(lines: readonly CleanLine[], start: number, floor: number): ListHeader | null {
  for (let at = start - 1; at >= floor && start - at <= 30; at--) {
    const { content } = lines[at]!;
    const flutter = /^The following (?:_?([A-Z]\w{1,100})|assertion|message) was thrown(?: .*)?:$/.exec(content);
    if (flutter) {
      const message = lines[at + 1]?.content ?? '';
      return {
        type: flutter[1] ?? (/assertion/.test(content) ? 'AssertionError' : null),
        message: message || null,
        index: at,
      };
    }
    if (content === 'Unhandled exception:' || /^E\/flutter|Unhandled Exception: /.test(content)) {
      const inline = /Unhandled Exception: (.*)$/.exec(content)?.[1];
      const said = [inline ?? '', ...lines.slice(at + 1, start).map(line => line.content)].join('\n').trim();
      const named =
        /^([A-Z]\w{0,100}(?:Error|Exception))(?:: |\n|$)([\s\S]*)$/.exec(said) ??
        /^([A-Z]\w{0,100}(?:Error|Exception))\(([\s\S]*)\)$/.exec(said);
      return { type: named?.[1] ?? null, message: (named ? named[2]! : said) || null, index: at };
    }
  }
  const named = namedAbove(
    lines,
    start,
    floor,
    12,
    line => VM_FRAME.test(line.content) || PLACELESS.test(line.content),
  );
  // What the VM says of itself above stripped frames names no error.
  return named !== null && /^[a-z]\w*$/.test(named.type ?? '') ? null : named;
}
