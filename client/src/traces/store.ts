// The trace that is shown now: one at a time, in the view, on its page and in the editor. Whoever shows it listens here.
import { type Disposable, EventEmitter, type Event as VsEvent } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type TraceNode, type TraceParams, TraceRequest, type TraceResult } from '../../../server/src/lsp/protocol.ts';

export interface ShownTrace {
  readonly text: string;
  /** The commit that ran, where somebody said so. */
  readonly deployed: string | null;
  readonly result: TraceResult;
}

export interface TraceStore extends Disposable {
  readonly current: () => ShownTrace | null;
  /** Frames of one's own, from where things went wrong towards the callers. */
  readonly steps: () => readonly TraceNode[];
  readonly node: (id: string) => TraceNode | undefined;
  readonly parentOf: (id: string) => TraceNode | undefined;
  /** Analyses a text and shows it when traces are in it; null otherwise. */
  readonly analyse: (text: string, deployed: string | null) => Promise<ShownTrace | null>;
  /** Analyses the shown text again, since files or what is known of them may have changed. */
  readonly refresh: () => Promise<void>;
  readonly clear: () => void;
  readonly onDidChange: VsEvent<ShownTrace | null>;
}

/** A log of many megabytes is not read again and again, whenever something changes. */
const mostRefreshed = 2_000_000;

export function createTraceStore(client: BaseLanguageClient): TraceStore {
  const changed = new EventEmitter<ShownTrace | null>();
  let current: ShownTrace | null = null;
  let nodes = new Map<string, { readonly node: TraceNode; readonly parent: TraceNode | undefined }>();
  let steps: readonly TraceNode[] = [];
  let asked = 0;

  const set = (trace: ShownTrace | null) => {
    current = trace;
    nodes = new Map();
    const index = (node: TraceNode, parent: TraceNode | undefined) => {
      nodes.set(node.id, { node, parent });
      for (const child of node.children) index(child, node);
    };
    for (const node of trace?.result.nodes ?? []) index(node, undefined);
    steps = (trace?.result.steps ?? []).flatMap(id => nodes.get(id)?.node ?? []);
    changed.fire(trace);
  };
  const ask = async (text: string, deployed: string | null): Promise<ShownTrace | null> => {
    asked += 1;
    const mine = asked;
    const params: TraceParams = { text, deployed };
    const result = await client.sendRequest<TraceResult>(TraceRequest, params);
    const trace = { text, deployed, result };
    // A later question may have been answered first.
    if (mine === asked && result.traces > 0) set(trace);
    return result.traces > 0 ? trace : null;
  };

  return {
    current: () => current,
    steps: () => steps,
    node: id => nodes.get(id)?.node,
    parentOf: id => nodes.get(id)?.parent,
    analyse: ask,
    async refresh() {
      if (current === null || current.text.length > mostRefreshed || !client.isRunning()) return;
      await ask(current.text, current.deployed);
    },
    clear() {
      asked += 1;
      set(null);
    },
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}
