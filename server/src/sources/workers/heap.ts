/**
 * Keeps the memory of a thread near what it needs. V8 lets a heap grow to several times what lives in it before it looks for what is
 * dead, and gives nothing back while a thread rests; a limit would end the program in a repository that needs more. So it is asked to
 * look, here. Node has no other way to ask than the function that tests of V8 use.
 */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const MEGABYTE = 1024 * 1024;
/** Below this nobody minds, in bytes. */
const SMALL = 176 * MEGABYTE;
/** What may be dead of a heap, beside what lived when it was last looked through. */
const SLACK = 1.2;
/** How often the heap is measured, in milliseconds; measuring takes a few millionths of a second. */
const PERIOD = 20;

/** Milliseconds without work after which a thread rests: on a busy machine the next work may be late. */
const RESTS_AFTER = 30;
/** What a thread may hold while it rests, in bytes; what it parses with is half of that. */
const RESTS_WITH = 14 * MEGABYTE;

/**
 * Tells V8 to be slower to optimise, here and in all workers. A third of a scan's time went into compiling functions once more, in every
 * thread for itself, most of which were hardly called again: a program that ends after a second or two is better off with the few that
 * are hot. Not for programs that stay. To be called before anything is loaded: what V8 compiled in an earlier run is of use under the same
 * flags alone, which is why the one that is needed later is set here too.
 */
export function optimiseLess(): void {
  allowCollecting();
  // In bytes of code that a function may run through before it is looked at; V8's own is about an eighth of it.
  setFlagsFromString('--interrupt-budget=500000');
}

/** Sets the flag that looking for what is dead needs, where a program is to be loaded under the flags that it will have. */
export function allowCollecting(): void {
  setFlagsFromString(COLLECTING);
}

/** What a thread may hold while it works, in bytes: what lives in it is a third of that, so that looking through it takes little. */
const WORKS_WITH = 26 * MEGABYTE;

/** What may be dead in a thread that works on, in bytes, however much lives in it: where that alone is much, looking for it after every file would take most of the time. */
const MAY_BE_DEAD = 14 * MEGABYTE;

/**
 * Gives a function to be called whenever a thread has done some work: when no more comes, or when much has gathered, what is dead is given
 * back.
 */
export function createRest(collect = collector(), used = usedHeap): () => void {
  let living = 0;
  const collectAbove = (least: number, dead: number): void => {
    if (used() <= Math.max(least, living + dead)) return;
    collect();
    living = used();
  };
  let timer: NodeJS.Timeout | null = null;
  return () => {
    collectAbove(WORKS_WITH, MAY_BE_DEAD);
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => collectAbove(RESTS_WITH, RESTS_WITH / 4), RESTS_AFTER);
    timer.unref();
  };
}

function usedHeap(): number {
  return getHeapStatistics().used_heap_size;
}

/** Watches this thread's heap as long as the program has anything to do. */
export function keepHeapSmall(): void {
  const collect = collector();
  let limit = SMALL;
  const timer = setInterval(() => {
    if (usedHeap() < limit) return;
    collect();
    limit = Math.max(SMALL, SLACK * usedHeap());
  }, PERIOD);
  timer.unref();
}

const COLLECTING = '--expose-gc';

/** Does nothing where V8 has no such function. */
function collector(): () => void {
  try {
    setFlagsFromString(COLLECTING);
    const collect: unknown = runInNewContext('gc');
    return typeof collect === 'function' ? () => void collect() : () => {};
  } catch {
    return () => {};
  }
}
