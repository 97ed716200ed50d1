/**
 * Located traces → runbooks and incidents worth opening, ranked, each with its reasons. What code patterns, error
 * names and regular expressions mean is decided in `core/runbooks`; here their evidence is weighed for a trace: nearer
 * to where it threw counts more, and several reasons add up without ever reaching certainty.
 */
import type { Incident, Runbook } from '../model.ts';
import { matchCodePattern, showCodePattern } from '../runbooks/codePattern.ts';
import { combineReasons, compareText, type Reason } from '../runbooks/coverage.ts';
import { safeErrorPattern } from '../runbooks/errorPattern.ts';
import { sourceNames } from './function-name.ts';
import type { LocatedError, LocatedFrame, LocatedTrace } from './locate.ts';

/** A flag that guards a frame, and its state in words (`25%`, `off`). */
export interface FrameFlag {
  readonly key: string;
  readonly state: string;
}

/** What is known of the code at a frame, from checks and annotations. */
export interface FrameKnowledge {
  readonly flags: readonly FrameFlag[];
  /** Runbooks that annotations of the code name; paths of the repository. */
  readonly runbooks: readonly { readonly path: string; readonly heading: string | null }[];
  /** Ids of incidents that annotations of the code name. */
  readonly incidents: readonly string[];
  /** Names of the functions around the line, innermost first, when they are known from the source. */
  readonly functionNames?: readonly string[];
}

export type TraceRunbook = Pick<Runbook, 'path' | 'title' | 'code' | 'errors' | 'flags' | 'alerts'>;
export type TraceIncident = Pick<Incident, 'id' | 'path' | 'title' | 'code' | 'errors' | 'flags' | 'runbooks'>;

export interface RankOptions {
  readonly runbooks: readonly TraceRunbook[];
  readonly incidents: readonly TraceIncident[];
  /** Asked once for each frame that was found in the repository. */
  readonly knowledgeOf: (frame: LocatedFrame, path: string) => FrameKnowledge;
  /** Names of alerts that are firing or that the text came with. */
  readonly alerts?: readonly string[];
}

export interface RankedRunbook {
  readonly path: string;
  readonly title: string;
  readonly heading: string | null;
  /** 0 to 1. */
  readonly score: number;
  /** Strongest first: `code: services/shop/**`, `error: ValueError`. */
  readonly because: readonly string[];
}

export interface RankedIncident {
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly score: number;
  readonly because: readonly string[];
}

/** What the frames' own code says of each frame, and the two rankings. */
export interface Ranking {
  readonly runbooks: readonly RankedRunbook[];
  readonly incidents: readonly RankedIncident[];
  readonly aboutFrame: (frame: LocatedFrame) => FrameMentions;
}

/** What is shown beside one frame. Runbooks as `path` or `path#heading`. */
export interface FrameMentions {
  readonly flags: readonly FrameFlag[];
  readonly runbooks: readonly string[];
  readonly incidents: readonly string[];
}

interface OwnFrame {
  readonly frame: LocatedFrame;
  readonly path: string;
  readonly knowledge: FrameKnowledge;
  readonly names: readonly string[];
  /** 1 for the frame that threw, less the further out it stands. */
  readonly nearness: number;
}

const NOTHING: FrameMentions = { flags: [], runbooks: [], incidents: [] };
/** Patterns are asked of this many distinct places at most; a trace with more is a recursion or a dump. */
const MOST_FRAMES = 200;

/** Ranks runbooks and incidents for the traces of one text. */
export function rankForTraces(traces: readonly LocatedTrace[], options: RankOptions): Ranking {
  const own = ownFrames(traces, options);
  const errors = traces.flatMap(trace => trace.threads.flatMap(thread => thread.errors));
  const runbooks = options.runbooks
    .map(runbook => rankRunbook(runbook, own, errors, options.alerts ?? []))
    .filter(ranked => ranked !== null)
    .sort((left, right) => right.score - left.score || compareText(left.path, right.path));
  const incidents = options.incidents
    .map(incident => rankIncident(incident, own, errors, runbooks))
    .filter(ranked => ranked !== null)
    .sort((left, right) => right.score - left.score || compareText(left.id, right.id));
  const mentions = new Map(own.map(place => [place.frame, mentionsOf(place, options)]));
  return { runbooks, incidents, aboutFrame: frame => mentions.get(frame) ?? NOTHING };
}

function ownFrames(traces: readonly LocatedTrace[], options: RankOptions): readonly OwnFrame[] {
  const own: OwnFrame[] = [];
  for (const trace of traces)
    for (const thread of trace.threads)
      for (const error of thread.errors) {
        let rank = 0;
        for (const frame of error.frames) {
          if (!frame.inApp || frame.place.kind !== 'resolved' || own.length >= MOST_FRAMES) continue;
          const knowledge = options.knowledgeOf(frame, frame.place.path);
          const names = [...(knowledge.functionNames ?? []), ...sourceNames(frame.function, trace.language)];
          own.push({ frame, path: frame.place.path, knowledge, names, nearness: Math.max(0.5, 0.92 ** rank++) });
        }
      }
  return own;
}

