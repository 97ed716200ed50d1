// Every format as a language, on the samples that its decoder is tested with: the same questions for all.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { defaultConfig } from '../../../server/src/core/config.ts';
import { completions } from '../../../server/src/core/features/completion.ts';
import { diagnostics } from '../../../server/src/core/features/diagnostics.ts';
import { hover } from '../../../server/src/core/features/hover.ts';
import { renameEdits } from '../../../server/src/core/features/rename.ts';
import { documentSymbols } from '../../../server/src/core/features/symbols.ts';
import type { FlagFile } from '../../../server/src/core/model.ts';
import { formatLanguageOf } from '../../../server/src/sources/flag-systems/languages/registry.ts';
import { decodeFlagFile, flagFileDecoders } from '../../../server/src/sources/flag-systems/registry.ts';
import { worldOf } from '../../support/world.ts';
import type { DecoderSample } from '../flag-systems/contract.ts';
import * as registries from '../flag-systems/registrySamples.ts';
import * as first from '../flag-systems/samples.ts';
import * as vendors from '../flag-systems/vendorSamples.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const samples = [...Object.entries(first), ...Object.entries(vendors), ...Object.entries(registries)].filter(
  (entry): entry is [string, DecoderSample] => entry[0].endsWith('Sample'),
);

describe('every flag file format as a language', () => {
  it('belongs to a decoder, and has a sample', () => {
    const systems = new Set(
      samples.flatMap(([, { path, text }]) => decodeFlagFile(path, text, defaultConfig(), NOW)?.system ?? []),
    );
    for (const { system } of flagFileDecoders) {
      if (formatLanguageOf(system) !== null) assert.ok(systems.has(system), system);
    }
    assert.ok(samples.length >= 19);
  });

  for (const [name, sample] of samples) {
    describe(name, () => {
      it('places every flag where its decoder does', () => {
        const file = decoded(sample, sample.text);
        const declared = file.flags.map(({ key, declaration }) => [key, declaration!.keySpan]);
        const placed = (file.places ?? []).filter(({ role }) => role === 'flag').map(({ id, span }) => [id, span]);
        for (const flag of declared)
          assert.ok(
            placed.some(each => isDeepStrictEqual(each, flag)),
            String(flag[0]),
          );
        // In Split's files a flag has an entry for some users and another one for all.
        if (file.system !== 'split') assert.equal(placed.length, declared.length);
      });

      it('places names on their own text, and everything inside of the file', () => {
        const file = decoded(sample, sample.text);
        for (const { id, span, whole, role } of file.places ?? []) {
          assert.ok(whole.start >= 0 && whole.end <= sample.text.length && span.end <= sample.text.length);
          if (role !== 'variation') assert.equal(sample.text.slice(span.start, span.end), id);
        }
        for (const { span, who, gets, flag, shadow } of file.rules ?? []) {
          assert.ok(span.start >= 0 && span.end <= sample.text.length && span.start < span.end);
          assert.ok(who !== '' && gets !== '' && sample.keys.includes(flag), `${flag}: ${who} → ${gets}`);
          assert.equal(shadow, null, 'samples have no rule that never applies');
        }
      });

      it('finds what each reference names', () => {
        const places = decoded(sample, sample.text).places ?? [];
        const has = (role: string, id: string, flag: string | null) =>
          places.some(each => each.role === role && each.id === id && (flag === null || each.flag === flag));
        for (const { role, id, flag } of places) {
          if (role === 'prerequisite') assert.ok(has('flag', id, null), id);
          if (role === 'variation-reference') assert.ok(has('variation', id, flag), `${flag} ${id}`);
          if (role === 'segment-reference') assert.ok(has('segment', id, null), id);
        }
      });

      it('renames each flag, and nothing else changes', async () => {
        const { snapshot } = await worldOf(`//- /${sample.path}\n${sample.text}`);
        for (const key of sample.keys) {
          const next = key.replace(/[a-z]$/i, 'zz');
          const answer = renameEdits(snapshot, key, next, new Map());
          assert.equal(answer.kind, 'edits');
          const { text } = snapshot.files.get(sample.path)!;
          const renamed = (answer.kind === 'edits' ? answer.edits : [])
            .filter(({ doubt }) => doubt === null)
            .toReversed()
            .reduce((all, { span, text: put }) => all.slice(0, span.start) + put + all.slice(span.end), text);
          const file = decoded(sample, renamed);
          assert.deepEqual(
            file.flags.map(flag => flag.key),
            sample.keys.map(each => (each === key ? next : each)),
          );
          assert.deepEqual(file.problems, []);
        }
      });

      it('answers at every offset, whole or cut off', async () => {
        const { host } = await worldOf(`//- /${sample.path}\n${sample.text}`);
        host.openDocument(sample.path, sample.text);
        for (let offset = sample.text.length; offset > 0; offset -= 29) {
          host.editDocument(sample.path, [
            { start: offset, oldEnd: host.documentText(sample.path)!.length, inserted: '' },
          ]);
          const snapshot = host.snapshot(0);
          hover(snapshot, sample.path, offset);
          documentSymbols(snapshot, sample.path);
          diagnostics(snapshot, sample.path);
          for (const { span } of completions(snapshot, sample.path, offset)) assert.ok(span.end <= offset + 1);
        }
      });

      it('reads the same places with a byte-order mark, CRLF and comments', () => {
        const names = (text: string) =>
          (decoded(sample, text).places ?? []).map(({ role, id, span }) => [
            role,
            id,
            text.slice(span.start, span.end),
          ]);
        const expected = names(sample.text);
        assert.deepEqual(names(`\ufeff${sample.text}`), expected);
        if (sample.path.endsWith('.split')) return;
        const comment = sample.path.endsWith('.json')
          ? '// a comment\n'
          : sample.path.endsWith('.py')
            ? ''
            : '# a comment\n';
        assert.deepEqual(names(comment + sample.text), expected);
        assert.deepEqual(names(sample.text.replace(/\n/g, '\r\n')), expected);
      });
    });
  }
});

function decoded(sample: DecoderSample, text: string): FlagFile {
  return decodeFlagFile(sample.path, text, defaultConfig(), NOW)!;
}
