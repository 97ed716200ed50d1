// The real workbench with the packaged extension, as a person sees it: what tests do with mouse and keyboard and what they read.
// Every wait is for something visible; nothing sleeps.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { root } from '../../setup/steps.mjs';
import { launchBrowser } from '../../support/browser.ts';
import { remoteUri, startCodeServer, workbenchAddress } from '../../support/codeServer.ts';
import { demoTime } from '../../support/demoWorkspace.ts';
import { packagedExtension } from '../../support/packagedExtension.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';

export interface WorkbenchOptions {
  /** The folder (or .code-workspace file) to open. */
  readonly workspace: string;
  /** A file to open in the editor, relative to the folder. */
  readonly file?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Default `off`; `ask` opens the folder restricted. */
  readonly workspaceTrust?: 'off' | 'ask';
  /** The extension's clock (RFC 3339), so that ages do not depend on the day of the test. Default: `demoTime`. */
  readonly now?: string;
}

export interface Workbench {
  readonly page: Page;
  readonly workspace: string;
  readonly close: () => Promise<void>;
}

/** Opens a workbench with the packaged extension in a fresh VS Code; resolves when the file's editor (or the window) is there. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { workspace, file } = options;
  const server = await startCodeServer({
    home: makeTemporaryFolder('ui'),
    purpose: 'workbench',
    settings: { ...steadySettings, ...options.settings },
    workspaceTrust: options.workspaceTrust ?? 'off',
    environment: { FLAGBOOK_NOW: options.now ?? demoTime },
    extensions: [packagedExtension()],
  });
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    await server.stop();
  };
  try {
    browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1.5 });
    const openFile =
      file === undefined ? [] : [['openFile', remoteUri(server.authority, join(workspace, file))] as const];
    await page.goto(workbenchAddress(server.authority, workspace, openFile));
    const workbench = { page, workspace, close };
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    if (file !== undefined) await waitForEditor(workbench, file);
    return workbench;
  } catch (error) {
    await close();
    throw error;
  }
}

/** Waits until `file` is the shown editor and its text is painted. */
export async function waitForEditor({ page }: Workbench, file: string): Promise<void> {
  const tab = page.locator('.tabs-container .tab.active', { hasText: basename(file) });
  await tab.waitFor({ timeout: 60_000 });
  await page.locator('.editor-group-container.active .view-line').first().waitFor({ timeout: 60_000 });
}

/** Waits for `text` in a line of the editor, inlay hints included, and returns the whole line's text with plain spaces. */
export async function waitForEditorText({ page }: Workbench, text: string | RegExp): Promise<string> {
  const line = page.locator('.editor-group-container.active .view-line', { hasText: withHardSpaces(text) }).first();
  await line.waitFor({ timeout: 60_000 });
  return plain((await line.textContent()) ?? '');
}

/** Waits until no line of the editor has `text`, inlay hints included. */
export async function waitForEditorWithoutText({ page }: Workbench, text: string | RegExp): Promise<void> {
  const line = page.locator('.editor-group-container.active .view-line', { hasText: withHardSpaces(text) }).first();
  await line.waitFor({ state: 'detached', timeout: 60_000 });
}

/** Shows a container of the activity bar by its title and returns its side bar. */
export async function showViews({ page }: Workbench, title: string): Promise<Locator> {
  // The label goes on with the badge's text where there is a badge.
  // By force, because a badge lies over all of the icon; it passes the click on.
  await page.locator(`.activitybar a.action-label[aria-label^="${title}"]`).click({ force: true });
  const sideBar = page.locator('.part.sidebar', { has: page.locator('h2', { hasText: title }) });
  await sideBar.waitFor({ timeout: 30_000 });
  // Away from the icon, whose tooltip would lie over the views.
  await page.mouse.move(page.viewportSize()?.width ?? 0, 0);
  return sideBar;
}

/**
 * Hovers over a word of the shown editor, waits until the hover says `expected` (other providers may speak sooner) and has faded in,
 * and returns all it says.
 */
export async function hoverOver(workbench: Workbench, word: string, expected: string | RegExp): Promise<string> {
  const { page } = workbench;
  const hover = page.locator('.monaco-hover:not(.hidden) .monaco-hover-content', { hasText: expected }).first();
  await eventually(async () => {
    // The text may have moved meanwhile, as when something else became smaller.
    const box = await boxOfWord(workbench, word);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    // The first movement tells the editor that the mouse is there, the second that it rests on the word.
    await page.mouse.move(x + 2, y);
    await page.mouse.move(x, y);
    await hover.waitFor({ timeout: 8_000 });
  });
  // TypeScript's own part of the hover may come last, and would move the others.
  await page
    .locator('.monaco-hover:not(.hidden)', { hasText: 'Loading...' })
    .waitFor({ state: 'detached', timeout: 30_000 });
  await settled(hover);
  return plain(await hover.evaluate(element => (element as HTMLElement).innerText));
}

/** Runs a command by its title through the command palette. */
export async function runCommand(workbench: Workbench, title: string): Promise<void> {
  const input = await openQuickInput(workbench, 'F1');
  await input.fill(`>${title}`);
  await acceptFirst(workbench, input, title);
}

/** Closes every editor, as with Ctrl+K Ctrl+W. */
export async function closeEditors({ page }: Workbench): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+w');
  await page.locator('.tabs-container .tab').first().waitFor({ state: 'detached' });
}

