// Signing in to flag servers: which one, whether a token may go there, the token, and whether it works. The user sees the origin
// before anything is sent, and nothing is stored before it has been tried.
import {
  commands,
  l10n,
  ProgressLocation,
  type QuickPickItem,
  QuickPickItemKind,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { TokensChangedNotification } from '../../server/src/lsp/protocol.ts';
import {
  type AddFlagServerParams,
  AddFlagServerRequest,
  FlagServersRequest,
  type FlagServersResult,
  type FlagServiceInfo,
  type TrySignInParams,
  TrySignInRequest,
  type TrySignInResult,
} from '../../server/src/lsp/protocolOfActions.ts';
import type { Secrets, TokenOwner } from './secrets.ts';
import { serverAddress } from './serverAddress.ts';
import { isReadableOnItsWay } from './unencrypted.ts';

/** A server, and whether flagbook.json names it. */
interface Chosen extends TrySignInParams {
  readonly service: FlagServiceInfo;
  readonly origin: string;
  readonly isConfigured: boolean;
}

/** Asks for everything; `argument` may be the row of a server. */
export async function signIn(client: BaseLanguageClient, secrets: Secrets, argument: unknown): Promise<void> {
  if (!workspace.isTrusted) {
    const manage = l10n.t('Manage Workspace Trust');
    const message = l10n.t('This workspace is restricted: no flag server is asked from it. Trust it first.');
    const choice = await window.showInformationMessage(message, manage);
    if (choice === manage) await commands.executeCommand('workbench.trust.manage');
    return;
  }
  const known = await client.sendRequest<FlagServersResult>(FlagServersRequest);
  if (known.folders.length === 0) {
    window.showInformationMessage(l10n.t('Open a folder of this machine first: flag servers are asked for folders.'));
    return;
  }
  const chosen = await chooseServer(known, serverOf(argument));
  if (chosen === undefined || !(await confirmOrigin(chosen))) return;
  const token = await askForToken(client, secrets, chosen);
  if (token === undefined) return;
  await secrets.store(chosen, token.token);
  await client.sendNotification(TokensChangedNotification);
  if (!chosen.isConfigured) await addToConfiguration(client, known.folders, chosen);
  await say(chosen, token.result);
}

/** Forgets the token of a server; what it said stays on the screen, marked as old. */
export async function signOut(client: BaseLanguageClient, secrets: Secrets, argument: unknown): Promise<void> {
  const owners = secrets.owners();
  const given = serverOf(argument);
  const owner = given === null ? await pickOwner(owners) : owners.find(each => isSame(each, given));
  if (owner === undefined) {
    if (owners.length === 0 || given !== null)
      window.showInformationMessage(l10n.t('No token is stored for a flag server here.'));
    return;
  }
  await secrets.forget(owner);
  if (client.isRunning()) await client.sendNotification(TokensChangedNotification);
  window.showInformationMessage(l10n.t('Signed out of {0}: its token is deleted from this editor.', owner.origin));
}

async function pickOwner(owners: readonly TokenOwner[]): Promise<TokenOwner | undefined> {
  if (owners.length === 0) return undefined;
  const items = owners.map(owner => ({ label: owner.origin, description: owner.system, owner }));
  return (await window.showQuickPick(items, { placeHolder: l10n.t('Sign out of') }))?.owner;
}

function isSame(a: TokenOwner, b: TokenOwner): boolean {
  return a.system === b.system && a.origin === b.origin;
}

/** The row of a server in the Flags view. */
function serverOf(argument: unknown): TokenOwner | null {
  if (typeof argument !== 'object' || argument === null || !('server' in argument)) return null;
  const { server } = argument as { readonly server: Partial<TokenOwner> | undefined };
  return typeof server?.system === 'string' && typeof server.origin === 'string' ? (server as TokenOwner) : null;
}

type ServerItem = QuickPickItem & { readonly choose?: () => Promise<Chosen | undefined> };

async function chooseServer(known: FlagServersResult, given: TokenOwner | null): Promise<Chosen | undefined> {
  const configured = known.servers.flatMap((server): readonly (ServerItem & { readonly owner: TokenOwner })[] => {
    const service = known.services.find(each => each.system === server.system);
    if (service === undefined) return [];
    const { system, url, origin, project } = server;
    return [
      {
        label: `$(cloud) ${server.title}`,
        description: [url, project].filter(part => part !== null).join(' · '),
        detail: server.health,
        owner: { system, origin },
        choose: async () => ({ system, url, project, service, origin, isConfigured: true }),
      },
    ];
  });
  if (given !== null) return configured.find(item => isSame(item.owner, given))?.choose?.();
  const services = known.services.map((service): ServerItem => {
    const description = service.defaultUrl ?? l10n.t('your own server');
    return { label: `$(add) ${service.title}`, description, choose: () => askForServer(service) };
  });
  const separator = (label: string): ServerItem => ({ label, kind: QuickPickItemKind.Separator });
  const items: readonly ServerItem[] = [
    ...(configured.length === 0 ? [] : [separator(l10n.t('in flagbook.json')), ...configured]),
    separator(l10n.t('another server')),
    ...services,
  ];
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Sign In to Flag Server'),
    placeHolder: l10n.t('Which flag server?'),
    matchOnDescription: true,
  });
  return chosen?.choose?.();
}

