// The shown trace as a read-only Markdown document, in the editor's own preview. Its name is the error's name and place.
import { commands, type Disposable, EventEmitter, Uri, workspace } from 'vscode';
import type { ShownTrace, TraceStore } from './store.ts';

const scheme = 'flagbook-trace';

export interface TracePage extends Disposable {
  /** Opens the page of the shown trace. */
  readonly show: () => Promise<void>;
}

export function createTracePage(store: TraceStore): TracePage {
  const pages = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const write = (trace: ShownTrace): Uri => {
    const uri = uriOf(trace);
    const text = withLinksThatPreviewFollows(trace.result.markdown);
    if (pages.get(uri.toString()) !== text) {
      pages.set(uri.toString(), text);
      changed.fire(uri);
    }
    return uri;
  };
  const subscriptions: readonly Disposable[] = [
    changed,
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: uri => pages.get(uri.toString()) ?? '',
    }),
    workspace.onDidCloseTextDocument(document => void pages.delete(document.uri.toString())),
    // A page that is open goes along with what becomes known of its trace.
    store.onDidChange(trace => {
      if (trace !== null && pages.has(uriOf(trace).toString())) write(trace);
    }),
  ];
  return {
    async show() {
      const trace = store.current();
      if (trace !== null) await commands.executeCommand('markdown.showPreview', write(trace));
    },
    dispose: () => subscriptions.forEach(subscription => void subscription.dispose()),
  };
}

/** The editor takes the last part of the path for the tab's title. */
function uriOf({ result }: ShownTrace): Uri {
  return Uri.from({ scheme, path: `/${result.title.replace(/[/\\]+/g, ' ')}.md` });
}

/** The Markdown preview follows links from the (first) folder's root, such as `/src/pay.ts#L45`, but no `file:` links. */
function withLinksThatPreviewFollows(markdown: string): string {
  const folder = workspace.workspaceFolders?.[0]?.uri.toString();
  return folder === undefined ? markdown : markdown.replaceAll(`](${folder}/`, '](/');
}
