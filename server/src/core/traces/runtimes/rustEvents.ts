/**
 * What the crate `tracing` logs of an error in its pretty format: `at src/pay.rs:67` below the event, and the spans around it. Events of
 * other levels are ordinary logs.
 */
import {
  type CleanLine,
  errorDraft,
  type ReadTrace,
  singleThread,
  stackFrame,
  type TraceGrammar,
  toNumber,
} from '../grammar.ts';

const PLACE = /^at (\S{1,600}\.rs):(\d{1,9})(?: on .{1,200})?$/;
const SPAN = /^in ((?:[\w<>]{1,100}::){0,12}[\w<>:{}# ]{1,100}?)(?: with .{0,4000})?$/;
const MOST_SPANS = 60;

export const rustEventTraces: TraceGrammar = {
  runtime: 'rust',
  mayStart: line => line.content.startsWith('at ') && PLACE.test(line.content),
  read(lines, start, floor): ReadTrace | null {
    const above: CleanLine | undefined = start > floor ? lines[start - 1] : undefined;
    const place = PLACE.exec(lines[start]!.content);
    if (place === null || above?.level !== 'ERROR') return null;
    const said = /^(?:[\w:]{1,200}: )?(.*)$/.exec(above.content)?.[1];
    const error = errorDraft({ message: said || null, textLine: above.textLine });
    error.frames.push(stackFrame(lines[start]!.textLine, { file: place[1], line: toNumber(place[2]) }));
    let next = start + 1;
    for (; next < lines.length && next - start <= MOST_SPANS; next++) {
      const span = SPAN.exec(lines[next]!.content);
      if (!span) break;
      error.frames.push(stackFrame(lines[next]!.textLine, { function: span[1] }));
    }
    const trace = {
      language: 'rust',
      firstLine: above.textLine,
      lastLine: lines[next - 1]!.textLine,
      threads: singleThread([error]),
    };
    return { trace, next };
  },
};
