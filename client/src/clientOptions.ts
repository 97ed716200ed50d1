// What the client asks of its library, the same for a server process and for a worker.
import { type Disposable, workspace } from 'vscode';
import {
  type BaseLanguageClient,
  CloseAction,
  DidChangeConfigurationNotification,
  ErrorAction,
  type ErrorHandler,
  type LanguageClientOptions,
  RevealOutputChannelOn,
} from 'vscode-languageclient';
import type { InitializationOptions, Settings } from '../../server/src/lsp/protocol.ts';

/** `flagbook.trace.server` and the log carry these names. */
export const clientId = 'flagbook';
export const clientName = 'Flagbook';

/** Commands that the server may link to in hovers and tooltips. */
export const linkedCommands: readonly string[] = [
  'flagbook.toggleInline',
  'flagbook.openFlag',
  'flagbook.changeFlag',
  'flagbook.createFlag',
  'flagbook.openFlagPage',
  'flagbook.copyFlagKey',
  'flagbook.openSettings',
  'flagbook.showStatus',
];

/** Source code, flag files, runbooks and incidents, flagbook.json itself. */
const documentLanguages = [
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'python',
  'go',
  'java',
  'csharp',
  'kotlin',
  'ruby',
  'swift',
  'rust',
  'scala',
  'cpp',
  'c',
  'objective-cpp',
  'erb',
  'haml',
  'php',
  'vue',
  'svelte',
  'razor',
  'aspnetcorerazor',
  'blade',
  'twig',
  'json',
  'jsonc',
  'yaml',
  'markdown',
];

/** Templates whose language goes by many names, by none, or by that of HTML: which extensions are installed decides. */
const documentFiles = [
  '**/*.{erb,haml,vue,svelte,cshtml,razor,twig,jinja,jinja2,j2,djhtml}',
  '**/*.blade.php',
  '**/{templates,jinja2}/**/*.{html,htm}',
  '**/*.{component,container,dialog,directive,modal,ng,page,view}.html',
  '**/{app,src}/**/*.html',
];

/**
 * What is watched: the extensions of the languages above. Git is told by the log of its head, which grows with every commit,
 * checkout and rebase; VS Code keeps the rest of `.git` from its watchers.
 */
const watchedFiles = [
  '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,py,pyi,go,java,cs,rb,erb,haml,php,kt,kts,scala,sc,swift,rs,c,cc,cpp,cxx,c++,h,hh,hpp,hxx,inl,ipp,mm,vue,svelte,cshtml,razor,twig,jinja,jinja2,j2,djhtml,json,jsonc,json5,yaml,yml,split,md}',
  '**/{templates,jinja2}/**/*.{html,htm}',
  '**/*.{component,container,dialog,directive,modal,ng,page,view}.html',
  '**/{app,src}/**/*.html',
  '**/.git/logs/HEAD',
];

/** What the entry knows of the place that the extension runs in. */
export type Surroundings = Pick<InitializationOptions, 'fileAccess' | 'now'>;

/** Documents that the server sees: those of the workspace's own file systems, and new ones, but no diffs and no output. */
export function documentSelector(): DocumentPart[] {
  const folders = (workspace.workspaceFolders ?? []).map(folder => folder.uri.scheme);
  const schemes = [...new Set(['file', 'untitled', ...folders])];
  const byLanguage = documentLanguages.flatMap(language => schemes.map(scheme => ({ language, scheme })));
  return [...byLanguage, ...documentFiles.flatMap(pattern => schemes.map(scheme => ({ pattern, scheme })))];
}

type DocumentPart = { readonly scheme: string } & ({ readonly language: string } | { readonly pattern: string });

export function clientOptions(surroundings: Surroundings): { options: LanguageClientOptions; watchers: Disposable } {
  const watchers = watchedFiles.map(glob => workspace.createFileSystemWatcher(glob));
  const options: LanguageClientOptions = {
    documentSelector: documentSelector(),
    synchronize: { fileEvents: watchers },
    // A function, since trust and settings may have changed when the server is started again.
    initializationOptions: (): InitializationOptions => ({
      trusted: workspace.isTrusted,
      fileAccess: surroundings.fileAccess === 'disk' && allOnDisk() ? 'disk' : 'client',
      now: surroundings.now,
      settings: readSettings(),
      tokens: 'client',
      commandLinks: true,
      network: {
        strictCertificates: workspace.getConfiguration('http').get('proxyStrictSSL', true),
        systemCertificates: workspace.getConfiguration('http').get('systemCertificates', true),
      },
    }),
    markdown: { isTrusted: { enabledCommands: linkedCommands }, supportThemeIcons: true },
    diagnosticPullOptions: { onChange: true, onSave: true },
    textSynchronization: { delayOpenNotifications: true },
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    errorHandler: quietErrorHandler(),
    // The status item tells; the log has the reason.
    initializationFailedHandler: () => false,
  };
  return { options, watchers: { dispose: () => watchers.forEach(watcher => void watcher.dispose()) } };
}

export function readSettings(): Settings {
  const section = workspace.getConfiguration('flagbook');
  return {
    inline: { enabled: section.get('inline.enabled', true) },
    diagnostics: {
      enabled: section.get('diagnostics.enabled', true),
      staleSeverity: section.get<Settings['diagnostics']['staleSeverity']>('diagnostics.staleSeverity', 'hint'),
    },
  };
}

/** Sends the settings whenever one of them changes. */
export function sendSettings(client: BaseLanguageClient): Disposable {
  return workspace.onDidChangeConfiguration(event => {
    if (!event.affectsConfiguration('flagbook') || !client.isRunning()) return;
    void client.sendNotification(DidChangeConfigurationNotification.type, { settings: { flagbook: readSettings() } });
  });
}

function allOnDisk(): boolean {
  return (workspace.workspaceFolders ?? []).every(folder => folder.uri.scheme === 'file');
}

/** The library's own policy (five crashes in three minutes are enough), without its pop-ups: the status item tells. */
function quietErrorHandler(): ErrorHandler {
  const maximum = 5;
  const period = 3 * 60_000;
  const closed: number[] = [];
  return {
    error: (_error, _message, count) => ({
      action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
      handled: true,
    }),
    closed: () => {
      closed.push(Date.now());
      const recent = closed.filter(time => time > Date.now() - period);
      return { action: recent.length < maximum ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true };
    },
  };
}
