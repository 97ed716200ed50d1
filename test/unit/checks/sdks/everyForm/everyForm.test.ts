// Every call that the SDKs' data names, in every language it names: certain with its import, and not certain without.
import assert from 'node:assert/strict';
import type { SdkSurface } from '../../../../../server/src/core/flags/sdk.ts';
import { FLAG_SDKS } from '../../../../../server/src/core/flags/sdks/registry.ts';
import type { LanguageId } from '../../../../../server/src/core/languages/facts.ts';
import type { Check } from '../../../../../server/src/core/model.ts';
import { worldOf } from '../../../../support/world.ts';
import { concrete } from './concrete.ts';
import { type Example, examplesOf } from './examples.ts';
import { WRITERS } from './writers.ts';

describe('every call of every SDK', () => {
  for (const sdk of FLAG_SDKS) {
    for (const surface of sdk.surfaces) {
      for (const language of surface.languages) {
        const examples = examplesOf(surface, language);
        if (examples.length === 0) continue;
        const specifier = concrete(surface.packages[0]!, language);
        it(`${sdk.id}, ${language}: each of its packages`, async () => {
          const specifiers = surface.packages.map(pattern => concrete(pattern, language));
          const found = await checksIn(
            specifiers.map(each => fileOf(surface, language, each, examples.slice(0, 1), 'imported')),
          );
          const proven = found.filter(check => check.confidence === 'certain').map(check => check.path);
          assert.deepEqual(
            specifiers.filter((_, at) => !proven.some(path => path.startsWith(`src/use${at}.`))),
            [],
          );
        });

        it(`${sdk.id}, ${language}: ${specifier}, ${examples.length} calls`, async () => {
          const found = await checksOf(surface, language, specifier, examples, 'imported');
          const expected = examples.map(({ key, name, role, type, fallback }) => ({
            key,
            name,
            system: sdk.id,
            role,
            type: fallback === undefined ? type : (type ?? 'boolean'),
            fallback,
            confidence: 'certain',
          }));
          assert.deepEqual(found.map(described), expected);
        });

        if (isNamedAlready(surface, language, specifier)) continue;
        it(`${sdk.id}, ${language}: ${specifier}, no longer imported`, async () => {
          const found = await checksOf(surface, language, specifier, examples, 'not imported');
          assert.deepEqual(found.filter(check => check.confidence === 'certain').map(described), []);
        });
      }
    }
  }
});

function described({ key, method, system, role, type, fallback, confidence }: Check) {
  // What stands for no object differs from language to language.
  const written = type === 'object' ? undefined : fallback;
  return { key, name: method, system, role, type, fallback: written, confidence };
}

async function checksOf(
  surface: SdkSurface,
  language: LanguageId,
  specifier: string,
  examples: readonly Example[],
  imported: 'imported' | 'not imported',
): Promise<readonly Check[]> {
  const order = new Map(examples.map(({ key }, at) => [key, at]));
  const found = await checksIn([fileOf(surface, language, specifier, examples, imported)]);
  return found.sort((a, b) => (order.get(a.key ?? '') ?? -1) - (order.get(b.key ?? '') ?? -1));
}

interface File {
  readonly extension: string;
  readonly text: string;
}

async function checksIn(files: readonly File[]): Promise<Check[]> {
  const source = files.map(({ extension, text }, at) => `//- /src/use${at}.${extension}\n${text}\n`).join('');
  const { snapshot } = await worldOf(source);
  return [...snapshot.files.values()].flatMap(file => file.checks);
}

function fileOf(
  surface: SdkSurface,
  language: LanguageId,
  specifier: string,
  examples: readonly Example[],
  imported: 'imported' | 'not imported',
): File {
  const writer = WRITERS[language]!;
  const code = (form: Example['form']) => examples.filter(example => example.form === form).map(each => each.code);
  const functions = new Set(examples.filter(({ form }) => form !== 'method').map(({ name }) => name));
  const { imports, lines } = writer.file(surface, specifier, {
    functions: [...functions],
    statements: [...code('method'), ...code('function')],
    decorators: code('decorator'),
  });
  const head = language === 'go' ? ['package use'] : language === 'php' ? ['<?php'] : [];
  return {
    extension: writer.extension,
    text: [...head, ...(imported === 'imported' ? imports : []), ...lines].join('\n'),
  };
}

/** A type that is called as its package names the package, and a C function or macro may come with any header. */
function isNamedAlready({ types, globals }: SdkSurface, language: LanguageId, specifier: string): boolean {
  return types?.[0] === specifier || (language === 'cpp' && globals !== undefined);
}
