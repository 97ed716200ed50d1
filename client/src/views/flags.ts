// The Flags view: every flag, its state, and the checks below it.
import type { BaseLanguageClient } from 'vscode-languageclient';
import { FlagsViewRequest } from '../../../server/src/lsp/protocol.ts';
import { createNodesView, type NodesView } from './nodes.ts';

export function createFlagsView(client: BaseLanguageClient): NodesView {
  return createNodesView(client, { id: 'flagbook.flags', request: FlagsViewRequest, filledKey: 'flagbook.hasFlags' });
}
