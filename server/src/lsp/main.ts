/** The language server as a program of its own, for the extension. */
import { join } from 'node:path';
import { serveProcess } from './serveProcess.ts';

serveProcess(join(__dirname, '..', 'wasm'));
