// Files as they were when the trace was written: read-only documents whose text git has, by way of the server.
import { commands, type Disposable, l10n, Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type FileAtCommitParams,
  FileAtCommitRequest,
  type FileAtCommitResult,
  type TraceNode,
} from '../../../server/src/lsp/protocol.ts';
import type { Stepping } from './stepping.ts';
import type { ShownTrace, TraceStore } from './store.ts';

const scheme = 'flagbook-deployed';

export interface DeployedFiles extends Disposable {
  /** Opens a frame's file as it was deployed, at the printed line. */
  readonly open: (node: TraceNode | null) => Promise<void>;
  /** Shows what changed in a frame's file since then. */
  readonly compare: (node: TraceNode | null) => Promise<void>;
  /** Asks which commit ran and follows the lines from there. Null when nobody says so. */
  readonly ask: () => Promise<string | null>;
}

export function createDeployedFiles(client: BaseLanguageClient, store: TraceStore, stepping: Stepping): DeployedFiles {
  const read = (params: FileAtCommitParams) => client.sendRequest<FileAtCommitResult>(FileAtCommitRequest, params);
  const provider = workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent({ query }) {
      const result = await read(JSON.parse(query) as FileAtCommitParams);
      return result.kind === 'text' ? result.text : result.reason;
    },
  });
  const ask = async (): Promise<string | null> => {
    const trace = store.current();
    if (trace === null) return null;
    const deployed = await nameOfCommit(trace);
    if (deployed === '') return null;
    const again = await store.analyse(trace.text, deployed);
    if (again?.result.deployed.kind === 'failed') {
      void window.showWarningMessage(again.result.deployed.reason);
      return null;
    }
    return deployed;
  };
  const revision = async (): Promise<string | null> => {
    const trace = store.current();
    if (trace === null) return null;
    return trace.result.deployed.kind === 'known' ? trace.result.deployed.revision : (trace.deployed ?? (await ask()));
  };

  /** The document's address, once it is known that there is a text; what is in the way is said. */
  const documentOf = async (chosen: TraceNode | null): Promise<{ node: TraceNode; uri: Uri; line: number } | null> => {
    const first = chosen ?? stepping.current() ?? store.steps().find(step => step.culprit) ?? null;
    const commit = first?.deployed === undefined || first.deployed === null ? null : await revision();
    // The frame may have got another place with the commit.
    const node = first === null ? null : (store.node(first.id) ?? first);
    if (node === null || node.deployed === null || commit === null) return null;
    const params: FileAtCommitParams = { uri: node.deployed.uri, revision: commit };
    const result = await read(params);
    if (result.kind === 'failed') {
      void window.showWarningMessage(result.reason);
      return null;
    }
    const path = nameAt(client.protocol2CodeConverter.asUri(params.uri).path, commit);
    return { node, uri: Uri.from({ scheme, path, query: JSON.stringify(params) }), line: node.deployed.line ?? 1 };
  };

  return {
    async open(chosen) {
      const found = await documentOf(chosen);
      if (found !== null) await stepping.reveal(found.uri, found.line, 1, l10n.t('as deployed'));
    },
    async compare(chosen) {
      const found = await documentOf(chosen);
      if (found === null || found.node.open === null) return;
      const now = client.protocol2CodeConverter.asUri(found.node.open.uri);
      const title = l10n.t('{0} ↔ now', found.uri.path.slice(found.uri.path.lastIndexOf('/') + 1));
      await commands.executeCommand('vscode.diff', found.uri, now, title);
    },
    ask,
    dispose: () => provider.dispose(),
  };
}

/** Where the text names several, they are offered. Empty when nobody says. */
async function nameOfCommit({ deployed: before, result }: ShownTrace): Promise<string> {
  const title = l10n.t('Which commit ran?');
  if (result.deployed.kind === 'ambiguous') {
    const named = result.deployed.candidates.map(({ revision, because }) => ({
      label: revision,
      description: because,
    }));
    const other = { label: l10n.t('Another…'), description: undefined };
    const chosen = await window.showQuickPick([...named, other], { title });
    if (chosen !== other) return chosen?.label ?? '';
  }
  const prompt = l10n.t('A commit, a tag or a branch. Lines are followed from there to what is open now.');
  const answer = await window.showInputBox({ title, prompt, value: before ?? '', ignoreFocusOut: true });
  return answer?.trim() ?? '';
}

/** `/src/pay.ts` → `/src/pay (v2026.09.1).ts`: the ending tells the editor the language. */
function nameAt(path: string, revision: string): string {
  const short = /^[0-9a-f]{12,}$/.test(revision) ? revision.slice(0, 10) : revision.replaceAll('/', '-');
  const dot = path.lastIndexOf('.') > path.lastIndexOf('/') + 1 ? path.lastIndexOf('.') : path.length;
  return `${path.slice(0, dot)} (${short})${path.slice(dot)}`;
}
