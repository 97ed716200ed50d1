// Acting on a flag: what is offered is the server's business, asking the user is this file's. Nothing is done without an answer.
import { commands, env, l10n, ProgressLocation, Uri, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type FlagActionOffer,
  type FlagActionsParams,
  FlagActionsRequest,
  type FlagActionsResult,
  type PerformActionParams,
  PerformActionRequest,
  type PerformActionResult,
  type UndoActionParams,
  UndoActionRequest,
} from '../../server/src/lsp/protocolOfActions.ts';

/** Lets the user choose among what can be done to a flag. */
export async function changeFlag(client: BaseLanguageClient, flag: FlagActionsParams): Promise<void> {
  const { offers, pages } = await client.sendRequest<FlagActionsResult>(FlagActionsRequest, flag);
  if (offers.length === 0) {
    const page = pages[0];
    const open = l10n.t('Open Its Page');
    const message = l10n.t(
      '{0} can not be changed from here: no flag server or file that Flagbook can change defines it.',
      flag.key,
    );
    const choice = await window.showInformationMessage(message, ...(page === undefined ? [] : [open]));
    if (choice === open && page !== undefined) await openPage(page.url);
    return;
  }
  const items = offers.map(offer => ({
    label: `$(${ICONS[offer.kind]}) ${offer.title}`,
    description: offer.where,
    ...(offer.now === null ? {} : { detail: l10n.t('now: {0}', offer.now) }),
    offer,
  }));
  const chosen = await window.showQuickPick(items, {
    title: flag.key,
    placeHolder: l10n.t('What should be done? Flag servers are asked only after you confirm.'),
    matchOnDescription: true,
  });
  if (chosen !== undefined) await take(client, flag, chosen.offer);
}

/** Makes a flag of a key that nothing defines. */
export async function createFlag(client: BaseLanguageClient, flag: FlagActionsParams): Promise<void> {
  const all = (await client.sendRequest<FlagActionsResult>(FlagActionsRequest, flag)).offers;
  const offers = all.filter(offer => offer.kind === 'create');
  if (offers.length === 0) {
    window.showInformationMessage(l10n.t('No flag server here can create {0}: sign in to one first.', flag.key));
    return;
  }
  const items = offers.map(offer => ({ label: offer.title, description: offer.where, offer }));
  const chosen = items.length === 1 ? items[0] : await window.showQuickPick(items, { title: flag.key });
  if (chosen !== undefined) await take(client, flag, chosen.offer);
}

/** Opens the flag's page in its system. */
export async function openFlagPage(client: BaseLanguageClient, flag: FlagActionsParams): Promise<void> {
  const { pages } = await client.sendRequest<FlagActionsResult>(FlagActionsRequest, flag);
  if (pages.length === 0) {
    window.showInformationMessage(l10n.t('No flag system here has a page for {0}.', flag.key));
    return;
  }
  const items = pages.map(({ title, url }) => ({ label: title, description: url, url }));
  const chosen = items.length === 1 ? items[0] : await window.showQuickPick(items, { title: flag.key });
  if (chosen !== undefined) await openPage(chosen.url);
}

const ICONS: Readonly<Record<FlagActionOffer['kind'], string>> = {
  turn: 'circle-large-outline',
  percentage: 'color-mode',
  'mark-stale': 'history',
  'unmark-stale': 'history',
  archive: 'archive',
  revive: 'discard',
  create: 'add',
};

async function take(client: BaseLanguageClient, flag: FlagActionsParams, offer: FlagActionOffer): Promise<void> {
  const percentage = offer.percentage === null ? null : await askForPercentage(flag.key, offer);
  if (percentage === undefined || !(await confirm(offer, percentage))) return;
  const params: PerformActionParams = { ...flag, id: offer.id, folder: offer.folder, percentage };
  const options = { location: ProgressLocation.Window, title: l10n.t('Changing {0}…', flag.key) };
  const result = await window.withProgress(options, () =>
    client.sendRequest<PerformActionResult>(PerformActionRequest, params),
  );
  await tell(client, result);
}

async function askForPercentage(key: string, offer: FlagActionOffer): Promise<number | undefined> {
  const text = await window.showInputBox({
    title: `${key}: ${offer.title.replace(/…$/, '')}`,
    prompt: l10n.t('From 0 to 100, in {0}.', offer.where),
    value: offer.percentage?.now == null ? '' : String(offer.percentage.now),
    validateInput: given => (percentageOf(given) === null ? l10n.t('A number from 0 to 100') : null),
  });
  return text === undefined ? undefined : (percentageOf(text) ?? undefined);
}

function percentageOf(text: string): number | null {
  const match = /^\s*(\d{1,3}(?:[.,]\d{1,3})?)\s*%?\s*$/.exec(text);
  const value = match === null ? Number.NaN : Number(match[1]!.replace(',', '.'));
  return value >= 0 && value <= 100 ? value : null;
}

/** A dialog that names the flag, the system and the environment. A file needs none: its editor takes back what it did. */
async function confirm(offer: FlagActionOffer, percentage: number | null): Promise<boolean> {
  if (offer.question === null) return true;
  const now = offer.now === null ? [] : [l10n.t('Now: {0}', offer.now)];
  // Whoever reads only the button knows what it does.
  const accept = offer.title.replace(/…$/, '');
  const question = offer.question.replace('$PERCENTAGE', () => String(percentage));
  const detail = [offer.where, ...now].join('\n');
  return (await window.showWarningMessage(question, { modal: true, detail }, accept)) === accept;
}

async function tell(client: BaseLanguageClient, result: PerformActionResult): Promise<void> {
  if (result.kind === 'failed') {
    const signIn = l10n.t('Sign In…');
    const choice = await window.showErrorMessage(result.reason, ...(/token/.test(result.reason) ? [signIn] : []));
    if (choice === signIn) await commands.executeCommand('flagbook.signIn');
    return;
  }
  const { message, undo, file } = result;
  const back = l10n.t('Undo');
  const show = l10n.t('Show');
  const choice = await window.showInformationMessage(
    message,
    ...(undo === null ? [] : [back]),
    ...(file === null ? [] : [show]),
  );
  if (choice === show && file !== null) await window.showTextDocument(client.protocol2CodeConverter.asUri(file));
  if (choice !== back || undo === null) return;
  const params: UndoActionParams = { undo };
  await tell(client, await client.sendRequest<PerformActionResult>(UndoActionRequest, params));
}

async function openPage(url: string): Promise<void> {
  if (/^https?:\/\//i.test(url)) await env.openExternal(Uri.parse(url));
}
