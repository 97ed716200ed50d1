/**
 * Linking while a repository is read: between the rounds of reading, for what is to be read next, and now and then meanwhile where
 * reading takes long and somebody looks. Each link is of what had been read when it was begun, and comes to its end whatever is read
 * meanwhile.
 */
import type { Host } from '../../core/hostInterface.ts';
import type { Wishes } from '../../core/wishes.ts';
import { createPauses } from './pauses.ts';

export interface ReadLinks {
  /** Links everything that was read; what is wished for then. */
  link(): Promise<Wishes>;
  end(): void;
}

/** Most repositories are read sooner than that, and linked once less; milliseconds. */
const PERIOD = 2000;
/** So many times as long as a link took nobody links again, so that reading goes on. */
const REST = 5;

/** @param onLinked where somebody looks while files are read. */
export function createReadLinks(host: Host, onLinked: (() => void) | undefined): ReadLinks {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWaitedFor = false;
  let hasEnded = false;
  const later = (wait: number): void => {
    if (onLinked !== undefined && !hasEnded) timer = setTimeout(() => void linkMeanwhile(onLinked), wait);
  };
  const linkMeanwhile = async (tell: () => void): Promise<void> => {
    const begun = performance.now();
    // What fails here fails again where it is waited for.
    const linked = await host.linkRead(createPauses(), () => !isWaitedFor && !hasEnded).catch(() => null);
    if (linked !== null && !hasEnded) tell();
    later(Math.max(PERIOD, REST * (performance.now() - begun)));
  };
  later(PERIOD);
  return {
    async link() {
      isWaitedFor = true;
      try {
        for (;;) {
          const wishes = await host.linkRead(createPauses());
          if (wishes === null) continue;
          onLinked?.();
          return wishes;
        }
      } finally {
        isWaitedFor = false;
      }
    },
    end() {
      hasEnded = true;
      clearTimeout(timer);
    },
  };
}
