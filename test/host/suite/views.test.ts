// The two views, the status item and what the manifest promises around them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FlagbookApi } from '../../../client/src/session.ts';
import type { ViewNode } from '../../../server/src/lsp/protocol.ts';
import { type ExpectedShop, expectedShop, extension, settledFlagbook, until } from '../support/shop.ts';

describe('the views', function () {
  this.timeout(400_000);
  let api: FlagbookApi;
  let shop: ExpectedShop;
  before(async () => {
    api = await settledFlagbook();
    shop = expectedShop();
    // Rows are asked for behind the status. And VS Code keeps a document that a test has closed for up to three minutes.
    const known = new Set(shop.flags.map(flag => flag.key));
    const settled = () => {
      const rows = api.flags().nodes.flatMap(node => node.children);
      return group(api.flags().nodes, 'Stale') !== undefined && rows.every(row => known.has(row.key ?? ''))
        ? true
        : null;
    };
    const others = () =>
      api.flags().nodes.flatMap(({ children }) => children.filter(({ key }) => !known.has(key ?? '')));
    const what = () => `the rows of the shop alone, with ages: ${others().map(({ label }) => label)} is none of its`;
    await until(what, settled, 240_000);
  });

  it('list every flag of the shop once, under what is to be done with it', () => {
    const rows = api.flags().nodes.flatMap(node => node.children);
    assert.deepEqual(rows.map(row => row.key).sort(), shop.flags.map(flag => flag.key).sort());
    const stale = shop.flags
      .filter(flag => flag.verdict.stale && flag.verdict.alsoAcceptable.length === 0)
      .map(flag => flag.key);
    assert.deepEqual(
      group(api.flags().nodes, 'Stale')
        ?.children.map(row => row.key)
        .sort(),
      stale.sort(),
    );
    assert.deepEqual(
      group(api.flags().nodes, 'Unknown')?.children.map(row => row.key),
      ['gift-wrap'],
    );
  });

  it('group and filter the flags as they are asked to', async () => {
    const labels = () => api.flags().nodes.map(node => node.label);
    await api.arrangeFlags({ groupBy: 'system' });
    assert.ok(
      ['flagd', 'launchdarkly', 'Not defined'].every(label => labels().includes(label)),
      labels().join(),
    );
    await api.arrangeFlags({ groupBy: 'directory', filter: 'team-payments express' });
    assert.deepEqual(
      [...new Set(api.flags().nodes.flatMap(node => node.children.map(row => row.key)))],
      ['express-checkout'],
    );
    await vscode.commands.executeCommand('flagbook.clearFlagsFilter');
    await api.arrangeFlags({ groupBy: 'verdict' });
    assert.ok(labels().includes('Stale'));
  });

  it('lead from a flag to its definitions and its checks', async () => {
    const flag = api
      .flags()
      .nodes.flatMap(node => node.children)
      .find(row => row.key === 'express-checkout')!;
    assert.match((await api.flagTooltip(flag)) ?? '', /Introduced/);
    const rows = await api.flagRows(flag);
    const kinds = rows.map(child => child.kind);
    assert.deepEqual(kinds.filter(kind => kind === 'flag').length, 2);
    assert.ok(kinds.filter(kind => kind === 'check').length >= 3);
    for (const { open } of rows) {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(open!.uri));
      const { start, end } = open!.range;
      assert.match(
        document.getText(new vscode.Range(start.line, start.character, end.line, end.character)),
        /express-checkout/,
      );
    }
  });

  it('list runbooks, incidents and alerts, and the links among them that are broken', () => {
    const { nodes } = api.onCall();
    assert.deepEqual(
      group(nodes, 'Runbooks')
        ?.children.map(row => row.label)
        .sort(),
      shop.runbooks.map(each => each.title).sort(),
    );
    const incidents = group(nodes, 'Incidents')!.children.map(row => row.label);
    for (const { id } of shop.incidents)
      assert.ok(
        incidents.some(label => label.startsWith(id)),
        `${id} among ${incidents}`,
      );
    const alerts = shop.links.flatMap(link => (link.alert === null ? [] : [link.alert]));
    assert.deepEqual(
      group(nodes, 'Alerts')
        ?.children.map(row => row.label)
        .sort(),
      alerts.sort(),
    );
    const broken = group(nodes, 'Broken links')!.children.map(row => row.label);
    assert.ok(
      broken.some(label => label.includes('docs/runbooks/carrier-rates.md')),
      broken.join(),
    );
  });

  it('have welcome texts for every state, and their commands exist', async () => {
    const { viewsWelcome, views, viewsContainers } = manifest().contributes;
    assert.deepEqual(
      views.flagbook.map(view => view.id),
      ['flagbook.flags', 'flagbook.onCall'],
    );
    // A trace has a place of its own, which is there while there is one.
    assert.deepEqual(
      views['flagbook-trace'].map(({ id, when }) => [id, when]),
      [['flagbook.trace', 'flagbook.hasTrace']],
    );
    assert.deepEqual(
      viewsContainers.activitybar.map(container => container.id),
      ['flagbook', 'flagbook-trace'],
    );
    const packed = readFileSync(join(extension().extensionPath, '.vscodeignore'), 'utf8');
    for (const { icon } of viewsContainers.activitybar) assert.ok(packed.includes(`!${icon}`), icon);
    const commands = new Set(await vscode.commands.getCommands());
    for (const view of views.flagbook) {
      const welcomes = viewsWelcome.filter(welcome => welcome.view === view.id);
      for (const state of ['workspaceFolderCount == 0', 'starting|indexing', 'ready|limited', 'failed']) {
        assert.ok(
          welcomes.some(welcome => welcome.when.includes(state)),
          `${view.id} in ${state}`,
        );
      }
    }
    const texts = Object.values(JSON.parse(readFileSync(join(extension().extensionPath, 'package.nls.json'), 'utf8')));
    for (const [, command] of texts.join('\n').matchAll(/\]\(command:([\w.]+)\)/g))
      assert.ok(commands.has(command!), command);
  });

  it('have commands for everything they offer', async () => {
    const commands = new Set(await vscode.commands.getCommands());
    for (const { command } of manifest().contributes.commands) assert.ok(commands.has(command), command);
  });
});

