// One run of the extension: the client of the language server and everything that is shown of it. The two entries,
// extension.ts and browser.ts, differ only in how the server is started.
import { type Disposable, type ExtensionContext, type Uri, workspace } from 'vscode';
import { type BaseLanguageClient, type LanguageClientOptions, State } from 'vscode-languageclient';
import {
  ChangedNotification,
  type DecorationsParams,
  type FlagsViewParams,
  type StatusParams,
  type ViewNode,
  type ViewResult,
} from '../../server/src/lsp/protocol.ts';
import { clientOptions, type Surroundings, sendSettings } from './clientOptions.ts';
import { registerCommands } from './commands.ts';
import { createDecorations } from './decorations.ts';
import { createSecrets } from './secrets.ts';
import { createStatus } from './status.ts';
import { createTraces, type Traces } from './traces/traces.ts';
import { createFlagsView } from './views/flags.ts';
import { createOnCallView } from './views/onCall.ts';
import { answerFiles } from './virtualFiles.ts';

/** What `activate` returns: what the editor's own API does not tell of the extension. Our host tests look through it. */
export interface FlagbookApi {
  /** The last thing the server said of its health. */
  readonly status: () => StatusParams;
  /** What is painted into a document now; undefined when nothing was said of it. */
  readonly decorations: (uri: Uri) => DecorationsParams | undefined;
  readonly flags: () => ViewResult;
  readonly onCall: () => ViewResult;
  readonly traces: Traces;
  /** What a row of the Flags view tells when the mouse rests on it, as Markdown. */
  readonly flagTooltip: (node: ViewNode) => Promise<string | null>;
  /** What stands below a flag's row. */
  readonly flagRows: (node: ViewNode) => Promise<readonly ViewNode[]>;
  /** Arranges the Flags view, as its commands do when they have asked. */
  readonly arrangeFlags: (arrangement: FlagsViewParams) => Promise<void>;
  /** Ends the server and starts it anew, so that it reads everything again. */
  readonly restart: () => Promise<void>;
}

export function startSession(
  context: ExtensionContext,
  createClient: (options: LanguageClientOptions) => BaseLanguageClient,
  surroundings: Surroundings,
): FlagbookApi {
  const { options, watchers } = clientOptions(surroundings);
  const client = createClient(options);
  const restart = () => restartClient(client);
  const status = createStatus(client, surroundings.now);
  const decorations = createDecorations(client);
  const flags = createFlagsView(client, context.workspaceState);
  const onCall = createOnCallView(client);
  const traces = createTraces(context, client);
  const secrets = createSecrets(context, client, () => workspace.isTrusted);
  const parts: readonly Disposable[] = [
    watchers,
    status,
    decorations,
    flags,
    onCall,
    // Once for all views: of two handlers of one notification the library keeps the second.
    client.onNotification(ChangedNotification, () => {
      void flags.refresh();
      void onCall.refresh();
      traces.refresh().catch(error => client.warn('The trace was not analysed again.', error, false));
    }),
    answerFiles(client),
    sendSettings(client),
    traces,
    secrets,
    registerCommands({ client, status, flags, secrets, restart }),
    workspace.onDidGrantWorkspaceTrust(restart),
    // Last, since the library ends the server when it is disposed.
    { dispose: () => client.dispose() },
  ];
  context.subscriptions.push(...parts);
  // Nobody waits for it: the editor goes on, and the status item says how it went.
  client.start().catch(error => status.failed(error));
  return {
    status: status.current,
    decorations: decorations.of,
    flags: flags.current,
    onCall: onCall.current,
    traces,
    flagTooltip: flags.tooltip,
    flagRows: flags.children,
    arrangeFlags: flags.arrange,
    restart,
  };
}

async function restartClient(client: BaseLanguageClient): Promise<void> {
  // What is starting cannot be stopped; this waits for it, and starts nothing twice.
  if (client.state === State.Starting) await client.start();
  if (client.state === State.Running) await client.stop();
  await client.start();
}
