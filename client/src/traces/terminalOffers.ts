// Traces in the output of commands that were run in a terminal: each is offered once, in the status bar, where it disturbs nobody.
import {
  ConfigurationTarget,
  commands,
  type Disposable,
  l10n,
  MarkdownString,
  StatusBarAlignment,
  type TerminalShellExecution,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type RecogniseTraceParams,
  RecogniseTraceRequest,
  type RecogniseTraceResult,
} from '../../../server/src/lsp/protocol.ts';
import { createOutputTail } from './outputTail.ts';

export interface TerminalOffers extends Disposable {
  /** What is offered now. */
  readonly current: () => NonNullable<RecogniseTraceResult> | null;
  /** Takes the offer: it is over then. */
  readonly take: () => string | null;
  /** Turns the setting off. */
  readonly stop: () => Promise<void>;
}

/** A server that runs for days prints a trace and goes on: after so many milliseconds of silence it is looked at. */
const silence = 1500;
/** An offer that nobody takes is no news any more. */
const longestOffer = 5 * 60_000;
const mostRemembered = 200;
const mostWatched = 20;

export function createTerminalOffers(client: BaseLanguageClient): TerminalOffers {
  const item = window.createStatusBarItem('flagbook.traceOffer', StatusBarAlignment.Left, -10);
  item.name = l10n.t('Flagbook: Stack Trace in a Terminal');
  const seen = new Set<string>();
  let current: NonNullable<RecogniseTraceResult> | null = null;
  let watched = 0;
  let over: ReturnType<typeof setTimeout> | undefined;

  const end = () => {
    clearTimeout(over);
    current = null;
    item.hide();
    void commands.executeCommand('setContext', 'flagbook.traceOffered', false);
  };
  const offer = (trace: NonNullable<RecogniseTraceResult>) => {
    if (seen.has(trace.fingerprint)) return;
    seen.add(trace.fingerprint);
    if (seen.size > mostRemembered) seen.delete(seen.values().next().value!);
    current = trace;
    // The title comes from a program's output: an icon in it would be painted.
    item.text = `$(debug-alt) ${trace.title.replaceAll('$(', '$ (')}`;
    item.tooltip = tooltip();
    item.command = 'flagbook.trace.showOffered';
    item.accessibilityInformation = { label: l10n.t('Stack trace in the terminal: {0}. Analyse it.', trace.title) };
    item.show();
    void commands.executeCommand('setContext', 'flagbook.traceOffered', true);
    clearTimeout(over);
    over = setTimeout(end, longestOffer);
  };
  const look = async (text: string) => {
    if (!client.isRunning() || !isWanted()) return;
    const params: RecogniseTraceParams = { text };
    const found = await client.sendRequest<RecogniseTraceResult>(RecogniseTraceRequest, params);
    if (found !== null && isWanted()) offer(found);
  };
  const watch = async (execution: TerminalShellExecution) => {
    const tail = createOutputTail();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const lookNow = () => {
      if (tail.isWorthALook())
        look(tail.take()).catch(error => client.warn('A terminal was not looked at.', error, false));
    };
    watched += 1;
    try {
      for await (const data of execution.read()) {
        tail.push(data);
        clearTimeout(timer);
        if (tail.isWorthALook()) timer = setTimeout(lookNow, silence);
      }
    } finally {
      watched -= 1;
      clearTimeout(timer);
      lookNow();
    }
  };

  const subscriptions: readonly Disposable[] = [
    item,
    window.onDidStartTerminalShellExecution(({ execution }) => {
      if (isWanted() && watched < mostWatched) watch(execution).catch(() => {});
    }),
    workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration(setting) && !isWanted()) end();
    }),
    { dispose: () => clearTimeout(over) },
  ];
  return {
    current: () => current,
    take() {
      const text = current?.text ?? null;
      end();
      return text;
    },
    async stop() {
      end();
      await workspace.getConfiguration().update(setting, false, ConfigurationTarget.Global);
      window.setStatusBarMessage(l10n.t('Flagbook: traces in terminals are not offered any more'), 5000);
    },
    dispose: () => subscriptions.forEach(subscription => void subscription.dispose()),
  };
}

const setting = 'flagbook.stackTraces.offerFromTerminal';

/** Nothing is read in a restricted workspace, and without a folder there is nothing to find. */
function isWanted(): boolean {
  return (
    workspace.isTrusted &&
    (workspace.workspaceFolders?.length ?? 0) > 0 &&
    workspace.getConfiguration().get<boolean>(setting, true)
  );
}

function tooltip(): MarkdownString {
  const text = new MarkdownString(
    [
      l10n.t('A stack trace with frames of this workspace came by in a terminal.'),
      `[${l10n.t('Analyse it')}](command:flagbook.trace.showOffered) · [${l10n.t("Don't offer any more")}](command:flagbook.trace.stopOffering)`,
    ].join('\n\n'),
  );
  text.isTrusted = { enabledCommands: ['flagbook.trace.showOffered', 'flagbook.trace.stopOffering'] };
  return text;
}
