/** `flagbook lsp --stdio`: the language server, for any editor. */
import type { Command } from 'commander';
import { UnusableInput } from '../failure.ts';
import { wasmDirectory } from '../openProject.ts';

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
    .action(async (flags: { stdio?: boolean; nodeIpc?: boolean }) => {
      if (!flags.stdio && !flags.nodeIpc) {
        throw new UnusableInput('lsp: say how to talk to the editor: flagbook lsp --stdio');
      }
      const { serveProcess } = await import('../../lsp/serveProcess.ts');
      serveProcess(wasmDirectory());
    });
}
