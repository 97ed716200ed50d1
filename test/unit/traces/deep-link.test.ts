/** Links that open a trace in the editor: what is written is read again, and nothing else is believed. */
import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import { type DeepLink, LONGEST_LINK, readDeepLink, writeDeepLink } from '../../../server/src/core/traces/deepLink.ts';

const TRACE = 'TypeError: ü & 😀 ?=#%\n    at pay (/app/src/pay.ts:8:9)\n';

async function readBack(link: DeepLink) {
  const written = await writeDeepLink(link);
  const { protocol, host, pathname, search } = new URL(written!);
  assert.equal(`${protocol}//${host}`, 'vscode://flagbook.flagbook');
  // Editors hand the query over unescaped.
  return readDeepLink(pathname, decodeURIComponent(search.slice(1)));
}

const read = async (query: string) => {
  const result = await readDeepLink('/trace', query);
  return result.kind === 'ok' ? 'ok' : result.reason;
};
const packed = (bytes: Buffer) => `text=${deflateRawSync(bytes).toString('base64url')}`;

describe('a deep link', () => {
  it('carries a text, the commit and the folder, whatever characters they have', async () => {
    const link: DeepLink = {
      content: { kind: 'text', text: TRACE },
      deployed: 'release/v2026.09.1',
      folder: '/home/ann/my shop & more',
    };
    assert.deepEqual(await readBack(link), { kind: 'ok', link });
  });

  it('carries a path', async () => {
    const link: DeepLink = {
      content: { kind: 'file', path: 'traces/a b&c=100%+#/x.txt' },
      deployed: null,
      folder: null,
    };
    assert.deepEqual(await readBack(link), { kind: 'ok', link });
  });

  it('is not written when it would be too long', async () => {
    const text = Array.from({ length: 4000 }, (_, i) => `at f${i * 7919} (/a/${i * 104729}.ts:${i})`).join('\n');
    assert.equal(await writeDeepLink({ content: { kind: 'text', text }, deployed: null, folder: null }), null);
    const repeated = await writeDeepLink({
      content: { kind: 'text', text: TRACE.repeat(2000) },
      deployed: null,
      folder: null,
    });
    assert.ok(repeated!.length < LONGEST_LINK);
  });

  it('is refused when its file is none of a workspace', async () => {
    for (const path of [
      '/etc/passwd',
      '../x',
      'a/../../x',
      'C:\\x',
      'C:/x',
      '\\\\host\\x',
      'a\\..\\..\\x',
      '',
      'a\0b',
      `${'a/'.repeat(600)}b`,
    ])
      assert.match(await read(`file=${encodeURIComponent(path)}`), /outside of the workspace/, path);
  });

  it('is refused when its commit or folder can be none', async () => {
    for (const name of ['--upload-pack=x', '', 'a b', 'a\nb', 'x'.repeat(300), '-x'])
      assert.match(await read(`file=a&deployed=${encodeURIComponent(name)}`), /commit/, name);
    for (const folder of ['relative', '//host/share', '\\\\host\\share', '/a/../b', 'https://example.com', '/a\nb'])
      assert.match(await read(`file=a&folder=${encodeURIComponent(folder)}`), /folder/, folder);
  });

  it('is refused with one sentence when it is damaged, too large, or of another kind', async () => {
    for (const query of [
      '',
      'text=',
      'text=%%%',
      'text=AAAA',
      'text=!!!',
      'nothing=1',
      packed(Buffer.from([0xff, 0xfe, 0xfd])),
    ]) {
      const said = await read(query);
      assert.match(said, /^The trace in the link is damaged or too large/, query);
    }
    assert.match(await read(`text=${'A'.repeat(70_000)}`), /too long/);
    assert.equal((await readDeepLink('/run', 'text=AAAA')).kind, 'failed');
  });

  it('does not unpack what would not end', async () => {
    const bomb = packed(Buffer.alloc(40 * 1024 * 1024));
    assert.ok(bomb.length < 64 * 1024, `${bomb.length}`);
    assert.match(await read(bomb), /damaged or too large/);
  });
});
