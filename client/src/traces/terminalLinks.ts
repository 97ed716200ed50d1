// Links on single frames in terminals, whichever runtime printed them, where VS Code's own links find no file.
import { type Disposable, l10n, Range, type TerminalLink, type TerminalLinkProvider, Uri, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type TerminalLinksParams,
  TerminalLinksRequest,
  type TerminalLinksResult,
} from '../../../server/src/lsp/protocol.ts';

type Target = TerminalLinksResult['links'][number]['targets'][number];

interface FrameLink extends TerminalLink {
  readonly targets: readonly Target[];
}

/** Longer lines are data; nobody looks for a frame in them. */
const longestLine = 4000;

export function registerTerminalLinks(client: BaseLanguageClient): Disposable {
  const provider: TerminalLinkProvider<FrameLink> = {
    async provideTerminalLinks({ line, terminal }, token) {
      // A frame has an ending and a number; most lines have not, and cost nothing.
      if (!client.isRunning() || line.length > longestLine || !/\.\w.*\d/.test(line)) return [];
      const params: TerminalLinksParams = { line, cwd: terminal.shellIntegration?.cwd?.toString() ?? null };
      const result = await client.sendRequest<TerminalLinksResult>(TerminalLinksRequest, params, token);
      return result.links.map(({ start, length, targets }) => ({
        startIndex: start,
        length,
        tooltip: targets.length === 1 ? labelOf(targets[0]!) : l10n.t('{0} files fit', targets.length),
        targets,
      }));
    },
    handleTerminalLink: ({ targets }) => open(targets),
  };
  return window.registerTerminalLinkProvider(provider);
}

async function open(targets: readonly Target[]): Promise<void> {
  const items = targets.map(target => ({ label: labelOf(target), target }));
  const chosen =
    items.length === 1 ? items[0] : await window.showQuickPick(items, { title: l10n.t('Which file is meant?') });
  if (chosen === undefined) return;
  const { uri, line, column } = chosen.target;
  const at = new Range(line - 1, (column ?? 1) - 1, line - 1, (column ?? 1) - 1);
  await window.showTextDocument(Uri.parse(uri), { selection: at });
}

function labelOf({ path, line }: Target): string {
  return `${path}:${line}`;
}
