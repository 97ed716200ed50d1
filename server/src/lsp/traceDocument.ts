/** Pasted stack traces as a Markdown document for the editor. */
import type { TraceResult } from './protocol.ts';
import type { Session } from './session.ts';

export function traceDocument(_session: Session, _text: string): TraceResult {
  return { markdown: '', traces: 0 };
}
