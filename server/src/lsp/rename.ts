/** Rename over the protocol: what may be renamed, and one edit of the whole workspace, whose doubtful parts ask to be confirmed. */

import * as lsp from 'vscode-languageserver';
import { type Doubt, type Refusal, type RenameEdit, renameEdits, renameTarget } from '../core/features/rename.ts';
import { snapshotAt } from '../core/flags/verdicts/projects.ts';
import { indexLines, offsetAt } from '../core/text.ts';
import type { Asked, Session } from './session.ts';
import { toRange } from './toProtocol.ts';

/** Registers both requests. */
export function registerRename(connection: lsp.Connection, session: Session): void {
  connection.onPrepareRename(async ({ textDocument, position }) => {
    const asked = await session.ask(textDocument.uri);
    const target = asked === null ? null : targetAt(asked, position);
    if (asked === null || target === null) return null;
    return { range: toRange(linesOf(asked), target.span), placeholder: target.key };
  });
  connection.onRenameRequest(async ({ textDocument, position, newName }, token) => {
    const asked = await session.ask(textDocument.uri);
    const target = asked === null ? null : targetAt(asked, position);
    if (asked === null || target === null) return null;
    const texts = session.can.annotateChanges ? await mentions(asked, target.key, token) : new Map<string, string>();
    // Reading took its time: the answer is made of what is known now.
    const current = (await session.ask(textDocument.uri)) ?? asked;
    const answer = renameEdits(
      snapshotAt(current.addresses.snapshot, current.path),
      target.key,
      newName,
      texts,
      target.system,
    );
    if (answer.kind === 'refused') throw failure(answer);
    return toWorkspaceEdit(session, current, answer.edits, texts);
  });
}

function targetAt(asked: Asked, position: lsp.Position) {
  const offset = offsetAt(linesOf(asked), { line: position.line, column: position.character });
  const target = renameTarget(snapshotAt(asked.addresses.snapshot, asked.path), asked.path, offset);
  if (target?.kind === 'refused') throw failure(target);
  return target;
}

async function mentions(asked: Asked, key: string, token: lsp.CancellationToken): Promise<ReadonlyMap<string, string>> {
  const stop = new AbortController();
  const listener = token.onCancellationRequested(() => stop.abort());
  try {
    return await asked.folder.project.textsWith(
      key,
      AbortSignal.any([stop.signal, AbortSignal.timeout(LONGEST_SEARCH)]),
    );
  } finally {
    listener.dispose();
  }
}

/** Milliseconds for which mentions are looked for in files without flags. */
const LONGEST_SEARCH = 3000;

// Previews can be grouped by these: without a name of their own, certain edits would stand there as “Other”.
const CERTAIN = 'certain';
const CERTAIN_WORDS = { label: 'The flag itself', description: 'flag files, checks and lists of flags' };

const DOUBTS: Readonly<Record<Doubt, { readonly label: string; readonly description: string }>> = {
  system: { label: 'Other flag systems', description: 'the same key there may be another flag' },
  likely: { label: 'Likely checks', description: 'the client could not be followed to a flag SDK' },
  property: { label: 'Properties', description: 'named after the flag' },
  test: { label: 'Tests', description: 'texts that may be the flag' },
  comment: { label: 'Comments', description: 'texts that may be the flag' },
  documentation: { label: 'Documentation', description: 'texts that may be the flag' },
  text: { label: 'Other texts', description: 'texts that may be the flag' },
};

/** Certain edits, and those that an editor asks about; an editor that can't ask gets the certain ones alone. */
function toWorkspaceEdit(
  session: Session,
  { addresses }: Asked,
  edits: readonly RenameEdit[],
  texts: ReadonlyMap<string, string>,
): lsp.WorkspaceEdit {
  const versions = new Map(session.documents().map(({ uri, version }) => [uri, version]));
  const shown = edits.filter(({ doubt }) => doubt === null || session.can.annotateChanges);
  const documentChanges = [...new Set(shown.map(({ path }) => path))].map((path): lsp.TextDocumentEdit => {
    const lines = addresses.snapshot.files.get(path)?.lines ?? indexLines(texts.get(path) ?? '');
    const uri = addresses.uriOf(path);
    return {
      textDocument: { uri, version: versions.get(uri) ?? null },
      edits: shown
        .filter(edit => edit.path === path)
        .map(({ span, text, doubt }) => {
          const edit = { range: toRange(lines, span), newText: text };
          return session.can.annotateChanges ? { ...edit, annotationId: doubt ?? CERTAIN } : edit;
        }),
    };
  });
  if (!session.can.annotateChanges) {
    return {
      changes: Object.fromEntries(documentChanges.map(each => [each.textDocument.uri, each.edits as lsp.TextEdit[]])),
    };
  }
  const doubts = [...new Set(shown.flatMap(({ doubt }) => doubt ?? []))];
  const changeAnnotations = Object.fromEntries([
    [CERTAIN, { ...CERTAIN_WORDS, needsConfirmation: false }],
    ...doubts.map(doubt => [doubt, { ...DOUBTS[doubt], needsConfirmation: true }] as const),
  ]);
  return { documentChanges, changeAnnotations };
}

function failure({ reason }: Refusal): lsp.ResponseError<void> {
  return new lsp.ResponseError(lsp.LSPErrorCodes.RequestFailed, reason);
}

function linesOf(asked: Asked) {
  return asked.addresses.snapshot.files.get(asked.path)?.lines ?? indexLines('');
}
