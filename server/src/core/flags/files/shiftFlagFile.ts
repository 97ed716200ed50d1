/**
 * A decoded flag file after edits of its text, without reading it again: every place moves with the text. What it says of its
 * flags stays as it was, until the file is read anew; that takes longer than a keystroke may when the file is large.
 */
import type { TextEdit } from '../../languages/chunks.ts';
import type { Flag, FlagFile } from '../../model.ts';
import type { Span } from '../../text.ts';

/** The file with all its spans moved. Each edit counts on the result of the one before. */
export function shiftFlagFile(file: FlagFile, edits: readonly TextEdit[]): FlagFile {
  const move = (span: Span): Span => edits.reduce(movedBy, span);
  const { places, rules } = file;
  return {
    ...file,
    flags: file.flags.map(flag => shiftFlag(flag, move)),
    problems: file.problems.map(problem =>
      problem.place === null ? problem : { ...problem, place: { ...problem.place, span: move(problem.place.span) } },
    ),
    ...(places === undefined
      ? {}
      : { places: places.map(place => ({ ...place, span: move(place.span), whole: move(place.whole) })) }),
    ...(rules === undefined
      ? {}
      : {
          rules: rules.map(rule => ({
            ...rule,
            span: move(rule.span),
            shadow:
              rule.shadow === null
                ? null
                : { ...rule.shadow, by: { ...rule.shadow.by, span: move(rule.shadow.by.span) } },
          })),
        }),
  };
}

function shiftFlag(flag: Flag, move: (span: Span) => Span): Flag {
  const { declaration, variations } = flag;
  return {
    ...flag,
    declaration:
      declaration === null
        ? null
        : { ...declaration, span: move(declaration.span), keySpan: move(declaration.keySpan) },
    variations: variations.map(each => (each.span === null ? each : { ...each, span: move(each.span) })),
  };
}

/** What is typed right behind a span belongs to it; what is typed right before it does not. */
function movedBy(span: Span, { start, oldEnd, inserted }: TextEdit): Span {
  if (span.end < start) return span;
  const by = inserted.length - (oldEnd - start);
  const from = span.start >= oldEnd ? span.start + by : Math.min(span.start, start);
  const to = span.end >= oldEnd ? span.end + by : start + inserted.length;
  return { start: from, end: Math.max(from, to) };
}
