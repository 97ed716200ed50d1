/**
 * The streams of one source: they are followed while they live, tell that something changed, and are tried again after the next good
 * answer. However much a server says, its flags are asked for a few times a period at most. What is asked is the source's business.
 */
import { type HttpClient, RequestFailed } from '../http/http.ts';
import type { StreamQuestion } from './service.ts';

export interface ListeningOptions {
  readonly http: HttpClient;
  /** The configured origin: nobody else is listened to, since the token would go there. */
  readonly origin: string;
  readonly signal: AbortSignal;
  /** Milliseconds between two changes that are told, at least; the first is told at once. */
  readonly pause: number;
  /** The clock, milliseconds since 1970. */
  readonly now: () => number;
  readonly onChange: () => void;
  /** A stream has ended, well or not. */
  readonly onEnd: () => void;
}

export interface Listening {
  /** Opens those that are not open; to be called after a good answer. `headers` carry the token. */
  open(questions: readonly StreamQuestion[], headers: Readonly<Record<string, string>>): void;
  /** Whether there are streams and all of them live: then nothing needs to be asked that they don't say. */
  isWhole(): boolean;
  dispose(): void;
}

/** A stream that is refused, or is none, is tried again after so many good answers: it will hardly have come into being meanwhile. */
const ROUNDS_AFTER_REFUSAL = 20;

export function createListening(options: ListeningOptions): Listening {
  const { http, origin, signal, pause, now, onChange, onEnd } = options;
  const live = new Set<string>();
  const refused = new Map<string, number>();
  let wanted = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const tell = (): void => {
    if (timer !== null || signal.aborted) return;
    const wait = toldAt + pause - now();
    // A clock that was set back must not silence a stream.
    if (wait <= 0 || wait > pause) {
      toldAt = now();
      onChange();
      return;
    }
    timer = setTimeout(() => {
      timer = null;
      toldAt = now();
      if (!signal.aborted) onChange();
    }, wait);
    timer.unref?.();
  };

  const follow = async ({ url, format, isChange }: StreamQuestion, headers: Readonly<Record<string, string>>) => {
    live.add(url);
    const request = { method: 'GET', url, headers: { accept: ACCEPTED[format], ...headers }, signal } as const;
    try {
      await http.listen(request, (event, data) => isChange(event, data) && tell(), format);
    } catch (error) {
      const kind = error instanceof RequestFailed ? error.failure.kind : null;
      if (kind === 'refused' || kind === 'html' || kind === 'redirect') refused.set(url, ROUNDS_AFTER_REFUSAL);
    }
    live.delete(url);
    if (!signal.aborted) onEnd();
  };

  return {
    open(questions, headers) {
      const own = questions.filter(({ url }) => new URL(url).origin === origin);
      // With one that can't be followed, the others don't say everything.
      wanted = questions.length;
      for (const question of own) {
        if (live.has(question.url) || signal.aborted) continue;
        const left = refused.get(question.url) ?? 0;
        if (left > 0) refused.set(question.url, left - 1);
        else void follow(question, headers);
      }
    },
    isWhole: () => wanted > 0 && live.size >= wanted,
    dispose() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}

const ACCEPTED = { events: 'text/event-stream', lines: 'application/json' } as const;
