/** Shells: `./deploy.sh: line 41: KEY: unbound variable`, dash's `deploy.sh: 41: …`, and the places that a script's `caller` prints. */
import { frameListGrammar } from '../frameList.ts';
import { errorDraft, type ReadTrace, singleThread, stackFrame, type TraceGrammar, toNumber } from '../grammar.ts';

/** In files that are called like scripts, or stand where programs do: configurations are complained about in the same words. */
const MESSAGE =
  /^([\w./@+-]{1,400}\.(?:sh|bash|ksh|zsh|bats)|\.\/[\w./@+-]{1,400}|\/(?:[\w.@+-]{1,100}\/){0,12}s?bin\/[\w.@+-]{1,100}): line (\d{1,7}): (\S.{0,2000})$/;
const DASH = /^(?:sh: )?([\w./@+-]{1,400}\.sh): (\d{1,7}): (\S.{0,2000})$/;
/** What most traps print of their own. */
const TRAPPED = /^at ([A-Za-z_][\w:-]{0,100}) \(((?:\.{0,2}\/)?[\w./@+-]{1,400}\.(?:sh|bash|bats|zsh)):(\d{1,7})\)$/;
const CALLER = /^(\d{1,7}) ([A-Za-z_][\w:-]{0,100}) ((?:\.{0,2}\/)?[\w./@+-]{1,400}\.(?:sh|bash|bats))$/;

/** A shell's message: one place, no list. */
export const shellMessages: TraceGrammar = {
  runtime: 'bash',
  mayStart: ({ content }) => content.length < 3000 && (MESSAGE.test(content) || DASH.test(content)),
  read(lines, start): ReadTrace {
    const { content, textLine } = lines[start]!;
    const match = (MESSAGE.exec(content) ?? DASH.exec(content))!;
    const error = errorDraft({ type: 'error', message: match[3]!, textLine });
    error.frames.push(stackFrame(textLine, { file: match[1], line: toNumber(match[2]) }));
    const trace = { language: 'bash', firstLine: textLine, lastLine: textLine, threads: singleThread([error]) };
    return { trace, next: start + 1 };
  },
};

/** Lines of `caller`: `41 total lib/cart.sh`, two of them at least. */
export const shellTraces = frameListGrammar({
  runtime: 'bash',
  mayStart: line => CALLER.test(line.content) || TRAPPED.test(line.content),
  readFrame: line => {
    const trapped = TRAPPED.exec(line.content);
    if (trapped) {
      const printed = { function: trapped[1], file: trapped[2], line: toNumber(trapped[3]) };
      return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
    }
    const frame = CALLER.exec(line.content);
    if (!frame) return null;
    const printed = { function: frame[2], file: frame[3], line: toNumber(frame[1]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  leastFrames: 2,
});
