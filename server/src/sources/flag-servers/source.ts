/**
 * One server over time: asks it once in a while, one question at a time, keeps the last good answer whatever happens, and waits longer the
 * longer nothing good comes. Whoever shows flags reads `served()` and never waits.
 */
import type { FlagSource } from '../../core/flags/verdicts/flagSource.ts';
import type { Flag, Notice } from '../../core/model.ts';
import { type Failure, failureText, type HttpClient, RequestFailed } from '../http/http.ts';
import { backOff } from '../http/pace.ts';
import { type AnswerCache, createAnswerCache, createServiceClient } from './client.ts';
import type { ConfiguredSource } from './configured.ts';
import { tokenVariable } from './environmentTokens.ts';
import { createListening } from './listening.ts';
import { instant, serverName } from './mapping.ts';
import type { Answers } from './service.ts';
import type { KeptState, StateMemory } from './stateFile.ts';

export interface SourceOptions {
  readonly source: ConfiguredSource;
  readonly http: HttpClient;
  /** The token for an origin; null where the user has confirmed none for it. Never rejects. */
  readonly tokenFor: TokenFor;
  /** Where the last good answer outlives the program; null where nothing is kept. */
  readonly memory: StateMemory | null;
  /** The clock, milliseconds since 1970, and chance, 0 to 1. */
  readonly now: () => number;
  readonly chance: () => number;
  /** What `served` gives has changed. */
  readonly onChange: () => void;
  /** Something of ours broke: for the log. */
  readonly onError: (error: unknown) => void;
}

/** The narrow way in which tokens come: by the origin that the user confirmed for a system, and for no other. */
export type TokenFor = (origin: string, system: string) => Promise<string | null>;

/** What a server has said last, and how it does. */
export interface Served {
  readonly flags: readonly Flag[];
  readonly source: FlagSource;
}

export interface LiveSource {
  served(): Served;
  /** Reads what an earlier run kept. */
  restore(): Promise<void>;
  /** Asks now unless it is being asked; resolves when that question has ended, well or not. */
  ask(): Promise<void>;
  /** Asks again and again until `dispose`. */
  start(): void;
  dispose(): void;
}

/** While a cheap question says that nothing changed, everything is read again after this many periods: last evaluations. */
export const FULL_READING = 20;

/** A stream that says more has its changes gathered. */
const CHANGES_A_PERIOD = 6;

/** A clock further off than this is worth a note, in milliseconds. */
const CLOCK_TOLERANCE = 2 * 60 * 1000;

/** The time of flags that have not changed is renewed when it is older than this, in milliseconds. */
const STAMP_AGE = 60 * 1000;

