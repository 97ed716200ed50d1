// What may reach the server that no good client would send, and what a repository may hold that no good person would write: the
// server answers, stays, runs nothing and, when its client is gone, ends.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Editor, startEditor, uriOfPath } from '../support/editor.ts';
import { makeFakeGit, makeHostileRepository } from '../support/hostileRepository.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { removeTemporaryDirectories } from '../unit/git/repositories.ts';

const SERVER = join(import.meta.dirname, '..', '..', 'dist', 'server', 'server.js');

const CODE = `import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();
client.getBooleanValue('new-checkout', false);
`;

const FLAGS = JSON.stringify({
  flags: { 'new-checkout': { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' } },
});

function makeWorkspace(name: string): string {
  const folder = makeTemporaryFolder(name);
  mkdirSync(join(folder, 'flags'));
  writeFileSync(join(folder, 'flags', 'shop.flagd.json'), FLAGS);
  return folder;
}

describe('messages that no good client sends', () => {
  let editor: Editor;
  let uri: string;
  before(async () => {
    const folder = makeWorkspace('messages');
    editor = await startEditor({ folders: [folder] });
    await editor.settled();
    uri = uriOfPath(join(folder, 'pay.ts'));
    editor.open(uri, 'typescript', CODE);
  });
  after(async () => assert.equal(await editor.shutdown(), 0));
  afterEach(async () => assert.equal((await editor.hints(uri)).length, 1, 'the server goes on'));

  const somewhere = { line: 0, character: 0 };
  const parameters: readonly unknown[] = [
    undefined,
    null,
    {},
    [],
    [1, 2],
    { textDocument: null },
    { textDocument: {} },
    { textDocument: { uri: 5 } },
    { textDocument: { uri: '%%%' }, position: somewhere },
    { textDocument: { uri: 'file:///../../etc/passwd' }, position: somewhere },
    { textDocument: { uri: 'file:///nowhere.ts' } },
    { textDocument: { uri: 'untitled:Untitled-1' }, position: { line: 1e308, character: -5 } },
    { textDocument: { uri: 'untitled:Untitled-1' }, range: { start: null, end: null } },
    { data: null },
    { data: { uri: 3, start: 'x' } },
    { text: 5 },
    { event: null },
    { event: { added: null, removed: null } },
    { event: { added: [{}], removed: [{}] } },
    {
      event: {
        added: [{ uri: 'file://host/share' }, { uri: 'file:///a%2Fb' }, { uri: 'file:///%E0%A4%A' }],
        removed: [],
      },
    },
    { event: { added: [{ uri: 'file:///there/is/no/such/folder' }, { uri: 'nonsense' }, { uri: '' }], removed: [] } },
    { changes: null },
    { changes: [null, { uri: 5 }] },
    { changes: [{ uri: '%E0%A4%A' }, { uri: 'file:///x/.git/HEAD' }] },
    { settings: null },
    { settings: { flagbook: 5 } },
    { settings: { flagbook: { inline: 'off', diagnostics: { staleSeverity: 'fatal' } } } },
  ];

  for (const method of [
    'textDocument/hover',
    'textDocument/inlayHint',
    'textDocument/definition',
    'textDocument/references',
    'textDocument/completion',
    'textDocument/documentLink',
    'textDocument/diagnostic',
    'textDocument/codeAction',
    'inlayHint/resolve',
    'completionItem/resolve',
    'flagbook/flagsView',
    'flagbook/onCallView',
    'flagbook/trace',
    'flagbook/traceMarkdown',
    'flagbook/terminalLinks',
    'flagbook/recogniseTrace',
    'flagbook/deepLink',
    'flagbook/traceLink',
    'flagbook/traceFile',
    'flagbook/fileAtCommit',
    'flagbook/nonsense',
  ]) {
    it(`are answered: ${method}`, async () => {
      const answers = parameters.map(params => editor.request(method, params).then(() => 'result', answered));
      assert.equal((await Promise.all(answers)).length, parameters.length);
    });
  }

  for (const method of [
    'textDocument/didOpen',
    'textDocument/didChange',
    'textDocument/didClose',
    'workspace/didChangeWatchedFiles',
    'workspace/didChangeConfiguration',
    'workspace/didChangeWorkspaceFolders',
    '$/cancelRequest',
    'flagbook/nonsense',
  ]) {
    it(`are survived: ${method}`, async () => {
      for (const params of parameters) {
        editor.notify(method, params);
        await editor.request('flagbook/flagsView');
      }
    });
  }

  it('may open a document twice, close it twice, and change one that is not open', async () => {
    const other = uriOfPath(join(makeTemporaryFolder('twice'), 'other.ts'));
    const textDocument = { uri: other, languageId: 'typescript', version: 1, text: CODE };
    editor.notify('textDocument/didOpen', { textDocument });
    editor.notify('textDocument/didOpen', { textDocument: { ...textDocument, text: `${CODE}${CODE}` } });
    const range = { start: somewhere, end: { line: 99, character: 0 } };
    const hintsOf = () => editor.request<unknown[]>('textDocument/inlayHint', { textDocument, range });
    // Outside of all folders there is no flag file, and without one nothing is unknown.
    assert.deepEqual(await hintsOf(), []);
    const links = await editor.request<unknown[]>('textDocument/references', {
      textDocument,
      position: { line: 2, character: 28 },
      context: { includeDeclaration: true },
    });
    assert.equal(links.length, 2, 'the second text counts');
    editor.notify('textDocument/didClose', { textDocument });
    editor.notify('textDocument/didClose', { textDocument });
    editor.notify('textDocument/didChange', { textDocument, contentChanges: [{ text: CODE }] });
    assert.deepEqual(await hintsOf(), []);
  });
});

describe('folders that come and go', () => {
  it('a document moves to the inner of two nested folders and back', async () => {
    const outer = makeWorkspace('outer');
    const inner = join(outer, 'inner');
    mkdirSync(inner);
    writeFileSync(join(inner, 'own.flagd.json'), FLAGS.replaceAll('new-checkout', 'only-inner'));
    const editor = await startEditor({ folders: [outer] });
    await editor.settled();
    const uri = uriOfPath(join(inner, 'pay.ts'));
    editor.open(uri, 'typescript', CODE);
    const labels = async () => (await editor.hints(uri)).map(hint => hint.label);
    assert.deepEqual(await labels(), ['on']);
    const folder = { uri: uriOfPath(inner), name: 'inner' };
    editor.notify('workspace/didChangeWorkspaceFolders', { event: { added: [folder], removed: [] } });
    await editor.decorations(uri, ({ decorations }) => decorations[0]?.style === 'unknown');
    editor.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [folder] } });
    await editor.decorations(uri, ({ decorations }) => decorations[0]?.style === 'check');
    editor.splice(uri, 0, 0, '\n');
    assert.equal((await editor.hints(uri))[0]?.position.line, 3);
    assert.equal(await editor.shutdown(), 0);
  });

  it('a folder that goes while it is read leaves nothing behind, and a session that ends then ends well', async () => {
    const folder = makeWorkspace('going');
    for (let index = 0; index < 400; index++) writeFileSync(join(folder, `file${index}.ts`), CODE);
    const editor = await startEditor({ folders: [] });
    const event = { added: [{ uri: uriOfPath(folder), name: 'going' }], removed: [] };
    editor.notify('workspace/didChangeWorkspaceFolders', { event });
    editor.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: event.added } });
    const status = await editor.settled();
    assert.match(status.text, /^0 flags/);
    editor.notify('workspace/didChangeWorkspaceFolders', { event });
    assert.equal(await editor.shutdown(), 0);
  });

  it('a folder that vanishes is an empty one', async () => {
    const folder = makeWorkspace('vanishing');
    const editor = await startEditor({ folders: [folder] });
    await editor.settled();
    renameSync(folder, `${folder}-gone`);
    editor.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOfPath(join(folder, 'flags', 'shop.flagd.json')), type: 3 }],
    });
    await editor.status(({ text: said }) => said.startsWith('0 flags'));
    rmSync(`${folder}-gone`, { recursive: true });
    assert.equal(await editor.shutdown(), 0);
  });
});

