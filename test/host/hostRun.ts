// One run of host tests in one VS Code, the same for the browser build and the desktop build.

export interface HostRun {
  /** The profile's name. */
  readonly name: string;
  /** The folder, or .code-workspace file, to open. */
  readonly workspace: string;
  /** The folder of the extension under test. */
  readonly extension: string;
  /** The tests' entry script. */
  readonly entry: string;
  /** An empty folder for VS Code's own data. */
  readonly home: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly workspaceTrust: 'off' | 'ask';
  readonly environment: Readonly<Record<string, string>>;
  /** In milliseconds. */
  readonly timeout: number;
}
