// A file system that exists in no folder of this machine: what a virtual workspace (a repository opened from the web, say) is to VS Code.
import * as vscode from 'vscode';

/** The scheme of the `virtual` profile's workspace folder. */
export const virtualScheme = 'flagbook-test';

/** Registers `files` (absolute path to text) under `virtualScheme`, read-only. */
export function registerReadOnlyFiles(files: Readonly<Record<string, string>>): vscode.Disposable {
  const changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const readOnly = (): never => {
    throw vscode.FileSystemError.NoPermissions('read-only');
  };
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changes.event,
    watch: () => new vscode.Disposable(() => {}),
    stat: uri => {
      const text = files[uri.path];
      if (text !== undefined) {
        return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: Buffer.byteLength(text) };
      }
      if (entriesOf(files, uri.path).length === 0) throw vscode.FileSystemError.FileNotFound(uri);
      return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    },
    readDirectory: uri => entriesOf(files, uri.path),
    readFile: uri => {
      const text = files[uri.path];
      if (text === undefined) throw vscode.FileSystemError.FileNotFound(uri);
      return Buffer.from(text);
    },
    createDirectory: readOnly,
    writeFile: readOnly,
    delete: readOnly,
    rename: readOnly,
  };
  return vscode.workspace.registerFileSystemProvider(virtualScheme, provider, { isReadonly: true });
}

function entriesOf(files: Readonly<Record<string, string>>, folder: string): [string, vscode.FileType][] {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  const entries = new Map<string, vscode.FileType>();
  for (const path of Object.keys(files)) {
    if (!path.startsWith(prefix)) continue;
    const [name = '', ...deeper] = path.slice(prefix.length).split('/');
    entries.set(name, deeper.length > 0 ? vscode.FileType.Directory : vscode.FileType.File);
  }
  return [...entries];
}