describe('the status item', function () {
  this.timeout(90_000);

  it('says how much is known, and nothing more when all is well', async () => {
    const { state, text, notices } = (await settledFlagbook()).status();
    assert.equal(state, 'ready');
    assert.match(text, /^32 flags · \d+ checks$/);
    assert.deepEqual(notices, []);
  });

  it('tells of a server that starts anew, and everything is there again', async () => {
    const api = await settledFlagbook();
    await vscode.commands.executeCommand('flagbook.refresh');
    await until('the server to be ready again', () => (api.status().state === 'ready' ? true : null));
    await until('the rows to be there again', () => (api.flags().nodes.length > 0 ? true : null));
  });
});

describe('the walkthrough', () => {
  it('has at most five steps, each with a picture that is packed', () => {
    const [walkthrough, ...rest] = manifest().contributes.walkthroughs;
    assert.deepEqual(rest, []);
    assert.ok(walkthrough!.steps.length <= 5);
    const packed = readFileSync(join(extension().extensionPath, '.vscodeignore'), 'utf8');
    for (const { media } of walkthrough!.steps) assert.ok(packed.includes(`!${media.svg}`), media.svg);
  });
});

function group(nodes: readonly ViewNode[], label: string): ViewNode | undefined {
  return nodes.find(node => node.label === label);
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { command: string }[];
    readonly views: {
      readonly flagbook: readonly { id: string }[];
      readonly 'flagbook-trace': readonly { id: string; when: string }[];
    };
    readonly viewsContainers: { readonly activitybar: readonly { id: string; icon: string }[] };
    readonly viewsWelcome: readonly { view: string; when: string }[];
    readonly walkthroughs: readonly { steps: readonly { media: { svg: string } }[] }[];
  };
}

function manifest(): Manifest {
  return extension().packageJSON as Manifest;
}
