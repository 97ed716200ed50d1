// The connection to the language server as a process of its own, over Node's IPC.
import { type ExtensionContext, workspace } from 'vscode';
import { LanguageClient, type LanguageClientOptions, TransportKind } from 'vscode-languageclient/node';
import { clientId, clientName } from './clientOptions.ts';
import { type ProxySettings, proxyEnvironment } from './proxyEnvironment.ts';
import { serverMemory } from './serverMemory.ts';

/** The client of the bundled server; it is not started yet. */
export function createNodeClient(context: ExtensionContext, options: LanguageClientOptions): LanguageClient {
  const module = context.asAbsolutePath('dist/server/server.js');
  return new QuietClient(
    clientId,
    clientName,
    {
      run: {
        module,
        transport: TransportKind.ipc,
        // Read at every start, since settings change.
        get options() {
          return { env: proxyEnvironment(process.env, readProxySettings()), execArgv: [...serverMemory] };
        },
      },
      // Any free port, so that two windows under a debugger do not fight for one.
      debug: {
        module,
        transport: TransportKind.ipc,
        options: { execArgv: ['--nolazy', '--inspect=0', ...serverMemory] },
      },
    },
    options,
  );
}

function readProxySettings(): ProxySettings {
  const http = workspace.getConfiguration('http');
  return {
    support: http.get('proxySupport', 'override'),
    proxy: http.get('proxy', ''),
    noProxy: http.get<readonly string[]>('noProxy', []),
  };
}

/** The library would show a server that can't be started in a pop-up; here the status item tells. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}