async function askForServer(service: FlagServiceInfo): Promise<Chosen | undefined> {
  const title = l10n.t('Sign In to {0}', service.title);
  const given = await window.showInputBox({
    title,
    prompt: l10n.t('The address of the server, as in its pages in the browser.'),
    value: service.defaultUrl ?? '',
    placeHolder: 'https://flags.example.com, localhost:4242',
    ignoreFocusOut: true,
    validateInput: text =>
      // An empty box is one in which nothing was typed yet.
      text.trim() !== '' && serverAddress(text) === null
        ? l10n.t('An address begins with https:// or http://, without user and password.')
        : null,
  });
  const url = given === undefined ? null : serverAddress(given);
  if (url === null) return undefined;
  let project: string | null = null;
  if (service.projectWord !== null) {
    const prompt = l10n.t('{0} needs to know the {1}.', service.title, service.projectWord);
    const answer = await window.showInputBox({ title, prompt, ignoreFocusOut: true });
    if (!answer?.trim()) return undefined;
    project = answer.trim();
  }
  const address = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  return { system: service.system, url: address, project, service, origin: url.origin, isConfigured: false };
}

/** The one question that a repository can't answer in the user's place. */
async function confirmOrigin({ service, origin, isConfigured }: Chosen): Promise<boolean> {
  const from = isConfigured ? l10n.t('The address comes from flagbook.json of this workspace.') : '';
  const warning = isReadableOnItsWay(origin)
    ? l10n.t('This address is not encrypted: whoever is on the way can read the token.')
    : '';
  const detail = [
    from,
    l10n.t('The token is kept in the secret storage of this editor and sent to this address alone.'),
    warning,
  ];
  const accept = warning === '' ? l10n.t('Continue') : l10n.t('Send It Unencrypted');
  const question = l10n.t('May a token of {0} be sent to {1}?', service.title, origin);
  const choice = await window.showWarningMessage(
    question,
    { modal: true, detail: detail.filter(line => line !== '').join('\n\n') },
    accept,
  );
  return choice === accept;
}

/** Until it works, or the user gives up. */
async function askForToken(
  client: BaseLanguageClient,
  secrets: Secrets,
  chosen: Chosen,
): Promise<{ readonly token: string; readonly result: TrySignInResult & { readonly kind: 'ok' } } | undefined> {
  const { service, origin, system, url, project } = chosen;
  let problem = '';
  for (;;) {
    const prompt = problem === '' ? whichToken(service, url) : problem;
    const given = await window.showInputBox({
      title: l10n.t('Token for {0}', origin),
      prompt,
      password: true,
      ignoreFocusOut: true,
      // What is pasted often has a line end, which no header may have.
      validateInput: text =>
        /[^\x21-\x7e]/.test(text.trim()) ? l10n.t('A token has no spaces and no other than plain characters.') : null,
    });
    const token = given?.trim();
    if (!token) return undefined;
    const params: TrySignInParams = { system, url, project };
    const ask = () => client.sendRequest<TrySignInResult>(TrySignInRequest, params);
    const options = { location: ProgressLocation.Notification, title: l10n.t('Asking {0}…', origin) };
    const result = await window.withProgress(options, () => secrets.trying({ system, origin }, token, ask));
    if (result.kind === 'ok') return { token, result };
    problem = result.reason;
  }
}

function whichToken({ permission, tokenPage }: FlagServiceInfo, url: string): string {
  if (tokenPage === null) return l10n.t('To read flags: {0}.', permission);
  return l10n.t('To read flags: {0}. Made at {1}', permission, `${url}${tokenPage}`);
}

/** Writes the new server into flagbook.json and saves it, so that it is asked. */
async function addToConfiguration(
  client: BaseLanguageClient,
  folders: readonly string[],
  { system, url, project }: Chosen,
): Promise<void> {
  const folder = folders.length === 1 ? folders[0] : await pickFolder(folders);
  if (folder === undefined) return;
  const file = Uri.joinPath(Uri.parse(folder), 'flagbook.json');
  const isThere = await Promise.resolve(workspace.fs.stat(file)).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    const entry = { kind: system, url, ...(project === null ? {} : { project }) };
    const text = `${JSON.stringify({ flagSystems: [entry] }, null, 2)}\n`;
    await workspace.fs.writeFile(file, new TextEncoder().encode(text));
    return;
  }
  const params: AddFlagServerParams = { folder, system, url, project };
  const changed = await client.sendRequest<string | null>(AddFlagServerRequest, params);
  if (changed !== null) await (await workspace.openTextDocument(file)).save();
}

async function pickFolder(folders: readonly string[]): Promise<string | undefined> {
  const items = folders.map(folder => ({ label: Uri.parse(folder).path.split('/').at(-1) ?? folder, folder }));
  return (await window.showQuickPick(items, { placeHolder: l10n.t('Whose flagbook.json names this server?') }))?.folder;
}

async function say(
  { service, origin }: Chosen,
  { flags, gaps }: TrySignInResult & { readonly kind: 'ok' },
): Promise<void> {
  const lacking =
    gaps.length === 0
      ? ''
      : ` ${l10n.t('This token may not read: {0}. Reading all of it needs {1}.', gaps.join(', '), service.permission)}`;
  const show = l10n.t('Show Flags');
  const count = flags === 1 ? l10n.t('1 flag') : l10n.t('{0} flags', flags);
  const message = l10n.t('Signed in to {0} at {1}: {2}.', service.title, origin, count) + lacking;
  const choice = await window.showInformationMessage(message, show);
  if (choice === show) await commands.executeCommand('flagbook.flags.focus');
}
