// Everything about stack traces: finding the text, showing the trace in the view, on a page and in the editor, and the commands.
import { commands, type Disposable, type ExtensionContext, env, l10n, type QuickPickItem, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type TraceLinkParams,
  TraceLinkRequest,
  type TraceLinkResult,
  type TraceMarkdownParams,
  TraceMarkdownRequest,
  type TraceMarkdownResult,
  type TraceNode,
} from '../../../server/src/lsp/protocol.ts';
import { createDeepLinks, type DeepLinks } from './deepLinks.ts';
import { createDeployedFiles } from './deployedFiles.ts';
import { createTracePage } from './page.ts';
import { createStepping } from './stepping.ts';
import { createTraceStore, type ShownTrace } from './store.ts';
import { registerTerminalLinks } from './terminalLinks.ts';
import { createTerminalOffers } from './terminalOffers.ts';
import { type Candidate, candidates, chooseFile, fromClipboard, fromSelection, pasteIntoDocument } from './texts.ts';
import { createTraceView } from './view.ts';

export interface Traces extends Disposable {
  /** The trace that is shown. */
  readonly current: () => ShownTrace | null;
  /** The frame that stepping has come to. */
  readonly step: () => TraceNode | null;
  /** The title of the trace that a terminal's output offers. */
  readonly offered: () => string | null;
  readonly openLink: DeepLinks['handle'];
  /** Something that is known of files or flags has changed. */
  readonly refresh: () => Promise<void>;
}

export function createTraces(context: Pick<ExtensionContext, 'globalState'>, client: BaseLanguageClient): Traces {
  const store = createTraceStore(client);
  const view = createTraceView(client, store);
  const page = createTracePage(store);
  const stepping = createStepping(client, store, view);
  const deployed = createDeployedFiles(client, store, stepping);
  const offers = createTerminalOffers(client);

  /** False when there is no trace in the text. */
  const show = async (text: string, revision: string | null): Promise<boolean> => {
    if (text.trim() === '' || (await store.analyse(text, revision)) === null) return false;
    const first = store.steps().find(step => step.culprit) ?? store.current()?.result.nodes[0];
    if (first !== undefined) await view.reveal(first);
    await page.show();
    return true;
  };
  const showFirst = async (texts: readonly Candidate[]): Promise<boolean> => {
    for (const text of texts) if (await show(await text(), null)) return true;
    return false;
  };
  const analyse = async (file?: unknown) => {
    if (!(await showFirst(candidates(file)))) await offerOtherTexts();
  };
  const paste = () => pasteIntoDocument(text => show(text, null));
  const choose = async () => {
    const file = await chooseFile();
    if (file !== null && !(await showFirst([file]))) await offerOtherTexts();
  };
  const offerOtherTexts = async () => {
    const [file, document] = [l10n.t('Choose a File…'), l10n.t('Paste It into an Editor')];
    const answer = await window.showInformationMessage(
      l10n.t('There is no stack trace in what was looked at.'),
      file,
      document,
    );
    if (answer === document) await paste();
    if (answer === file) await choose();
  };
  const analyseFrom = async () => {
    const first = async (texts: readonly Candidate[]) => {
      if (!(await showFirst(texts))) await offerOtherTexts();
    };
    const rows: readonly (QuickPickItem & { readonly run: () => Promise<void> })[] = [
      { label: `$(clippy) ${l10n.t('Clipboard')}`, run: () => first([fromClipboard]) },
      { label: `$(selection) ${l10n.t('Selection')}`, run: () => first(fromSelection()) },
      { label: `$(file) ${l10n.t('File…')}`, run: choose },
      { label: `$(edit) ${l10n.t('Paste It into an Editor')}`, run: paste },
    ];
    await (await window.showQuickPick(rows, { title: l10n.t('Where is the stack trace?') }))?.run();
  };
  const copy = async (masking: TraceMarkdownParams['masking']) => {
    const trace = store.current();
    if (trace === null) return;
    const params: TraceMarkdownParams = { text: trace.text, deployed: trace.deployed, masking };
    const { markdown } = await client.sendRequest<TraceMarkdownResult>(TraceMarkdownRequest, params);
    await env.clipboard.writeText(markdown);
    window.setStatusBarMessage(l10n.t('Copied {0}', trace.result.title), 3000);
  };

  const copyLink = async () => {
    const trace = store.current();
    if (trace === null) return;
    const params: TraceLinkParams = { text: trace.text, deployed: trace.deployed, scheme: env.uriScheme };
    const { link } = await client.sendRequest<TraceLinkResult>(TraceLinkRequest, params);
    if (link !== null) await env.clipboard.writeText(link);
    const said = link === null ? l10n.t('The stack trace is too long for a link.') : l10n.t('Copied a link');
    window.setStatusBarMessage(said, 5000);
  };

  const links = createDeepLinks(context, client, show);
  const table: Readonly<Record<string, (argument?: unknown) => unknown>> = {
    'flagbook.analyseStackTrace': analyse,
    'flagbook.analyseStackTraceFrom': analyseFrom,
    'flagbook.trace.nextFrame': stepping.next,
    'flagbook.trace.previousFrame': stepping.previous,
    'flagbook.trace.goToFrame': id => stepping.goTo(String(id)),
    'flagbook.trace.openAsDeployed': row => deployed.open(nodeOf(row)),
    'flagbook.trace.compareWithDeployed': row => deployed.compare(nodeOf(row)),
    'flagbook.trace.setDeployed': deployed.ask,
    'flagbook.trace.showPage': page.show,
    'flagbook.trace.copyMarkdown': () => copy('as-printed'),
    'flagbook.trace.copyMarkdownMasked': () => copy('masked'),
    'flagbook.trace.copyLink': copyLink,
    'flagbook.trace.clear': store.clear,
    'flagbook.trace.showOffered': async () => {
      const text = offers.take();
      if (text !== null) await show(text, null);
    },
    'flagbook.trace.stopOffering': offers.stop,
  };
  const nodeOf = (row: unknown): TraceNode | null =>
    store.node(String((row as Partial<TraceNode> | undefined)?.id)) ?? null;
  const parts: readonly Disposable[] = [
    ...Object.entries(table).map(([id, run]) => commands.registerCommand(id, run)),
    links,
    registerTerminalLinks(client),
    offers,
    deployed,
    stepping,
    page,
    view,
    store,
  ];
  return {
    current: store.current,
    step: stepping.current,
    offered: () => offers.current()?.title ?? null,
    openLink: links.handle,
    refresh: store.refresh,
    dispose: () => parts.forEach(part => void part.dispose()),
  };
}