export function createLiveSource(options: SourceOptions): LiveSource {
  const { source, http, memory, now } = options;
  const { service, target } = source;
  const stop = new AbortController();
  const answers: AnswerCache = createAnswerCache();
  let kept: KeptState | null = null;
  let failure: Failure | null = null;
  let hasAnswered = false;
  let gaps: readonly string[] = [];
  let skew: number | null = null;
  let probed: string | null = null;
  let readings = 0;
  let failures = 0;
  let retryAt: number | null = null;
  /** The last round was stopped half way by a service that wanted a pause. */
  let resumes = false;
  let running: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** Asked again and again, not once: only then are streams worth their connection. */
  let isStarted = false;
  let given: Answers = {};
  let said = '';
  const listening = createListening({
    http,
    origin: source.origin,
    signal: stop.signal,
    pause: (source.period * 1000) / CHANGES_A_PERIOD,
    now,
    onChange: () => void live.ask(),
    // The period takes over.
    onEnd: () => schedule(),
  });

  /** Tells only what can be seen. */
  const tell = (): void => {
    const { flags: _, ...health } = served();
    const text = JSON.stringify([health, kept?.revision]);
    if (text === said) return;
    said = text;
    options.onChange();
  };
  const notices = (): readonly Notice[] => {
    if (skew === null || Math.abs(skew) < CLOCK_TOLERANCE) return kept?.notices ?? [];
    const minutes = Math.round(Math.abs(skew) / 60_000);
    const message = `The clock of ${service.title} at ${source.origin} is ${minutes} minutes ${skew > 0 ? 'ahead of' : 'behind'} this one; its times are taken as they are, none later than now.`;
    return [...(kept?.notices ?? []), { code: 'server/clock', severity: 'note', message }];
  };
  const served = (): Served => {
    const state =
      kept === null ? (failure === null ? 'asking' : 'missing') : failure !== null || !hasAnswered ? 'kept' : 'live';
    return {
      flags: kept?.flags ?? [],
      source: {
        system: service.kind,
        title: service.title,
        server: serverName(target),
        origin: source.origin,
        project: target.project,
        state,
        asOf: kept === null ? null : instant(kept.asOf),
        flags: kept?.flags.length ?? 0,
        problem: failure === null ? null : failureText(failure, service.title, source.origin),
        failure: failure?.kind ?? null,
        gaps,
        notices: notices(),
      },
    };
  };

  const keep = (next: KeptState): void => {
    kept = next;
    // What can't be written costs the next start its flags, nothing else.
    void memory?.write(source.id, next).catch(options.onError);
  };
  const confirm = (): void => {
    if (kept !== null && now() - kept.asOf >= STAMP_AGE) keep(restamped(kept, now()));
  };

  const round = async (): Promise<void> => {
    const token = await options.tokenFor(source.origin, service.kind);
    if (token === null && service.token !== 'optional') {
      throw new RequestFailed({ kind: 'no-token', variable: tokenVariable(service.kind) }, '');
    }
    const client = createServiceClient({ http, service, target, token, signal: stop.signal, known: answers, resumes });
    const mark = service.probe === undefined ? null : await service.probe(client, target);
    skew = client.skew();
    // After a change everything is read twice: a log may be ahead of what it tells of.
    const isMoved = mark === null || mark !== probed;
    const isFull = kept === null || !hasAnswered || failure !== null || isMoved || readings === 0;
    if (!isFull && readings % FULL_READING !== 0) {
      readings++;
      confirm();
      return;
    }
    given = await service.fetch(client, target);
    skew = client.skew();
    answers.sweep();
    gaps = [...client.gaps].sort();
    const at = now();
    if (client.isChanged() || kept === null || !hasAnswered || failure !== null) {
      const reading = service.map(given, { ...target, now: at });
      if (reading.flags === null) throw new RequestFailed({ kind: 'shape', what: reading.problem ?? 'unknown' }, '');
      keep({ asOf: at, revision: (kept?.revision ?? 0) + 1, flags: reading.flags, notices: reading.notices });
    } else confirm();
    // What was asked first is remembered last: a change in between shows in the next round.
    probed = mark;
    readings = isMoved ? 0 : 1;
  };

  const attempt = async (): Promise<void> => {
    try {
      await round();
      failure = null;
      hasAnswered = true;
      failures = 0;
      retryAt = null;
      resumes = false;
    } catch (error) {
      if (stop.signal.aborted) return;
      if (!(error instanceof RequestFailed)) options.onError(error);
      failure = error instanceof RequestFailed ? error.failure : { kind: 'shape', what: 'it could not be read' };
      failures++;
      resumes = failure.kind === 'rate-limited';
      retryAt = failure.kind === 'rate-limited' || failure.kind === 'server-error' ? failure.retryAt : null;
    }
    tell();
  };

  /** Milliseconds until the next question. */
  const pause = (): number => {
    const period = source.period * 1000 * (listening.isWhole() ? FULL_READING : 1);
    if (failures > 0) {
      const own = backOff(failures, period, options.chance());
      return retryAt === null ? own : Math.max(retryAt - now() + 1000 * options.chance(), 1000);
    }
    // A little chance, so that many editors don't ask in step.
    return period * (0.9 + 0.2 * options.chance());
  };
  const schedule = (): void => {
    if (stop.signal.aborted) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void live.ask().then(schedule), pause());
    timer.unref?.();
  };
  const listen = async (): Promise<void> => {
    if (service.streams === undefined || !isStarted || failure !== null || stop.signal.aborted) return;
    const questions = service.streams(target, given);
    if (questions.length === 0) return;
    const token = await options.tokenFor(source.origin, service.kind);
    listening.open(questions, token === null ? {} : service.headers(token));
  };

  const live: LiveSource = {
    served,
    async restore() {
      const before = (await memory?.read(source.id).catch(() => null)) ?? null;
      if (before === null || kept !== null) return;
      kept = before;
      tell();
    },
    ask() {
      running ??= attempt().finally(() => {
        running = null;
        void listen();
      });
      return running;
    },
    start() {
      isStarted = true;
      void live.ask().then(schedule);
    },
    dispose() {
      stop.abort();
      listening.dispose();
      if (timer !== null) clearTimeout(timer);
    },
  };
  return live;
}

/** The same flags, seen again at a later time. */
function restamped(state: KeptState, at: number): KeptState {
  const asOf = instant(at);
  const flags = state.flags.map(flag => ({
    ...flag,
    environments: flag.environments.map(each => ({ ...each, asOf })),
    ...(flag.evaluated === undefined ? {} : { evaluated: { ...flag.evaluated, asOf } }),
    ...(flag.changed === undefined ? {} : { changed: { ...flag.changed, asOf } }),
  }));
  return { ...state, asOf: at, revision: state.revision + 1, flags };
}
