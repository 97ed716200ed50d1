// The commands of the palette, the menus and the links in hovers. What they show comes from the server; none of them computes.
import {
  ConfigurationTarget,
  commands,
  type Disposable,
  env,
  l10n,
  Range,
  Uri,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ViewNode } from '../../server/src/lsp/protocol.ts';
import type { FlagActionsParams } from '../../server/src/lsp/protocolOfActions.ts';
import { changeFlag, createFlag, openFlagPage } from './flagActions.ts';
import type { Secrets } from './secrets.ts';
import { signIn, signOut } from './signIn.ts';
import type { Status } from './status.ts';
import type { FlagsView } from './views/flags.ts';
import type { NodesView } from './views/nodes.ts';

export interface CommandsContext {
  readonly client: BaseLanguageClient;
  readonly status: Status;
  readonly flags: FlagsView;
  readonly secrets: Secrets;
  readonly restart: () => Promise<void>;
}

export function registerCommands(context: CommandsContext): Disposable {
  const { client, status, flags, secrets, restart } = context;
  const table: Readonly<Record<string, (argument?: unknown, more?: unknown) => unknown>> = {
    'flagbook.toggleInline': toggleInline,
    'flagbook.refresh': restart,
    'flagbook.explainLine': () => commands.executeCommand('editor.action.showHover'),
    'flagbook.groupFlags': flags.chooseGrouping,
    'flagbook.filterFlags': flags.askForFilter,
    'flagbook.clearFlagsFilter': () => flags.arrange({ filter: '' }),
    'flagbook.copyFlagKey': argument => copyFlagKey(flags, argument),
    'flagbook.openFlag': argument => openFlag(client, flags, argument),
    'flagbook.changeFlag': (...given) => forFlag(flags, given, flag => changeFlag(client, flag)),
    'flagbook.createFlag': (...given) => forFlag(flags, given, flag => createFlag(client, flag)),
    'flagbook.openFlagPage': (...given) => forFlag(flags, given, flag => openFlagPage(client, flag)),
    'flagbook.signIn': argument => signIn(client, secrets, argument),
    'flagbook.signOut': argument => signOut(client, secrets, argument),
    'flagbook.openConfiguration': openConfiguration,
    'flagbook.openSettings': () => commands.executeCommand('workbench.action.openSettings', '@ext:flagbook.flagbook'),
    'flagbook.openWalkthrough': () =>
      commands.executeCommand('workbench.action.openWalkthrough', 'flagbook.flagbook#flagbook.start', false),
    'flagbook.showStatus': status.show,
    'flagbook.showLog': () => client.outputChannel.show(),
  };
  const registered = Object.entries(table).map(([id, run]) => commands.registerCommand(id, run));
  return { dispose: () => registered.forEach(command => void command.dispose()) };
}

/** Changes the setting where it is already set, so that the change is seen; for the user otherwise. */
async function toggleInline(): Promise<void> {
  const section = workspace.getConfiguration('flagbook');
  const enabled = section.get('inline.enabled', true);
  const set = section.inspect('inline.enabled');
  const target = set?.workspaceValue === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  await section.update('inline.enabled', !enabled, target);
  window.setStatusBarMessage(
    enabled ? l10n.t('Flagbook: hints and highlights are off') : l10n.t('Flagbook: hints and highlights are on'),
    3000,
  );
}

async function copyFlagKey(flags: NodesView, argument: unknown): Promise<void> {
  const key = keyOf(argument) ?? flags.selected()?.key ?? (await pickFlag(flags))?.key;
  if (key === undefined || key === null) return;
  await env.clipboard.writeText(key);
  window.setStatusBarMessage(l10n.t('Copied {0}', key), 3000);
}