/** Opens a file of the workspace by its relative path, as with Ctrl+P. */
export async function openFile(workbench: Workbench, file: string): Promise<void> {
  const input = await openQuickInput(workbench, 'ControlOrMeta+p');
  await input.fill(file);
  await acceptFirst(workbench, input, basename(file));
  await waitForEditor(workbench, file);
}

/** Puts the cursor on a line (1-based), as with Ctrl+G and in a column (1-based), as with Ctrl+G. */
export async function goToLine(workbench: Workbench, line: number, column = 1): Promise<void> {
  const input = await openQuickInput(workbench, 'Control+g');
  await input.fill(`:${line}:${column}`);
  await input.press('Enter');
  await input.waitFor({ state: 'hidden' });
  await workbench.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
}

/** Waits until nothing in the status bar says that it is still at work. */
export async function waitForQuietStatusBar({ page }: Workbench): Promise<void> {
  await page.locator('.part.statusbar .codicon-loading').first().waitFor({ state: 'detached', timeout: 60_000 });
}

/** Writes `out/screenshots/NAME.png` and returns its path. */
export async function takeScreenshot({ page }: Workbench, name: string): Promise<string> {
  const path = fileIn(join(root, 'out', 'screenshots'), name);
  await page.screenshot({ path, animations: 'disabled' });
  return path;
}

/** A part of the window, in its own pixels. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Takes a picture of a part of the window, for the README: `out/screenshots/NAME.png` and, with FLAGBOOK_PICTURES=write, as
 * `npm run pictures` says, client/media/pictures/NAME.png.
 */
export async function takePicture({ page }: Workbench, name: string, clip: Region): Promise<void> {
  // Scroll bars show themselves for a moment when a size changes.
  await page.locator('.part.sidebar .scrollbar.visible').first().waitFor({ state: 'detached' });
  const bytes = await page.screenshot({ clip, animations: 'disabled', caret: 'hide' });
  writeFileSync(fileIn(join(root, 'out', 'screenshots'), name), bytes);
  if (process.env.FLAGBOOK_PICTURES === 'write')
    writeFileSync(fileIn(join(root, 'client', 'media', 'pictures'), name), bytes);
}

/** Drags the border of the side bar until the side bar ends there. */
export async function widenSideBar({ page }: Workbench, end: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('There is no side bar.');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width, y);
  await page.mouse.down();
  await page.mouse.move(end - 20, y);
  await page.mouse.move(end, y);
  await page.mouse.up();
  // The border is painted for as long as the mouse is on it, and a little longer.
  await page.mouse.move(page.viewportSize()?.width ?? 0, 0);
  await page.locator('.monaco-sash.hover').first().waitFor({ state: 'detached' });
}

/** Hides the side bar, if it is there, as with Ctrl+B. */
export async function hideSideBar({ page }: Workbench): Promise<void> {
  const sideBar = page.locator('.part.sidebar');
  if (await sideBar.isVisible()) await page.keyboard.press('ControlOrMeta+b');
  await sideBar.waitFor({ state: 'hidden' });
}

/** The part of the window from its top left corner, without the status bar, that is so large. */
export function topLeft(width: number, height: number): Region {
  return { x: 0, y: 0, width, height };
}

function fileIn(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}

// What would make two pictures of the same thing differ, or hide it.
const steadySettings = {
  'editor.cursorBlinking': 'solid',
  'editor.fontSize': 13,
  'editor.minimap.enabled': false,
  'editor.hover.delay': 100,
  'editor.scrollbar.horizontal': 'hidden',
  'editor.scrollbar.vertical': 'hidden',
  'editor.stickyScroll.enabled': false,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'workbench.tips.enabled': false,
};

async function openQuickInput({ page }: Workbench, key: string): Promise<Locator> {
  await page.keyboard.press(key);
  const input = page.locator('.quick-input-widget:not([style*="display: none"]) input[type="text"]').first();
  await input.waitFor({ timeout: 30_000 });
  return input;
}

// The list is filled in steps: what is accepted is its first row once that says `text`, not a row that may be moving.
async function acceptFirst({ page }: Workbench, input: Locator, text: string): Promise<void> {
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text }).waitFor({ timeout: 60_000 });
  await input.press('Enter');
  await input.waitFor({ state: 'hidden' });
}

async function boxOfWord({ page }: Workbench, word: string) {
  const line = page.locator('.editor-group-container.active .view-line', { hasText: withHardSpaces(word) }).first();
  await line.waitFor({ timeout: 60_000 });
  const box = await line.evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const start = node.textContent?.indexOf(wanted) ?? -1;
      if (start === -1) continue;
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + wanted.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x, y, width, height };
    }
    return undefined;
  }, withHardSpaces(word));
  if (box === undefined) throw new Error(`"${word}" is in the editor, but not as one token.`);
  return box;
}

/** Does something again, a few times, while it fails: a key that is pressed while the editor is busy may be lost. */
export async function eventually(action: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      if (attempt === 4) throw error;
    }
  }
}

// Hovers fade in: their ancestors are opaque when nothing animates any more.
async function settled(locator: Locator): Promise<void> {
  await locator.evaluate(async element => {
    const shown = element.closest('.monaco-hover') ?? element;
    await Promise.all(shown.getAnimations({ subtree: true }).map(animation => animation.finished.catch(() => {})));
  });
}

// The editor paints every space as a no-break space.
function withHardSpaces(text: string): string;
function withHardSpaces(text: string | RegExp): string | RegExp;
function withHardSpaces(text: string | RegExp): string | RegExp {
  if (typeof text === 'string') return text.replaceAll(' ', '\u00a0');
  return new RegExp(text.source.replaceAll(' ', '\\s'), text.flags);
}

function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}
