// The Trace view: threads, errors and frames as the server arranged them.
import { commands, type Disposable, EventEmitter, l10n, type TreeDataProvider, type TreeItem, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { TraceNode, TraceResult } from '../../../server/src/lsp/protocol.ts';
import { toTreeItem } from '../views/nodes.ts';
import type { TraceStore } from './store.ts';

export interface TraceView extends Disposable {
  /** Shows the view with a row selected; where the keyboard is, stays as it is. */
  readonly reveal: (node: TraceNode) => Promise<void>;
}

export function createTraceView(client: BaseLanguageClient, store: TraceStore): TraceView {
  const changed = new EventEmitter<void>();
  const provider: TreeDataProvider<TraceNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: node => [...(node === undefined ? (store.current()?.result.nodes ?? []) : node.children)],
    getParent: node => store.parentOf(node.id),
    getTreeItem: node => toItem(client, node),
  };
  const view = window.createTreeView('flagbook.trace', { treeDataProvider: provider, showCollapseAll: true });
  let isThere: Thenable<unknown> = Promise.resolve();
  const show = () => {
    const result = store.current()?.result;
    view.description = result?.title;
    view.message = result === undefined ? undefined : messageOf(result);
    isThere = commands.executeCommand('setContext', 'flagbook.hasTrace', result !== undefined);
    void commands.executeCommand('setContext', 'flagbook.traceShown', store.steps().length > 0);
    changed.fire();
  };
  const subscriptions: readonly Disposable[] = [view, changed, store.onDidChange(show)];
  return {
    async reveal(node) {
      // Without a trace there is no view, so that nobody has an empty one beside the flags.
      await isThere;
      // The row may be gone when it is looked for: another trace was shown meanwhile.
      await Promise.resolve(view.reveal(node, { select: true, focus: false, expand: false })).catch(() => {});
    },
    dispose: () => subscriptions.forEach(subscription => void subscription.dispose()),
  };
}

function messageOf({ advice, deployed, reading }: TraceResult): string {
  const found = advice ?? l10n.t('No frame of this trace is found in this workspace.');
  const first =
    reading === 'whole' ? found : `${found} ${l10n.t('The workspace is still being read; more flags may follow.')}`;
  switch (deployed.kind) {
    case 'unknown':
      return `${first} ${l10n.t('The commit that ran is unknown.')}`;
    case 'ambiguous':
      return `${first} ${l10n.t('Which commit ran is not clear; lines are as printed.')}`;
    case 'known':
      return `${first} ${l10n.t('Lines are followed from {0}.', deployed.revision)}`;
    case 'failed':
      return `${first} ${deployed.reason}`;
  }
}

function toItem(client: BaseLanguageClient, node: TraceNode): TreeItem {
  const item = toTreeItem(client, node);
  const words = [item.contextValue, node.deployed === null ? '' : 'deployed', node.step ? 'step' : ''];
  item.contextValue = words.filter(Boolean).join(' ');
  item.accessibilityInformation = { label: node.spoken };
  if (node.step) item.command = { command: 'flagbook.trace.goToFrame', title: node.label, arguments: [node.id] };
  return item;
}
