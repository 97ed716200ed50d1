// One tree for the views of flags and of on-call, and rows for that of traces: rows come from the server as data, and this turns them into what VS Code draws.
import {
  commands,
  type Disposable,
  EventEmitter,
  MarkdownString,
  Range,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import type { ViewNode, ViewResult } from '../../../server/src/lsp/protocol.ts';

export interface NodesView extends Disposable {
  readonly current: () => ViewResult;
  /** The row that is selected, or null. */
  readonly selected: () => ViewNode | null;
  /** Text beside the view's title, for what is not as usual; empty for none. */
  readonly describe: (text: string) => void;
  /** Asks the server for its rows again. */
  readonly refresh: () => Promise<void>;
}

export interface NodesViewOptions {
  /** The view's id in package.json. */
  readonly id: string;
  /** The request that answers with its rows. */
  readonly request: string;
  /** What to ask it with, if anything. */
  readonly params?: () => object;
  /** The tooltip of a row that comes without one. */
  readonly tooltip?: (node: ViewNode) => Promise<string | null>;
  /** What stands below a row whose children are asked for. */
  readonly children?: (node: ViewNode) => Promise<readonly ViewNode[]>;
  /** A context key, true while there are rows. */
  readonly filledKey: string;
}

const empty: ViewResult = { nodes: [], badge: null };

/**
 * A view that asks the server for its rows when the server has started and on `refresh`. It asks even while it is hidden, because
 * its badge is not.
 */
export function createNodesView(client: BaseLanguageClient, options: NodesViewOptions): NodesView {
  const changed = new EventEmitter<void>();
  let current = empty;
  const provider: TreeDataProvider<ViewNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: async node => [...(node === undefined ? current.nodes : await childrenOf(node, options))],
    getTreeItem: node => toTreeItem(client, node),
    resolveTreeItem: async (item, node) => {
      const text = node.tooltip ?? (await options.tooltip?.(node).catch(() => null)) ?? null;
      if (text !== null) item.tooltip = markdown(text);
      return item;
    },
  };
  const view = window.createTreeView(options.id, { treeDataProvider: provider, showCollapseAll: true });

  const show = (result: ViewResult) => {
    current = result;
    view.badge = result.badge === null ? undefined : { ...result.badge };
    void commands.executeCommand('setContext', options.filledKey, result.nodes.length > 0);
    changed.fire();
  };
  let asked = 0;
  const ask = async () => {
    asked += 1;
    const mine = asked;
    try {
      const result = await client.sendRequest<ViewResult>(options.request, options.params?.());
      // A later question may have been answered first.
      if (mine === asked) show(result);
    } catch (error) {
      if (client.isRunning()) client.warn(`${options.request} was not answered.`, error, false);
    }
  };

  const subscriptions: readonly Disposable[] = [
    view,
    changed,
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) void ask();
      if (newState === State.Stopped) show(empty);
    }),
  ];
  return {
    current: () => current,
    selected: () => view.selection[0] ?? null,
    describe: text => {
      view.description = text;
    },
    refresh: ask,
    dispose: () => subscriptions.forEach(part => void part.dispose()),
  };
}

async function childrenOf(node: ViewNode, { children }: NodesViewOptions): Promise<readonly ViewNode[]> {
  if (node.below === undefined || children === undefined) return node.children;
  // A server that has just ended has no rows; the next one is asked for all.
  return children(node).catch(() => []);
}

/** What VS Code draws of a row, whose children the caller knows. */
export function toTreeItem(client: BaseLanguageClient, node: ViewNode): TreeItem {
  const item = new TreeItem(node.label, collapsibleState(node));
  item.id = node.id;
  if (node.description !== null) item.description = node.description;
  if (node.tooltip !== null) item.tooltip = markdown(node.tooltip);
  if (node.icon !== null) item.iconPath = new ThemeIcon(node.icon);
  item.contextValue = contextValue(node);
  if (node.open !== null) {
    const { start, end } = node.open.range;
    const selection = new Range(start.line, start.character, end.line, end.character);
    const uri = client.protocol2CodeConverter.asUri(node.open.uri);
    item.command = { command: 'vscode.open', title: node.label, arguments: [uri, { selection }] };
  }
  return item;
}

/** Words for the `when` clauses of package.json: the row's kind, and what can be done with it. */
function contextValue(node: ViewNode): string {
  const words = [
    node.kind,
    node.key === null ? '' : 'keyed',
    node.open === null ? '' : 'openable',
    node.server === undefined ? '' : 'server',
  ];
  return words.filter(Boolean).join(' ');
}

function collapsibleState(node: ViewNode): TreeItemCollapsibleState {
  if (node.children.length === 0 && node.below === undefined) return TreeItemCollapsibleState.None;
  return node.expanded ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

function markdown(text: string): MarkdownString {
  return new MarkdownString(text, true);
}