describe('the end of a server', () => {
  const initialize = message({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { processId: null, rootUri: null, capabilities: {} },
  });

  for (const [name, sent] of [
    ['before anything was said', []],
    ['after the first request', [initialize]],
    ['in the middle of a header', ['Content-Le']],
    ['in the middle of a message', [initialize.slice(0, -20)]],
    ['after headers of nonsense', ['hello: world\r\n\r\n', initialize]],
    ['after a message that is no JSON', ['Content-Length: 5\r\n\r\n{{{{{', initialize]],
    ['after a length no memory has', ['Content-Length: 99999999999999\r\n\r\n', initialize]],
    ['after bytes of all kinds', [Buffer.from(Array.from({ length: 4096 }, (_, index) => index % 256))]],
    ['after a message that is a number', ['Content-Length: 1\r\n\r\n5', initialize]],
    ['after a request that is no request', [message([1, { id: 1 }]), initialize]],
    [
      'after an initialize of nonsense',
      [
        message({
          jsonrpc: '2.0',
          id: 1,
          method: 'initialize',
          params: { capabilities: null, workspaceFolders: [null, 5], initializationOptions: 7 },
        }),
      ],
    ],
  ] as const) {
    it(`comes when its input ends ${name}`, async () => {
      const child = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
      const stderr = text(child.stderr);
      child.stdout.resume();
      child.stdin.on('error', () => {});
      for (const piece of sent) child.stdin.write(piece);
      child.stdin.end();
      assert.equal(await exitOf(child), 1, 'no `shutdown` was asked for');
      assert.equal(await stderr, '');
    });
  }
});

