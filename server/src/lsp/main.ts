/**
 * The language server as a program of its own, for the extension. What the session needs of the packages that are here it takes from
 * this file, whose bundle is loaded before its own (see `esbuild.mjs`).
 */
import { join } from 'node:path';
import * as languageServer from 'vscode-languageserver';
import * as treeSitter from 'web-tree-sitter';
import { serveProcess } from './serveProcess.ts';

export { languageServer, treeSitter };

serveProcess(join(__dirname, '..', 'wasm'), join(__dirname, 'session.js'));
