// Paints what the server names into the open editors. Decorations and not semantic tokens, because of those VS Code takes one
// provider only, and it would be us or the language's own. Stale and unknown differ from the rest in shape, not in colour alone.
import {
  DecorationRangeBehavior,
  type DecorationRenderOptions,
  type Disposable,
  OverviewRulerLane,
  Range,
  type TextEditor,
  type TextEditorDecorationType,
  ThemeColor,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import {
  type DecorationStyle,
  DecorationsNotification,
  type DecorationsParams,
} from '../../server/src/lsp/protocol.ts';
import { readSettings } from './clientOptions.ts';

export interface Decorations extends Disposable {
  readonly of: (uri: Uri) => DecorationsParams | undefined;
}

export function createDecorations(client: BaseLanguageClient): Decorations {
  const types = new Map<DecorationStyle, TextEditorDecorationType>();
  for (const [style, options] of Object.entries(looks) as [DecorationStyle, DecorationRenderOptions][]) {
    types.set(style, window.createTextEditorDecorationType({ ...options, rangeBehavior }));
  }
  const byDocument = new Map<string, DecorationsParams>();

  const paint = (editor: TextEditor) => {
    const params = byDocument.get(editor.document.uri.toString());
    // Of an older version: the editor has moved what is painted along with the text, and the server's next word is on its way.
    if (params === undefined || params.version !== editor.document.version) return;
    const { enabled } = readSettings().inline;
    for (const [style, type] of types) {
      const ranges = enabled ? params.decorations.filter(decoration => decoration.style === style) : [];
      editor.setDecorations(
        type,
        ranges.map(({ range: { start, end } }) => new Range(start.line, start.character, end.line, end.character)),
      );
    }
  };
  const paintAll = () => window.visibleTextEditors.forEach(paint);
  const clear = () => {
    byDocument.clear();
    for (const editor of window.visibleTextEditors) for (const type of types.values()) editor.setDecorations(type, []);
  };

  const subscriptions: readonly Disposable[] = [
    ...types.values(),
    client.onNotification(DecorationsNotification, (params: DecorationsParams) => {
      const uri = client.protocol2CodeConverter.asUri(params.uri).toString();
      byDocument.set(uri, params);
      for (const editor of window.visibleTextEditors) if (editor.document.uri.toString() === uri) paint(editor);
    }),
    // Without a server nobody would mend what an edit makes wrong.
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped) clear();
    }),
    window.onDidChangeVisibleTextEditors(paintAll),
    workspace.onDidCloseTextDocument(document => void byDocument.delete(document.uri.toString())),
    workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration('flagbook.inline.enabled')) paintAll();
    }),
  ];
  return {
    of: uri => byDocument.get(uri.toString()),
    dispose: () => subscriptions.forEach(subscription => void subscription.dispose()),
  };
}

/** What is typed beside a check is not part of it. */
const rangeBehavior = DecorationRangeBehavior.ClosedClosed;

const looks: Readonly<Record<DecorationStyle, DecorationRenderOptions>> = {
  // The line below shows in high-contrast themes, whose backgrounds are none.
  check: {
    backgroundColor: new ThemeColor('flagbook.checkBackground'),
    borderColor: new ThemeColor('flagbook.checkBorder'),
    borderStyle: 'solid',
    borderWidth: '0 0 1px 0',
  },
  stale: {
    backgroundColor: new ThemeColor('flagbook.checkBackground'),
    borderColor: new ThemeColor('flagbook.staleUnderline'),
    borderStyle: 'dotted',
    borderWidth: '0 0 2px 0',
    overviewRulerColor: new ThemeColor('flagbook.staleUnderline'),
    overviewRulerLane: OverviewRulerLane.Right,
  },
  unknown: {
    borderColor: new ThemeColor('flagbook.unknownBorder'),
    borderStyle: 'dashed',
    borderWidth: '1px',
    borderRadius: '3px',
  },
  runbook: { color: new ThemeColor('flagbook.runbookForeground') },
  incident: { color: new ThemeColor('flagbook.incidentForeground') },
};
