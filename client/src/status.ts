// The server's health, in the language status item (the braces in the status bar) and in the context keys that the views'
// welcome texts depend on. There are no pop-ups: what is off or incomplete waits here until someone asks.
import {
  commands,
  type Disposable,
  env,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  l10n,
  languages,
  type QuickPickItem,
  window,
  workspace,
} from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { StatusNotification, type StatusParams } from '../../server/src/lsp/protocol.ts';
import { documentSelector } from './clientOptions.ts';

export interface Status extends Disposable {
  readonly current: () => StatusParams;
  /** The server could not be started. */
  readonly failed: (error: unknown) => void;
  /** Shows what the status item has no room for, and what can be done about it. */
  readonly show: () => Promise<void>;
}

/** `now` stands in for the clock when it is not null. */
export function createStatus(client: BaseLanguageClient, now: string | null): Status {
  const item = languages.createLanguageStatusItem('flagbook.status', documentSelector());
  item.name = 'Flagbook';
  item.command = { command: 'flagbook.showStatus', title: l10n.t('Details') };
  let current: StatusParams = { state: 'starting', text: l10n.t('Starting'), notices: [] };
  let asOf = '';

  const set = (params: StatusParams) => {
    current = params;
    asOf = formatTime(now === null ? new Date() : new Date(now));
    render(item, params, asOf);
    void commands.executeCommand('setContext', 'flagbook.state', params.state);
  };
  const failed = (error: unknown) => {
    client.error('The language server could not be started.', error, false);
    set(stopped());
  };
  set(current);

  const subscriptions: readonly Disposable[] = [
    item,
    client.onNotification(StatusNotification, set),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) set({ state: 'starting', text: l10n.t('Starting'), notices: [] });
      if (newState === State.Stopped) set(stopped());
    }),
  ];
  return {
    current: () => current,
    failed,
    show: () => showDetails(client, current, asOf),
    dispose: () => subscriptions.forEach(subscription => void subscription.dispose()),
  };
}

function stopped(): StatusParams {
  const message = l10n.t('The language server is not running. Its log says why; refreshing starts it again.');
  return { state: 'failed', text: l10n.t('Stopped'), notices: [{ code: 'stopped', severity: 'warning', message }] };
}

function render(item: LanguageStatusItem, params: StatusParams, asOf: string): void {
  item.busy = params.state === 'starting' || params.state === 'indexing';
  item.text = params.state === 'failed' ? `$(error) ${params.text}` : `$(tag) ${params.text}`;
  item.detail = ['Flagbook', summarise(params), l10n.t('as of {0}', asOf)].filter(part => part !== '').join(' · ');
  item.severity = severityOf(params);
  item.accessibilityInformation = { label: `${params.text}. ${item.detail}` };
}

/** One notice stands for itself; of several, only their number has room. */
function summarise({ notices }: StatusParams): string {
  if (notices.length === 0) return '';
  return notices.length === 1 ? notices[0]!.message : l10n.t('{0} notices', notices.length);
}

function severityOf(params: StatusParams): LanguageStatusSeverity {
  if (params.state === 'failed') return LanguageStatusSeverity.Error;
  const warned = params.state === 'limited' || params.notices.some(notice => notice.severity === 'warning');
  return warned ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
}

type Action = QuickPickItem & { readonly run?: () => unknown };

async function showDetails(client: BaseLanguageClient, params: StatusParams, asOf: string): Promise<void> {
  const notices: readonly Action[] = params.notices.map(notice => ({
    label: `$(${notice.severity === 'warning' ? 'warning' : 'info'}) ${notice.message}`,
    detail: notice.code,
    // A row of the list has no room for a long one.
    run: () => window.showInformationMessage(notice.message),
  }));
  const actions: readonly Action[] = [
    ...(workspace.isTrusted
      ? []
      : [
          {
            label: `$(shield) ${l10n.t('Manage workspace trust')}`,
            run: () => commands.executeCommand('workbench.trust.manage'),
          },
        ]),
    { label: `$(key) ${l10n.t('Sign in to a flag server')}`, run: () => commands.executeCommand('flagbook.signIn') },
    { label: `$(output) ${l10n.t('Show the log')}`, run: () => client.outputChannel.show() },
    {
      label: `$(refresh) ${l10n.t('Read the workspace again')}`,
      run: () => commands.executeCommand('flagbook.refresh'),
    },
    { label: `$(gear) ${l10n.t('Open the settings')}`, run: () => commands.executeCommand('flagbook.openSettings') },
  ];
  const chosen = await window.showQuickPick<Action>([...notices, ...actions], {
    title: `Flagbook: ${params.text}`,
    placeHolder: l10n.t('As of {0}. Choose a notice to read all of it.', asOf),
    matchOnDetail: true,
  });
  await chosen?.run?.();
}

/** Hours and minutes on the wall clock, with the seconds left out: nobody reads those. */
function formatTime(time: Date): string {
  return time.toLocaleTimeString(env.language, { hour: '2-digit', minute: '2-digit' });
}
