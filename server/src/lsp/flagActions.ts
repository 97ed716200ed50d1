/** Acting on flags over the protocol: what can be done, doing it after the client has asked its user, and taking it back. */
import type * as lsp from 'vscode-languageserver';
import { flagsOf } from '../core/flags/verdicts/flagIndex.ts';
import { snapshotAt } from '../core/flags/verdicts/projects.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Span } from '../core/text.ts';
import { environmentText, type FlagOffer, flagOffers } from '../sources/actions/offers.ts';
import { doneText, perform } from '../sources/actions/perform.ts';
import type { ConfiguredSource } from '../sources/flag-servers/configured.ts';
import { serverName } from '../sources/flag-servers/mapping.ts';
import type { FlagAction } from '../sources/flag-servers/service.ts';
import { flagFileEdits, type Replacement } from '../sources/flag-systems/fileEdits.ts';
import type { Folder } from './folders.ts';
import {
  type FlagActionsParams,
  FlagActionsRequest,
  type FlagActionsResult,
  type PerformActionParams,
  PerformActionRequest,
  type PerformActionResult,
  type UndoActionParams,
  UndoActionRequest,
} from './protocolOfActions.ts';
import type { Session } from './session.ts';
import { rangeIn } from './toProtocol.ts';

/** So many things that were done can be taken back; the oldest are forgotten. */
const MOST_UNDO = 50;

interface Undo {
  readonly folder: Folder;
  readonly source: ConfiguredSource;
  readonly action: FlagAction;
}

/** Registers the requests. */
export function registerFlagActions(connection: lsp.Connection, session: Session): void {
  const undoable = new Map<string, Undo>();
  let count = 0;

  const onServer = async (
    folder: Folder,
    source: ConfiguredSource,
    action: FlagAction,
  ): Promise<PerformActionResult> => {
    const { servers } = folder.project;
    if (servers === null)
      return { kind: 'failed', reason: 'Nobody is asked from a restricted or a virtual workspace.' };
    const environment = environmentOf(session, folder, source, action);
    const performed = await perform(servers, source, action);
    if (performed.kind === 'failed') return performed;
    // The flag is asked for again, so that what is shown is what the service says and not what was hoped for.
    void servers.askAll(ANSWERS_LIMIT);
    const message = `${source.service.title}: ${action.key} ${doneText(action, environment)}.`;
    if (performed.undo === null) return { kind: 'done', message, undo: null, file: null };
    const undo = String(++count);
    undoable.set(undo, { folder, source, action: performed.undo });
    if (undoable.size > MOST_UNDO) undoable.delete(undoable.keys().next().value ?? '');
    return { kind: 'done', message, undo, file: null };
  };
  const inFile = async (folder: Folder, path: string, action: FlagAction): Promise<PerformActionResult> => {
    const addresses = session.snapshotOf(folder);
    const { snapshot } = addresses;
    const text = snapshot.files.get(path)?.text;
    const gone = { kind: 'failed', reason: `${path} has changed in the meantime. Look again.` } as const;
    if (text === undefined || (action.kind !== 'turn' && action.kind !== 'percentage')) return gone;
    const file = { path, text, config: snapshot.config, now: snapshot.now };
    const edits = flagFileEdits(file, action.key, action.environment, action);
    if (edits === null) {
      const reason =
        action.kind === 'percentage' ? `${path} can't hold exactly ${action.percentage}% here.` : gone.reason;
      return { kind: 'failed', reason };
    }
    const uri = addresses.uriOf(path);
    const version = session.documents().find(document => document.uri === uri)?.version ?? null;
    const rangeOf = (span: Span) => rangeIn(addresses, path, span);
    const isApplied = await applyEdits(connection, { uri, version }, edits, rangeOf, `Change ${action.key}`);
    if (!isApplied) return gone;
    const where = environmentText({ environment: action.environment });
    const message = `${action.key} ${doneText(action, where)} in ${path}, which is not saved yet.`;
    return { kind: 'done', message, undo: null, file: uri };
  };

  connection.onRequest<FlagActionsResult, void>(FlagActionsRequest, async (params: FlagActionsParams) => {
    const found = await foldersOf(session, params);
    const pages = found.flatMap(({ snapshot }) => flagsOf(snapshot, params.key));
    return {
      offers: found.flatMap(({ folder, snapshot }) =>
        offersIn(folder, snapshot, params.key).map(offer => toOffer(folder, offer)),
      ),
      pages: uniqueBy(
        pages.flatMap(({ url, system }) => (url === null ? [] : [{ title: system, url }])),
        page => page.url,
      ),
    };
  });
  connection.onRequest<PerformActionResult, void>(PerformActionRequest, async (params: PerformActionParams) => {
    const folder = session.folders().find(each => each.root === params.folder);
    const { snapshot = null } = folder === undefined ? {} : session.snapshotOf(folder);
    const offer = folder && snapshot && offersIn(folder, snapshot, params.key).find(each => each.id === params.id);
    if (folder === undefined || !offer) {
      return { kind: 'failed', reason: `${params.key} has changed in the meantime. Look again.` };
    }
    const action = actionOf(offer, params.percentage);
    if (action === null) return { kind: 'failed', reason: 'A percentage is a number from 0 to 100.' };
    if (offer.place.kind === 'server') return onServer(folder, offer.place.source, action);
    return inFile(folder, offer.place.path, action);
  });
  connection.onRequest<PerformActionResult, void>(UndoActionRequest, async ({ undo }: UndoActionParams) => {
    const known = undoable.get(undo);
    if (known === undefined || !session.folders().includes(known.folder)) {
      return { kind: 'failed', reason: 'That can no longer be taken back from here.' };
    }
    undoable.delete(undo);
    return onServer(known.folder, known.source, known.action);
  });
}

