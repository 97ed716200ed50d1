/** Links and code actions that lead to the client's commands about a flag. The commands ask before they do anything. */

import * as lsp from 'vscode-languageserver';
import { diagnostics } from '../core/features/diagnostics.ts';
import { subjectAt } from '../core/features/subject.ts';
import { printable } from '../core/flags/rollout/describe.ts';
import { flagsOf } from '../core/flags/verdicts/flagIndex.ts';
import { snapshotAt } from '../core/flags/verdicts/projects.ts';
import { linkDestination } from '../core/markdown/write.ts';
import type { Span } from '../core/text.ts';
import { creatableIn } from '../sources/actions/offers.ts';
import type { Asked, Session } from './session.ts';
import { toDiagnostic } from './toProtocol.ts';

/** Behind a hover's last line, as Markdown. */
export function commandLinks(asked: Asked, key: string): string {
  const uri = asked.addresses.uriOf(asked.path);
  const isDefined = flagsOf(snapshotAt(asked.addresses.snapshot, asked.path), key).length > 0;
  const first = isDefined ? ['Change…', 'flagbook.changeFlag'] : ['Create…', 'flagbook.createFlag'];
  const links = [
    ...(isDefined || titlesOfCreating(asked, key).length > 0 ? [link(first[0]!, first[1]!, [key, uri])] : []),
    link('Copy key', 'flagbook.copyFlagKey', [key]),
  ];
  return ` · ${links.join(' · ')}`;
}

function link(text: string, command: string, given: readonly string[]): string {
  return `[${text}](${linkDestination(`command:${command}?${encodeURIComponent(printable(JSON.stringify(given)))}`)})`;
}

/** Creating an unknown flag where it is checked; changing a known one, offered only to who asks for a menu and not as a light bulb. */
export function flagCodeActions(
  session: Session,
  asked: Asked,
  range: Span,
  context: lsp.CodeActionContext,
): readonly lsp.CodeAction[] {
  const { addresses, path } = asked;
  const uri = addresses.uriOf(path);
  const actions: lsp.CodeAction[] = [];
  for (const diagnostic of diagnostics(addresses.snapshot, path)) {
    if (diagnostic.code !== 'unknown-flag' || diagnostic.span.start > range.end || diagnostic.span.end < range.start)
      continue;
    const key = keyAt(asked, diagnostic.span.start);
    const shown = toDiagnostic(addresses, path, diagnostic, session.settings);
    if (key === null || shown === null) continue;
    for (const title of titlesOfCreating(asked, key)) {
      const command = { title, command: 'flagbook.createFlag', arguments: [key, uri] };
      actions.push({ title: printable(title), kind: lsp.CodeActionKind.QuickFix, diagnostics: [shown], command });
    }
  }
  const key = keyAt(asked, range.start);
  if (context.triggerKind === lsp.CodeActionTriggerKind.Automatic || key === null) return actions;
  if (flagsOf(snapshotAt(addresses.snapshot, path), key).length === 0) return actions;
  const title = `Change flag ${printable(key)}…`;
  const command = { title, command: 'flagbook.changeFlag', arguments: [key, uri] };
  return [...actions, { title, kind: lsp.CodeActionKind.Refactor, command }];
}

function keyAt({ addresses, path }: Asked, offset: number): string | null {
  const subject = subjectAt(addresses.snapshot, path, offset);
  if (subject?.kind === 'check') return subject.check.key;
  return subject?.kind === 'flag' ? subject.flag.key : null;
}

/** One action whatever the number of servers: the command lets the user choose. */
function titlesOfCreating({ folder, addresses, path }: Asked, key: string): readonly string[] {
  const sources = folder.project.servers?.sources() ?? [];
  const offers = creatableIn({ snapshot: snapshotAt(addresses.snapshot, path), sources }, key);
  if (offers.length === 0) return [];
  const services = [...new Set(offers.map(offer => offer.title.replace(/^Create in /, '')))];
  return [`Create ${key} in ${services.length === 1 ? services[0] : 'a flag server…'}`];
}
