// The extension's entry on a desktop or a server: the language server is a process beside the extension host.
import type { ExtensionContext } from 'vscode';
import { createNodeClient } from './languageClient.ts';
import { type FlagbookApi, startSession } from './session.ts';

export function activate(context: ExtensionContext): FlagbookApi {
  return startSession(context, options => createNodeClient(context, options), {
    fileAccess: 'disk',
    // Pictures and tests must not change from one day to the next.
    now: process.env.FLAGBOOK_NOW ?? null,
  });
}
