/** Signing in over the protocol: which servers there are, trying a token that the client holds, writing a server into flagbook.json. */
import type * as lsp from 'vscode-languageserver';
import { sourceHealth } from '../core/flags/verdicts/flagSource.ts';
import { CONFIG_PATH } from '../core/hostSetup.ts';
import { indexLines } from '../core/text.ts';
import { serverEdits } from '../sources/actions/configEdit.ts';
import type { ConfiguredSource } from '../sources/flag-servers/configured.ts';
import { serverName } from '../sources/flag-servers/mapping.ts';
import { allFlagServices, serviceOf } from '../sources/flag-servers/registry.ts';
import { failureText, RequestFailed } from '../sources/http/http.ts';
import { applyEdits } from './flagActions.ts';
import {
  type AddFlagServerParams,
  AddFlagServerRequest,
  type FlagServer,
  FlagServersRequest,
  type FlagServersResult,
  type TrySignInParams,
  TrySignInRequest,
  type TrySignInResult,
} from './protocolOfActions.ts';
import type { Session } from './session.ts';
import { toRange } from './toProtocol.ts';

/** Registers the requests. */
export function registerFlagServers(connection: lsp.Connection, session: Session): void {
  connection.onRequest<FlagServersResult, void>(FlagServersRequest, async () => ({
    servers: serversOf(session),
    services: (await allFlagServices()).map(service => ({
      system: service.kind,
      title: service.title,
      defaultUrl: service.defaultUrl,
      projectWord: service.projectWord,
      permission: service.permission,
      tokenPage: service.tokenPage ?? null,
      actingPermission: service.actions?.permission ?? null,
    })),
    folders: session.folders().flatMap(folder => (folder.project.servers === null ? [] : (folder.root ?? []))),
  }));
  connection.onRequest<TrySignInResult, void>(TrySignInRequest, (params: TrySignInParams) =>
    trySignIn(session, params),
  );
  connection.onRequest<string | null, void>(AddFlagServerRequest, async (params: AddFlagServerParams) => {
    const folder = session.folders().find(each => each.root === params.folder);
    if (folder === undefined) return null;
    const addresses = session.snapshotOf(folder);
    const text = addresses.snapshot.files.get(CONFIG_PATH)?.text;
    const uri = addresses.uriOf(CONFIG_PATH);
    // A file that is not there yet is the client's to make.
    if (text === undefined) return null;
    const edits = await serverEdits(text, params);
    if (edits.length === 0) return uri;
    const version = session.documents().find(document => document.uri === uri)?.version ?? null;
    const lines = indexLines(text);
    const rangeOf = (span: Parameters<typeof toRange>[1]) => toRange(lines, span);
    return (await applyEdits(connection, { uri, version }, edits, rangeOf, 'Add a flag server')) ? uri : null;
  });
}

function serversOf(session: Session): readonly FlagServer[] {
  const found = new Map<string, FlagServer>();
  for (const folder of session.folders()) {
    const { sources } = session.snapshotOf(folder).snapshot;
    for (const { service, target, origin } of folder.project.servers?.sources() ?? []) {
      const { kind: system, title } = service;
      const state = sources.find(each => each.system === system && each.server === serverName(target));
      const health = state === undefined ? 'not asked yet' : sourceHealth(state);
      const { url, project } = target;
      found.set(`${system} ${serverName(target)}`, { system, title, url, origin, project, health });
    }
  }
  return [...found.values()];
}

/** One whole reading, so that everything the token may not read is known by name. */
async function trySignIn(session: Session, { system, url, project }: TrySignInParams): Promise<TrySignInResult> {
  const failed = (reason: string, denied = false): TrySignInResult => ({ kind: 'failed', reason, denied });
  const service = await serviceOf(system);
  const origin = originOf(url);
  const poller = session.folders().find(folder => folder.project.servers !== null)?.project.servers;
  if (service === undefined || origin === null) return failed('That is not the address of a flag server.');
  if (!poller) return failed('Nobody is asked here: open a folder of this machine, and trust it.');
  const target = configuredTarget(session, { system, url, project }) ?? { url, project, environments: [] };
  try {
    const client = await poller.clientOf({ service, target, origin });
    const reading = service.map(await service.fetch(client, target), { ...target, now: Date.now() });
    if (reading.flags === null) {
      return failed(failureText({ kind: 'shape', what: reading.problem ?? 'unknown' }, service.title, origin));
    }
    return { kind: 'ok', flags: reading.flags.length, gaps: [...client.gaps].sort() };
  } catch (error) {
    if (!(error instanceof RequestFailed)) return failed(`${service.title} at ${origin} could not be asked.`);
    const { kind } = error.failure;
    const denied = kind === 'unauthorized' || kind === 'forbidden';
    if (kind === 'forbidden') {
      return failed(
        `${service.title} at ${origin} does not let this token read flags. It needs ${service.permission}.`,
        true,
      );
    }
    if (kind === 'unauthorized') {
      return failed(`${service.title} at ${origin} does not accept this token. It needs ${service.permission}.`, true);
    }
    return failed(failureText(error.failure, service.title, origin), denied);
  }
}

function configuredTarget(session: Session, asked: TrySignInParams): ConfiguredSource['target'] | undefined {
  const all = session.folders().flatMap(folder => folder.project.servers?.sources() ?? []);
  return all.find(
    ({ service, target }) =>
      service.kind === asked.system && target.url === asked.url && target.project === asked.project,
  )?.target;
}

function originOf(url: string): string | null {
  try {
    const { origin, protocol } = new URL(url);
    return protocol === 'https:' || protocol === 'http:' ? origin : null;
  } catch {
    return null;
  }
}
