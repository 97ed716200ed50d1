/** Long work in slices, so that whoever asks in between is answered in between. */

/** Longest stretch of work before others get their turn, in milliseconds. A request waits for two or three of them. */
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

/** Waits until everything that is due has run. Browsers have no `setImmediate`. */
export function letOthersRun(): Promise<void> {
  return new Promise(resolve => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
