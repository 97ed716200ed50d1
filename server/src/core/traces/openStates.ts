/** States of flags that nobody has looked up yet are left open: "unknown" would say that somebody did. */
import type { FlagOnTheWay } from '../flags/verdicts/flagsOnTheWay.ts';
import type { TraceAnalysis } from './analyse.ts';

/**
 * The analysis with states left empty that `some` of the data could not tell, or all of them where `none` may be told yet; `all` of it
 * tells what there is to tell.
 */
export function withStatesLeftOpen(analysis: TraceAnalysis, data: 'all' | 'some' | 'none'): TraceAnalysis {
  if (data === 'all') return analysis;
  const open = <Flag extends FlagOnTheWay>(flag: Flag): Flag =>
    data === 'none' || flag.state === 'unknown' ? { ...flag, state: '', summary: '' } : flag;
  return {
    ...analysis,
    flags: analysis.flags.map(open),
    traces: analysis.traces.map(trace => ({
      ...trace,
      threads: trace.threads.map(thread => ({
        ...thread,
        errors: thread.errors.map(error => ({
          ...error,
          frames: error.frames.map(frame => ({
            ...frame,
            flags: frame.flags.map(open),
            callerFlags: frame.callerFlags.map(open),
          })),
        })),
      })),
    })),
  };
}