function rankRunbook(
  runbook: TraceRunbook,
  own: readonly OwnFrame[],
  errors: readonly LocatedError[],
  alerts: readonly string[],
): RankedRunbook | null {
  let heading: string | null = null;
  const reasons: Reason[] = [];
  for (const { knowledge, nearness, frame } of own) {
    const named = knowledge.runbooks.find(link => link.path === runbook.path);
    if (!named) continue;
    heading ??= named.heading;
    reasons.push({ score: 0.85 * nearness, because: `annotation: ${placeOf(frame)}` });
    break;
  }
  reasons.push(
    ...codeReasons(runbook.code, own),
    ...errorReasons(runbook.errors, errors),
    ...flagReasons(runbook.flags, own),
  );
  for (const alert of runbook.alerts)
    if (alerts.includes(alert)) reasons.push({ score: 0.6, because: `alert: ${alert}` });
  if (reasons.length === 0) return null;
  return { path: runbook.path, title: runbook.title, heading, ...combineReasons(reasons) };
}

function rankIncident(
  incident: TraceIncident,
  own: readonly OwnFrame[],
  errors: readonly LocatedError[],
  runbooks: readonly RankedRunbook[],
): RankedIncident | null {
  const reasons: Reason[] = [];
  const named = own.find(({ knowledge }) => knowledge.incidents.includes(incident.id));
  if (named) reasons.push({ score: 0.85 * named.nearness, because: `annotation: ${placeOf(named.frame)}` });
  const code = codeReasons(incident.code, own);
  // A record that names the function which threw is about this very frame.
  reasons.push(...code.map(reason => (reason.symbol ? { ...reason, because: 'same frame' } : reason)));
  reasons.push(...errorReasons(incident.errors, errors), ...flagReasons(incident.flags, own));
  const runbook = runbooks.find(
    ranked => ranked.score >= 0.5 && incident.runbooks.some(link => link.split('#')[0] === ranked.path),
  );
  if (runbook && reasons.length > 0) reasons.push({ score: 0.15, because: `runbook: ${runbook.path}` });
  if (reasons.length === 0) return null;
  return { id: incident.id, path: incident.path, title: incident.title, ...combineReasons(reasons) };
}

/** The best frame for each pattern; of a runbook's patterns, the two that say most. */
function codeReasons(
  patterns: TraceRunbook['code'],
  own: readonly OwnFrame[],
): readonly (Reason & { symbol: boolean })[] {
  const reasons = patterns.flatMap(pattern => {
    let best = 0;
    for (const { path, names, nearness } of own)
      best = Math.max(best, 0.75 * matchCodePattern(pattern, { path, functionNames: names }) * nearness);
    return best === 0
      ? []
      : [{ score: best, because: `code: ${showCodePattern(pattern)}`, symbol: pattern.symbol !== null }];
  });
  return reasons.sort((left, right) => right.score - left.score).slice(0, 2);
}

function errorReasons(patterns: readonly string[], errors: readonly LocatedError[]): readonly Reason[] {
  return patterns.flatMap(written => {
    const pattern = safeErrorPattern(written);
    if ('problem' in pattern) return [];
    const inType = errors.some(error => error.type !== null && pattern.test(error.type));
    const inMessage = !inType && errors.some(error => pattern.test(`${error.type ?? ''}: ${error.message ?? ''}`));
    return inType || inMessage ? [{ score: inType ? 0.6 : 0.5, because: `error: ${written}` }] : [];
  });
}

function flagReasons(flags: readonly string[], own: readonly OwnFrame[]): readonly Reason[] {
  return flags.flatMap(key => {
    const nearest = own.find(({ knowledge }) => knowledge.flags.some(flag => flag.key === key));
    return nearest ? [{ score: 0.4 * nearest.nearness, because: `flag: ${key}` }] : [];
  });
}

function mentionsOf(place: OwnFrame, options: RankOptions): FrameMentions {
  const { knowledge, path, names } = place;
  const about = (patterns: TraceRunbook['code']) =>
    patterns.some(pattern => matchCodePattern(pattern, { path, functionNames: names }) > 0);
  const runbooks = new Map(knowledge.runbooks.map(link => [link.path, link.heading]));
  for (const runbook of options.runbooks)
    if (!runbooks.has(runbook.path) && about(runbook.code)) runbooks.set(runbook.path, null);
  const incidents = new Set(knowledge.incidents);
  for (const incident of options.incidents) if (about(incident.code)) incidents.add(incident.id);
  return {
    flags: knowledge.flags,
    runbooks: [...runbooks].map(([target, heading]) => (heading === null ? target : `${target}#${heading}`)),
    incidents: [...incidents],
  };
}

function placeOf(frame: LocatedFrame): string {
  return frame.place.kind === 'resolved' ? `${frame.place.path}:${frame.place.line ?? '?'}` : '?';
}
