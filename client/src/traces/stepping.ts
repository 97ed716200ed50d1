// Going through a trace frame by frame: the row in the view, the line in the editor, painted so that it is found at a glance.
import {
  type DecorationOptions,
  type Disposable,
  l10n,
  OverviewRulerLane,
  Range,
  type TextEditor,
  TextEditorRevealType,
  ThemeColor,
  type Uri,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { TraceNode } from '../../../server/src/lsp/protocol.ts';
import type { TraceStore } from './store.ts';
import type { TraceView } from './view.ts';

export interface Stepping extends Disposable {
  /** The next frame of one's own, towards the callers, or the one before; the first time the one to look at first. */
  readonly next: () => Promise<void>;
  readonly previous: () => Promise<void>;
  readonly goTo: (id: string) => Promise<void>;
  /** The frame that is shown, if one is. */
  readonly current: () => TraceNode | null;
  /** Opens a document at a 1-based line and paints the line. `note` is written behind it. */
  readonly reveal: (uri: Uri, line: number, column: number, note: string) => Promise<void>;
}

interface Painted {
  readonly uri: string;
  readonly options: DecorationOptions;
}

export function createStepping(client: BaseLanguageClient, store: TraceStore, view: TraceView): Stepping {
  const look = window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new ThemeColor('flagbook.traceLineBackground'),
    borderColor: new ThemeColor('flagbook.traceLineBorder'),
    borderStyle: 'solid',
    borderWidth: '0 0 0 3px',
    overviewRulerColor: new ThemeColor('flagbook.traceLineBorder'),
    overviewRulerLane: OverviewRulerLane.Full,
  });
  let current: string | null = null;
  let painted: Painted | null = null;
  let isStale = false;

  const paint = (editor: TextEditor) => {
    const isHere = painted !== null && painted.uri === editor.document.uri.toString();
    editor.setDecorations(look, isHere ? [painted!.options] : []);
  };
  const paintAll = () => window.visibleTextEditors.forEach(paint);
  const unpaint = () => {
    painted = null;
    paintAll();
  };

  const reveal = async (uri: Uri, line: number, column: number, note: string) => {
    const document = await workspace.openTextDocument(uri);
    const at = document.validatePosition(document.lineAt(Math.min(line, document.lineCount) - 1).range.start);
    const cursor = document.validatePosition(at.translate(0, Math.max(0, column - 1)));
    const after = { contentText: note, margin: '0 0 0 3em', color: new ThemeColor('editorCodeLens.foreground') };
    painted = { uri: uri.toString(), options: { range: new Range(at, at), renderOptions: { after } } };
    const editor = await window.showTextDocument(document, { selection: new Range(cursor, cursor) });
    editor.revealRange(new Range(at, at), TextEditorRevealType.InCenterIfOutsideViewport);
    paintAll();
  };

  const goTo = async (id: string) => {
    // Lines may have moved under the hands of whoever edits.
    if (isStale) await store.refresh();
    isStale = false;
    const node = store.node(id);
    if (node?.open === undefined || node.open === null) return;
    current = id;
    const { start } = node.open.range;
    const steps = store.steps();
    const count = l10n.t('frame {0} of {1}', steps.findIndex(step => step.id === id) + 1, steps.length);
    // What became of the line, and the flags: the place itself is where one is.
    const note = [count, ...(node.description?.split(' · ').slice(1) ?? [])].join(' · ');
    await view.reveal(node);
    await reveal(client.protocol2CodeConverter.asUri(node.open.uri), start.line + 1, start.character + 1, note);
  };
  const go = async (by: 1 | -1) => {
    const steps = store.steps();
    const at = steps.findIndex(step => step.id === current);
    const target = at < 0 ? firstOf(steps) : steps[at + by];
    if (target !== undefined) return goTo(target.id);
    const last =
      by === 1 ? l10n.t('This is the last frame of your code.') : l10n.t('This is the first frame of your code.');
    if (steps.length > 0) window.setStatusBarMessage(last, 3000);
  };

  const subscriptions: readonly Disposable[] = [
    look,
    window.onDidChangeVisibleTextEditors(paintAll),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && document.uri.scheme !== 'output') isStale = true;
    }),
    store.onDidChange(trace => {
      // The same trace, analysed again, keeps its place.
      if (trace !== null && current !== null && store.node(current) !== undefined) return;
      current = null;
      unpaint();
    }),
  ];
  return {
    next: () => go(1),
    previous: () => go(-1),
    goTo,
    current: () => (current === null ? null : (store.node(current) ?? null)),
    reveal,
    dispose: () => subscriptions.forEach(subscription => void subscription.dispose()),
  };
}

function firstOf(steps: readonly TraceNode[]): TraceNode | undefined {
  return steps.find(step => step.culprit) ?? steps[0];
}
