/** Long work in slices, so that whoever asks in between is answered in between. */

/** Longest stretch of work before others get their turn, in milliseconds. A request waits for one or two of them. */
const SLICE = 4;

/** Gives a function that long loops call in every turn: it resolves at once while there is time, else after others had theirs. */
export function createPauses(): () => Promise<void> | undefined {
  let started = performance.now();
  return () => {
    if (performance.now() - started < SLICE) return undefined;
    return letOthersRun().then(() => {
      started = performance.now();
    });
  };
}

/**
 * How often everything that is due gets its turn: a request is read in one turn of the event loop, taken up in the next, and its answer is
 * written in the third. Empty turns take some millionths of a second.
 */
const TURNS = 4;

/** Waits until everything that is due has run, and what that brought up. Browsers have no `setImmediate`. */
export async function letOthersRun(): Promise<void> {
  if (typeof setImmediate !== 'function') return new Promise(resolve => setTimeout(resolve, 0));
  for (let turn = 0; turn < TURNS; turn++) await new Promise(resolve => setImmediate(resolve));
}