describe('a hostile repository', () => {
  after(removeTemporaryDirectories);

  it('runs nothing in a trusted workspace', async () => {
    const repository = makeHostileRepository();
    const editor = await startEditor({
      folders: [repository.root],
      env: { GIT_EXTERNAL_DIFF: '/bin/false', GIT_DIR: '/nowhere', GIT_WORK_TREE: '/' },
    });
    const status = await editor.settled();
    assert.match(status.text, /^3 flags/);
    const uri = uriOfPath(join(repository.root, 'src', 'pay.ts'));
    editor.open(uri, 'typescript', CODE.replace('new-checkout', 'constructor'));
    assert.match((await editor.hover(uri, 'constructor')) ?? '', /Introduced .*2026-01-05/, 'git was asked');
    editor.notify('workspace/didChangeWatchedFiles', {
      changes: [
        { uri: uriOfPath(join(repository.root, '.git', 'logs', 'HEAD')), type: 2 },
        { uri, type: 2 },
      ],
    });
    await editor.view('flagbook/flagsView');
    const text = 'Error: x\n    at pay (/app/src/pay.ts:8:9)\n    at gone (/app/src/gone.ts:1:1)\n';
    await editor.request('flagbook/trace', { text });
    await editor.request('flagbook/trace', { text, deployed: 'HEAD' });
    await editor.request('flagbook/fileAtCommit', { uri, revision: 'HEAD' });
    assert.equal(await editor.shutdown(), 0);
    assert.deepEqual(repository.marks(), []);
    repository.springTraps();
    assert.notDeepEqual(repository.marks(), [], 'plain git runs into the traps');
  });

  it('has no git run at all in a restricted workspace', async () => {
    const repository = makeHostileRepository();
    const fake = makeFakeGit();
    const env = { PATH: `${fake.folder}${delimiter}${process.env.PATH}` };
    const restricted = await startEditor({ folders: [repository.root], initialization: { trusted: false }, env });
    const status = await restricted.settled();
    assert.match(status.text, /^3 flags/);
    const uri = uriOfPath(join(repository.root, 'src', 'pay.ts'));
    restricted.open(uri, 'typescript', CODE);
    await restricted.hints(uri);
    restricted.notify('workspace/didChangeWatchedFiles', {
      changes: [
        { uri: uriOfPath(join(repository.root, '.git', 'logs', 'HEAD')), type: 2 },
        { uri, type: 2 },
      ],
    });
    await restricted.request('flagbook/trace', { text: 'Error: x\n    at pay (/app/src/pay.ts:8:9)\n' });
    const asDeployed = await restricted.request<{ kind: string; reason: string }>('flagbook/fileAtCommit', {
      uri,
      revision: 'HEAD',
    });
    assert.equal(asDeployed.kind, 'failed');
    assert.match(asDeployed.reason, /trust the workspace/);
    assert.equal(await restricted.shutdown(), 0);
    assert.equal(fake.wasRun(), false);
    const trusted = await startEditor({ folders: [repository.root], env });
    await trusted.settled();
    await trusted.shutdown();
    assert.equal(fake.wasRun(), true, 'the fake is what a trusted workspace would run');
  });
});

function answered(error: { code?: number; message: string }): string {
  assert.equal(typeof error.code, 'number', error.message);
  return 'error';
}

function message(content: unknown): string {
  const body = JSON.stringify(content);
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
  return code as number | null;
}
