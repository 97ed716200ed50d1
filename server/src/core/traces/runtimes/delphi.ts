/** Delphi and C++Builder: the lists of JCL's and madExcept's reports, with unit, line and offset of each call. */
import { frameListGrammar, type ListHeader } from '../frameList.ts';
import { type CleanLine, stackFrame, toNumber } from '../grammar.ts';

/** `[0041A2B3]{Shop.exe} Cart.TCart.Total (Line 41, "Cart.pas" + 5) + $A` */
const JCL =
  /^(?:\(?[0-9A-F]{8,16}\)?|\[[0-9A-F]{8,16}\]) ?\{\s{0,40}([\w.-]{1,100})\s{0,40}\} ?(?:\[[0-9A-F]{8,16}\] )?([\w.@$<>{}]{1,300})(?: \(Line (\d{1,7}), "([^"]{1,300})"(?: \+ \d{1,7})?\))?(?: \+ \$[0-9A-F]{1,16})?$/;
/** `0041a2b3 +0b Shop.exe Cart 41 +5 TCart.Total` */
const MAD =
  /^[0-9a-f]{8,16} \+[0-9a-f]{2,6} ([\w-]{1,100}\.(?:exe|dll|bpl))\s{1,40}(?:([A-Za-z_][\w.]{0,100})\s{1,40})?(?:(\d{1,7}) {1,40}\+\d{1,7} )?([A-Za-z_@][\w.@$<>{}]{0,300})$/;

export const delphiTraces = frameListGrammar({
  runtime: 'delphi',
  mayStart: line => /^[[(]?[0-9A-Fa-f]{8}/.test(line.content) && (JCL.test(line.content) || MAD.test(line.content)),
  readFrame: line => {
    const jcl = JCL.exec(line.content);
    if (jcl) {
      const printed = { function: jcl[2], module: jcl[1], file: jcl[4], line: toNumber(jcl[3]) };
      return { frame: stackFrame(line.textLine, printed), lines: 1, sure: jcl[3] !== undefined };
    }
    const mad = MAD.exec(line.content);
    if (!mad) return null;
    const file = mad[2] === undefined || mad[3] === undefined ? null : `${mad[2]}.pas`;
    const printed = { function: mad[4], module: mad[1], file, line: toNumber(mad[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: mad[3] !== undefined };
  },
  readHeader: (lines, start, floor) => headerOf(lines, start, floor),
});

const CLASS = /^(?:exception class {1,12}: |Exception |\[)(E[A-Z]\w{1,100})(?:\]| in module .{1,200}|)$/;

function headerOf(lines: readonly CleanLine[], start: number, floor: number): ListHeader | null {
  for (let at = start - 1; at >= floor && start - at <= 14; at--) {
    const name = CLASS.exec(lines[at]!.content)?.[1];
    if (name === undefined) continue;
    const said = lines
      .slice(at + 1, start)
      .map(({ content }) => content.replace(/^exception message {0,12}: /, ''))
      .find(content => content !== '' && !content.endsWith(':'));
    return { type: name, message: said ?? null, index: at };
  }
  return null;
}
