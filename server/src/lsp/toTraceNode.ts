/** Rows of the Trace view as the protocol's nodes: 1-based lines become ranges, paths become addresses. */
import type { TracePlace, TraceRow } from '../core/features/traceRow.ts';
import type { Range, TraceNode } from './protocol.ts';
import { type Addresses, toMarkdown } from './toProtocol.ts';

export function toTraceNodes(addresses: Addresses, rows: readonly TraceRow[]): readonly TraceNode[] {
  return rows.map(row => toTraceNode(addresses, row));
}

function toTraceNode(addresses: Addresses, row: TraceRow): TraceNode {
  const { id, label, description, icon, kind, key, expanded, spoken, step, culprit, place, deployed } = row;
  return {
    id,
    label,
    description,
    tooltip: row.tooltip.length === 0 ? null : toMarkdown(addresses, row.tooltip).value,
    icon,
    kind,
    key,
    open: place === null ? null : { uri: addresses.uriOf(place.path), range: rangeOf(place) },
    expanded,
    children: toTraceNodes(addresses, row.children),
    spoken,
    deployed: deployed === null ? null : { uri: addresses.uriOf(deployed.path), line: deployed.line },
    step,
    culprit,
  };
}

function rangeOf({ line, column }: TracePlace): Range {
  const start = { line: Math.max(0, (line ?? 1) - 1), character: Math.max(0, (column ?? 1) - 1) };
  return { start, end: start };
}