/** Runs for the row it was called on, the key (and file) it was called with, or a flag that is picked. */
async function forFlag(
  flags: NodesView,
  [argument, more]: readonly unknown[],
  run: (flag: FlagActionsParams) => Promise<void>,
): Promise<void> {
  const given = keyOf(argument) ?? flags.selected()?.key ?? null;
  if (given === null) {
    const picked = await pickFlag(flags);
    if (picked?.key != null) await run({ key: picked.key, uri: picked.open?.uri ?? null });
    return;
  }
  await run({ key: given, uri: typeof more === 'string' ? more : uriOf(argument) });
}

/** The file that a row opens tells the folder that it is of. */
function uriOf(argument: unknown): string | null {
  const open = typeof argument === 'object' && argument !== null && 'open' in argument ? argument.open : null;
  const uri = typeof open === 'object' && open !== null && 'uri' in open ? open.uri : null;
  return typeof uri === 'string' ? uri : null;
}

/** Opens where the flag is defined: the row it was called on, the key it was called with, or one that is picked. */
async function openFlag(client: BaseLanguageClient, flags: NodesView, argument: unknown): Promise<void> {
  const key = keyOf(argument);
  const node = key === null ? await pickFlag(flags) : flagNodes(flags).find(flag => flag.key === key);
  if (node === undefined) {
    if (key !== null) window.showInformationMessage(l10n.t('No file of this workspace defines {0}.', key));
    return;
  }
  if (node.open === null) {
    window.showInformationMessage(l10n.t('No file of this workspace defines {0}.', node.label));
    return;
  }
  const { start, end } = node.open.range;
  await window.showTextDocument(client.protocol2CodeConverter.asUri(node.open.uri), {
    selection: new Range(start.line, start.character, end.line, end.character),
  });
}

async function pickFlag(flags: NodesView): Promise<ViewNode | undefined> {
  const nodes = flagNodes(flags);
  if (nodes.length === 0) {
    window.showInformationMessage(l10n.t('There are no flags in this workspace yet.'));
    return undefined;
  }
  const items = nodes.map(node => ({ label: node.label, description: node.description ?? '', node }));
  const chosen = await window.showQuickPick(items, {
    placeHolder: l10n.t('Flag'),
    matchOnDescription: true,
  });
  return chosen?.node;
}

/** The rows that stand for flags, on whatever level of grouping, each key once. */
function flagNodes(flags: NodesView): readonly ViewNode[] {
  const found = new Map<string, ViewNode>();
  const visit = (node: ViewNode) => {
    if (node.kind === 'flag' && node.key !== null && !found.has(node.key)) found.set(node.key, node);
    node.children.forEach(visit);
  };
  flags.current().nodes.forEach(visit);
  return [...found.values()];
}

/** A row of a view has a key, and a link in a hover is one. */
function keyOf(argument: unknown): string | null {
  if (typeof argument === 'string') return argument;
  if (typeof argument !== 'object' || argument === null || !('key' in argument)) return null;
  return typeof argument.key === 'string' ? argument.key : null;
}

/** Opens flagbook.json, or a new one that is written when it is saved. */
async function openConfiguration(): Promise<void> {
  const folder = await chooseFolder();
  if (folder === undefined) {
    window.showInformationMessage(l10n.t('Open a folder first: flagbook.json belongs at its root.'));
    return;
  }
  const uri = Uri.joinPath(folder.uri, 'flagbook.json');
  const exists = await Promise.resolve(workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
  if (exists) {
    await window.showTextDocument(uri);
    return;
  }
  const document = await workspace.openTextDocument(uri.with({ scheme: 'untitled' }));
  const editor = await window.showTextDocument(document);
  if (document.getText() === '') await editor.edit(edit => edit.insert(editor.selection.active, newConfiguration));
}

async function chooseFolder(): Promise<WorkspaceFolder | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  return folders.length > 1 ? window.showWorkspaceFolderPick() : folders[0];
}

const newConfiguration = `{
  // Where flags are defined. Flagbook finds flagd and LaunchDarkly files in their usual places without this.
  "flagSystems": [],
  // Your own wrappers, as code with holes: { "pattern": "features.isOn($KEY)", "languages": ["typescript"] }
  "checks": []
}
`;
