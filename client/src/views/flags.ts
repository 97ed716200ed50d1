// The Flags view: every flag, its state, and the checks below it, arranged as the user likes it in this workspace.
import { commands, type Disposable, l10n, type Memento, QuickPickItemKind, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type FlagRowsParams,
  FlagRowsRequest,
  type FlagRowsResult,
  type FlagsViewParams,
  FlagsViewRequest,
  type FlagTooltipParams,
  FlagTooltipRequest,
  type FlagTooltipResult,
  type ViewNode,
} from '../../../server/src/lsp/protocol.ts';
import { createNodesView, type NodesView } from './nodes.ts';

export interface FlagsView extends NodesView {
  /** What a row tells when the mouse rests on it, as Markdown. */
  readonly tooltip: (node: ViewNode) => Promise<string | null>;
  /** Arranges the flags; what is left out stays as it was. */
  readonly arrange: (arrangement: FlagsViewParams) => Promise<void>;
  /** Asks the user what to group by. */
  readonly chooseGrouping: () => Promise<void>;
  /** Asks the user for words; the view follows while they are typed. */
  readonly askForFilter: () => void;
  /** What stands below the row of a flag. */
  readonly children: (node: ViewNode) => Promise<FlagRowsResult>;
}

type Arrangement = Required<Omit<FlagsViewParams, 'below'>>;
type Grouping = NonNullable<FlagsViewParams['groupBy']>;

const memory = 'flagbook.flagsView';
const filteredKey = 'flagbook.flagsFiltered';

/** `state` keeps the arrangement for the workspace. */
export function createFlagsView(client: BaseLanguageClient, state: Memento): FlagsView {
  let arrangement: Arrangement = {
    groupBy: 'verdict',
    filter: '',
    ...state.get<FlagsViewParams>(memory),
  };
  const tooltip = async ({ key, kind, open }: ViewNode): Promise<FlagTooltipResult> => {
    if (key === null || kind !== 'flag') return null;
    const params: FlagTooltipParams = { key, uri: open?.uri ?? null };
    return client.sendRequest<FlagTooltipResult>(FlagTooltipRequest, params);
  };
  const children = async ({ id, key, open }: ViewNode): Promise<FlagRowsResult> => {
    const params: FlagRowsParams = { id, key: key ?? '', uri: open?.uri ?? null };
    return client.sendRequest<FlagRowsResult>(FlagRowsRequest, params);
  };
  const view = createNodesView(client, {
    id: 'flagbook.flags',
    tooltip,
    request: FlagsViewRequest,
    params: () => ({ ...arrangement, below: 'asked' }),
    children,
    filledKey: 'flagbook.hasFlags',
  });
  const tell = () => {
    const grouping = arrangement.groupBy === 'verdict' ? [] : [groupings()[arrangement.groupBy]];
    const filter = arrangement.filter === '' ? [] : [l10n.t('filtered: {0}', arrangement.filter)];
    view.describe([...grouping, ...filter].join(' · '));
    void commands.executeCommand('setContext', filteredKey, arrangement.filter !== '');
  };
  const arrange = async (change: FlagsViewParams) => {
    arrangement = { ...arrangement, ...change };
    tell();
    await Promise.all([state.update(memory, arrangement), view.refresh()]);
  };
  tell();
  return {
    ...view,
    dispose: () => void view.dispose(),
    tooltip,
    children,
    arrange,
    chooseGrouping: async () => {
      const items = Object.entries(groupings()).map(([groupBy, label]) => ({
        label,
        description: groupBy === arrangement.groupBy ? l10n.t('now') : '',
        kind: QuickPickItemKind.Default,
        groupBy: groupBy as Grouping,
      }));
      const chosen = await window.showQuickPick(items, { placeHolder: l10n.t('Group flags') });
      if (chosen !== undefined) await arrange({ groupBy: chosen.groupBy });
    },
    askForFilter: () => askForWords(arrangement.filter, filter => void arrange({ filter })),
  };
}

function groupings(): Readonly<Record<Grouping, string>> {
  return {
    verdict: l10n.t('by verdict'),
    system: l10n.t('by system'),
    owner: l10n.t('by owner'),
    directory: l10n.t('by directory'),
  };
}

/** Escape takes back what was typed. */
function askForWords(before: string, follow: (words: string) => void): void {
  const input = window.createInputBox();
  input.title = l10n.t('Filter flags');
  input.placeholder = l10n.t('Words of the key, description, owner, tag, system, state or verdict');
  input.value = before;
  let accepted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const parts: readonly Disposable[] = [
    input,
    input.onDidChangeValue(words => {
      clearTimeout(timer);
      timer = setTimeout(() => follow(words.trim()), 150);
    }),
    input.onDidAccept(() => {
      accepted = true;
      input.hide();
    }),
    input.onDidHide(() => {
      clearTimeout(timer);
      follow(accepted ? input.value.trim() : before);
      for (const part of parts) part.dispose();
    }),
  ];
  input.show();
}
