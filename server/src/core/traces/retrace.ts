/**
 * Obfuscated traces → traces in the names and lines of the source, by a mapping of R8 or ProGuard. A frame into which others
 * were inlined becomes several. What was printed stays on the frame. Pure.
 */
import { isJvm } from './framePath.ts';
import type { ParsedTraces, StackFrame, Trace, TraceError } from './model.ts';
import type { MappedRange, R8Mapping } from './r8Mapping.ts';

/** The same traces, with every frame that the mapping knows. */
export function retraceTraces(parsed: ParsedTraces, mapping: R8Mapping): ParsedTraces {
  return {
    ...parsed,
    traces: parsed.traces.map(trace => (isJvm(trace.language) ? retraceTrace(trace, mapping) : trace)),
  };
}

/**
 * Whether a trace looks like one of an obfuscated build: most of its frames have places that only such builds print, or classes
 * of one or two letters.
 */
export function isObfuscated(trace: Trace): boolean {
  if (!isJvm(trace.language)) return false;
  const frames = trace.threads.flatMap(thread => thread.errors.flatMap(error => error.frames));
  const marked = frames.filter(
    ({ file, module }) =>
      (file !== null && /^(?:SourceFile|PG|r8-map-id-.*)$/.test(file)) || /(?:^|\.)[a-z]{1,2}\d?$/.test(module ?? ''),
  );
  return marked.length > 0 && marked.length * 4 >= frames.length;
}

/** How many of the traces' classes a mapping knows, to choose between mappings; one whose id is printed outdoes all. */
export function mappingFit(parsed: ParsedTraces, mapping: R8Mapping): number {
  let fit = 0;
  for (const trace of parsed.traces)
    for (const thread of trace.threads)
      for (const error of thread.errors)
        for (const { module, file } of error.frames) {
          if (mapping.id !== null && file === `r8-map-id-${mapping.id}`) return Number.POSITIVE_INFINITY;
          if (module !== null && mapping.classes.has(module)) fit++;
        }
  return fit;
}

function retraceTrace(trace: Trace, mapping: R8Mapping): Trace {
  const retraceError = (error: TraceError): TraceError => ({
    ...error,
    type: (error.type !== null && mapping.classes.get(error.type)?.original) || error.type,
    frames: error.frames.flatMap(frame => retraceFrame(frame, mapping)),
  });
  const threads = trace.threads.map(thread => ({ ...thread, errors: thread.errors.map(retraceError) }));
  const files = threads.flatMap(thread => thread.errors.flatMap(error => error.frames.map(frame => frame.file ?? '')));
  return { ...trace, language: files.some(file => file.endsWith('.kt')) ? 'kotlin' : trace.language, threads };
}

/** The frames that one obfuscated frame stands for, innermost first; itself where the mapping doesn't know it. */
function retraceFrame(frame: StackFrame, mapping: R8Mapping): readonly StackFrame[] {
  const owner = frame.module === null ? undefined : mapping.classes.get(frame.module);
  if (!owner || frame.function === null || frame.module === null) return [frame];
  const method = frame.function.slice(frame.module.length + 1);
  const ranges = owner.methods.get(method) ?? [];
  const printed = { function: frame.function, file: frame.file, line: frame.line };
  const found = rangesAt(ranges, frame.line);
  if (found.length === 0) {
    const name = `${owner.original}.${namesOf(ranges) || method}`;
    return [
      { ...frame, printed, function: name, module: owner.original, file: sourceFileOf(owner.original, mapping, frame) },
    ];
  }
  return found.map(range => {
    const module = range.originalClass ?? owner.original;
    return {
      ...frame,
      printed,
      function: `${module}.${range.originalMethod}`,
      module,
      file: sourceFileOf(module, mapping, frame),
      line: originalLine(range, frame.line),
    };
  });
}

/** The innermost range at a line and those it was inlined into: neighbours with the same obfuscated lines. */
function rangesAt(ranges: readonly MappedRange[], line: number | null): readonly MappedRange[] {
  if (line === null) return ranges.length === 1 ? ranges : [];
  const first = ranges.findIndex(({ start, end }) => start !== null && end !== null && line >= start && line <= end);
  if (first < 0) {
    const unranged = ranges.filter(({ start }) => start === null);
    return unranged.length === 1 ? unranged : [];
  }
  const { start, end } = ranges[first]!;
  let last = first;
  while (ranges[last + 1]?.start === start && ranges[last + 1]?.end === end) last++;
  return ranges.slice(first, last + 1);
}

/** Without a line a name may stand for several methods; all are told rather than one guessed. */
function namesOf(ranges: readonly MappedRange[]): string {
  const own = ranges.filter(({ originalClass }) => originalClass === null);
  return [...new Set((own.length > 0 ? own : ranges).map(({ originalMethod }) => originalMethod))].join('|');
}

function originalLine(range: MappedRange, line: number | null): number | null {
  if (range.originalStart === null) return range.start === null ? line : null;
  if (range.originalEnd === null || range.originalEnd === range.originalStart || line === null || range.start === null)
    return range.originalStart;
  return Math.min(range.originalEnd, range.originalStart + (line - range.start));
}

/** As the mapping names it; else what the JVM's conventions say of a class. */
function sourceFileOf(original: string, mapping: R8Mapping, frame: StackFrame): string {
  const named = mapping.sourceFiles.get(original) ?? mapping.sourceFiles.get(outerOf(original));
  if (named !== undefined) return named;
  const simple = outerOf(original).split('.').pop()!;
  const isKotlin = simple.endsWith('Kt') || (frame.file?.endsWith('.kt') ?? false);
  return isKotlin ? `${simple.replace(/Kt$/, '')}.kt` : `${simple}.java`;
}

function outerOf(name: string): string {
  const dollar = name.indexOf('$');
  return dollar < 0 ? name : name.slice(0, dollar);
}
