/** Perl: `Carp::confess` and `longmess`, and the last words of a program that died without a trace. */
import { frameListGrammar } from '../frameList.ts';
import { errorDraft, singleThread, stackFrame, type TraceGrammar, toNumber } from '../grammar.ts';
import { errorHeaderOf } from '../headers.ts';

const CALL = /^(.{1,2000}?)(?:\(.{0,4000}\))? called at (.{1,1000}) line (\d{1,9})\.?$/;
const DEATH = /^(.{0,2000}?) at (\S.{0,1000}?) line (\d{1,9})(?:, <\w{1,40}> (?:line|chunk) \d{1,9})?\.?$/;
const CALLED = /^(?:[\w:']{1,300}|eval \{\.{3}\}|eval '.*'|require .*)$/;

export const perlTraces = frameListGrammar({
  runtime: 'perl',
  mayStart: line => line.content.includes(' called at '),
  readFrame: line => {
    const call = CALL.exec(line.content);
    if (!call || !CALLED.test(call[1]!)) return null;
    // Without its indentation a line must look like code: a qualified name with arguments.
    if (line.indent === 0 && !/^[\w:']{1,300}\(|^eval \{|^require /.test(line.content)) return null;
    const printed = { function: call[1], file: call[2], line: toNumber(call[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  readHeader: (lines, start, floor) => {
    const above = start - 1 >= floor ? lines[start - 1] : undefined;
    const death = above && DEATH.exec(above.content);
    if (!death) return null;
    const throwSite = { file: death[2]!, line: toNumber(death[3]), column: null };
    return { type: errorHeaderOf(death[1]!)?.type ?? null, message: death[1]!, index: start - 1, throwSite };
  },
});

/** Only with a file of Perl's is `… at x line 3.` not just a sentence. */
const LAST_WORDS =
  /^(\S.{0,2000}) at (\S{1,1000}\.(?:p[lm]|t|cgi|psgi)) line (\d{1,9})(?:, <\w{1,40}> (?:line|chunk) \d{1,9})?\.$/;

export const perlMessages: TraceGrammar = {
  runtime: 'perl',
  mayStart: line => line.content.endsWith('.') && line.content.includes(' line ') && LAST_WORDS.test(line.content),
  read: (lines, start) => {
    const { content, textLine } = lines[start]!;
    const death = LAST_WORDS.exec(content);
    // With a trace below they are its header.
    if (!death || CALL.test(lines[start + 1]?.content ?? '')) return null;
    const error = errorDraft({ type: errorHeaderOf(death[1]!)?.type, message: death[1], textLine });
    error.frames.push(stackFrame(textLine, { kind: 'throw-site', file: death[2], line: toNumber(death[3]) }));
    const trace = { language: 'perl', firstLine: textLine, lastLine: textLine, threads: singleThread([error]) };
    return { trace, next: start + 1 };
  },
};
