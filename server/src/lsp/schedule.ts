/** Work that many events ask for and that is done once, a moment after the last of them, and never more often than that. */

export interface Schedule {
  /** Asks for the work. */
  request(): void;
  dispose(): void;
}

/**
 * Runs `work` at most once in `delay` milliseconds; requests made meanwhile share the next run. Work that fails is told to
 * `onError` and asked for again by the next request: nobody waits for it, so that nobody else would hear of it.
 */
export function createSchedule(
  delay: number,
  work: () => void | Promise<void>,
  onError: (error: unknown) => void,
): Schedule {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    timer = null;
    running = true;
    try {
      await work();
    } catch (error) {
      onError(error);
    } finally {
      running = false;
      if (again) {
        again = false;
        request();
      }
    }
  };
  const request = (): void => {
    if (running) again = true;
    else timer ??= setTimeout(() => void run(), delay);
  };
  return {
    request,
    dispose() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      again = false;
    },
  };
}
