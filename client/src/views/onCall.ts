// The On-call view: runbooks, incidents and alerts, and what is wrong with them.
import type { BaseLanguageClient } from 'vscode-languageclient';
import { OnCallViewRequest } from '../../../server/src/lsp/protocol.ts';
import { createNodesView, type NodesView } from './nodes.ts';

export function createOnCallView(client: BaseLanguageClient): NodesView {
  return createNodesView(client, {
    id: 'flagbook.onCall',
    request: OnCallViewRequest,
    filledKey: 'flagbook.hasOnCall',
  });
}
