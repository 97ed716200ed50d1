// The end of what a command has printed, in bounded memory, and whether a trace may be in it. Knows no editor.

export interface OutputTail {
  readonly push: (data: string) => void;
  /** Something that traces have was printed since `take`. */
  readonly isWorthALook: () => boolean;
  /** What is kept; what comes next begins anew. */
  readonly take: () => string;
}

/** In UTF-16 code units: far more than any trace, and little for an editor. */
export const mostKept = 200_000;
/** A sign may be cut by the end of a piece. */
const overlap = 200;

/** What stands in the lines of traces. Cheap, and often wrong: the server has a closer look. */
const signs =
  /\bat [^\s(]{1,200} ?\(|Traceback \(|goroutine \d|\bpanic|Exception|Error\b|\.\w{1,8}:\d+|, line \d+|#\d+ /;

export function createOutputTail(): OutputTail {
  let pieces: string[] = [];
  let size = 0;
  let seam = '';
  let isSuspicious = false;
  return {
    push(data) {
      if (!isSuspicious) {
        const seen = data.length > mostKept ? data.slice(-mostKept) : data;
        const text = seam + seen;
        isSuspicious = signs.test(text);
        seam = text.slice(-overlap);
      }
      pieces.push(data);
      size += data.length;
      // Twice the bound, so that a stream of small pieces is not copied again and again.
      if (size <= 2 * mostKept) return;
      const kept = pieces.join('').slice(-mostKept);
      pieces = [kept];
      size = kept.length;
    },
    isWorthALook: () => isSuspicious,
    take() {
      const text = pieces.join('').slice(-mostKept);
      pieces = [];
      size = 0;
      seam = '';
      isSuspicious = false;
      return text;
    },
  };
}
