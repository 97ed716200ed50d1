/** `flagbook lsp --stdio`: the language server, for any editor. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Command } from 'commander';
import { UnusableInput } from '../failure.ts';

export function addLsp(program: Command): void {
  program
    .command('lsp')
    .summary('the language server, for any editor')
    .description('Speaks the Language Server Protocol until the editor closes the connection.')
    .option('--stdio', 'over standard input and output')
    .option('--node-ipc', "over Node's own channel, for a parent that is a Node program")
    .option('--clientProcessId <id>', 'end when this process does; editors hand it over')
    .addHelpText(
      'after',
      `
Example (Neovim 0.11 or newer):
  vim.lsp.config('flagbook', { cmd = { 'flagbook', 'lsp', '--stdio' }, root_markers = { '.git' } })
  vim.lsp.enable('flagbook')`,
    )
    .action((flags: { stdio?: boolean; nodeIpc?: boolean }) => {
      if (!flags.stdio && !flags.nodeIpc) {
        throw new UnusableInput('lsp: say how to talk to the editor: flagbook lsp --stdio');
      }
      // A program of its own, which serves as soon as it is loaded: no other command should have to read it.
      createRequire(__filename)(join(__dirname, '..', 'server', 'server.js'));
    });
}