/** Nobody waits for this; it only bounds the timer, in milliseconds. */
const ANSWERS_LIMIT = 60_000;

/** Whether the client has made the edits, with one undo for all of them. */
export async function applyEdits(
  connection: lsp.Connection,
  textDocument: lsp.OptionalVersionedTextDocumentIdentifier,
  edits: readonly Replacement[],
  rangeOf: (span: Span) => lsp.Range,
  label: string,
): Promise<boolean> {
  const change = { textDocument, edits: edits.map(({ span, text }) => ({ range: rangeOf(span), newText: text })) };
  const answer = await connection.workspace.applyEdit({ label, edit: { documentChanges: [change] } });
  return answer.applied;
}

/** The servers and files of a folder that know the key, or could. */
export function offersIn(folder: Folder, snapshot: Snapshot, key: string): readonly FlagOffer[] {
  return flagOffers({ snapshot, sources: folder.project.servers?.sources() ?? [] }, key);
}

/** The folder that is meant with what is known in that file, or those that know the key. */
async function foldersOf(
  session: Session,
  { key, uri }: FlagActionsParams,
): Promise<readonly { readonly folder: Folder; readonly snapshot: Snapshot }[]> {
  const asked = uri === null ? null : await session.ask(uri);
  if (asked !== null && asked.folder.root !== null) {
    return [{ folder: asked.folder, snapshot: snapshotAt(asked.addresses.snapshot, asked.path) }];
  }
  return session
    .folders()
    .map(folder => ({ folder, snapshot: session.snapshotOf(folder).snapshot }))
    .filter(({ folder, snapshot: { flags, checks } }) => folder.root !== null && (flags.has(key) || checks.has(key)));
}

function toOffer(folder: Folder, offer: FlagOffer): FlagActionsResult['offers'][number] {
  const { id, title, where, now, percentage, question, action } = offer;
  return { id, folder: folder.root ?? '', kind: action.kind, title, where, now, percentage, question };
}

/** Null for a percentage that is none. */
function actionOf({ action }: FlagOffer, percentage: number | null): FlagAction | null {
  if (action.kind !== 'percentage') return action;
  const isOne = typeof percentage === 'number' && percentage >= 0 && percentage <= 100;
  return isOne ? { ...action, percentage } : null;
}

function environmentOf(session: Session, folder: Folder, source: ConfiguredSource, action: FlagAction): string | null {
  if (!('environment' in action)) return null;
  const { snapshot } = session.snapshotOf(folder);
  const flag = flagsOf(snapshot, action.key).find(
    each => each.system === source.service.kind && each.server === serverName(source.target),
  );
  const state = flag?.environments.find(each => each.environment === action.environment);
  return environmentText(state ?? { environment: action.environment });
}

function uniqueBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...new Map(items.map(item => [keyOf(item), item])).values()];
}
