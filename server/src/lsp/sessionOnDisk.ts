/** All that a server in a Node process loads once it has answered `initialize`: a bundle of its own (see `esbuild.mjs`). */
export { openSession } from './opening.ts';
export { surroundingsOnDisk } from './surroundingsOnDisk.ts';
