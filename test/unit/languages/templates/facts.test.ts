/** Templates and single-file components: the code in them, at the places where it stands, and their elements. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { parseText, releaseText, reparseText } from '../../../../server/src/core/languages/extract.ts';
import type { LanguageId } from '../../../../server/src/core/languages/facts.ts';
import { languageOfPath } from '../../../../server/src/core/languages/registry.ts';
import { factsWith, LANGUAGES, loadGrammars } from '../../../support/facts.ts';
import { linesOf } from '../notation.ts';
import { assertWellFormed } from '../wellFormed.ts';

interface Expected {
  readonly language: LanguageId;
  readonly calls: readonly string[];
  readonly members: readonly string[];
  readonly imports: readonly string[];
  /** Names of elements with the attributes that have a plain value. */
  readonly elements: readonly string[];
}

const FIXTURES: Readonly<Record<string, Expected>> = {
  'shop.vue': {
    language: 'typescript',
    calls: ["isOn('x')", 'go()', 'stop()', "t('a')", "isOn('z')", "useFlag('new-nav')"],
    members: ['flags.dark', 'flags.newNav', 'FLAGS.NEW'],
    imports: ['useFlag = useFlag from somewhere'],
    elements: ['template', 'div', 'FeatureFlag key=f flagKey=beta name=NEW', 'template', 'b'],
  },
  'shop.svelte': {
    language: 'typescript',
    calls: [
      "isOn('script')",
      "isOn('if')",
      "isOn('class')",
      "go('arrow')",
      "isOn('text')",
      "isOn('else')",
      "load('await')",
      "isOn('const')",
      "raw('html')",
    ],
    members: ['flags.newNav'],
    imports: ['isOn = isOn from somewhere'],
    elements: ['p disabled=disabled', 'Feature name=beta flag=KEY'],
  },
  'Shop.cshtml': {
    language: 'csharp',
    calls: [
      'Features.IsEnabled(Keys.A)',
      "Features.IsEnabled('markup')",
      "Features.IsEnabled('line')",
      "C.D('await').ConfigureAwait(false)",
      "C.D('await')",
      "Features.IsEnabled('if')",
      "Go('arrow')",
      "Features.IsEnabled('else')",
      "Features.GetKey('script')",
      "Manager.IsEnabledAsync('member')",
    ],
    members: ['Keys.A'],
    imports: ['* = * from Shop.Flags', '* = * from Microsoft.FeatureManagement.AspNetCore'],
    elements: ['p', 'feature name=Beta, Gamma negate=true', 'a', 'div'],
  },
  'shop.blade.php': {
    language: 'php',
    calls: [
      "$a.b('output')",
      "Feature.active('raw')",
      'Feature.active(Flags.NEW)',
      "feature('else')",
      "Feature.active('php')",
      "Feature.value('json')",
    ],
    members: ['Flags.NEW'],
    imports: [],
    elements: ['@extends 0=layouts.app', '@feature 0=new-nav'],
  },
  'shop.jinja': {
    language: 'jinja',
    calls: ["feature('a')", "waffle.flag('b', ?)", 'default(1)', 'is_feature_enabled(?)', "a.b.c(d('e'))", "d('e')"],
    members: ["a.b.c(d('e')).f"],
    imports: ['* = * from waffle_tags', '* = * from i18n'],
    elements: ['%flag 0=beta', '%switch 0=switch_name', '%if 0=and 1=not'],
  },
  'pay.component.html': {
    language: 'angular',
    calls: [
      "this.open('a', this.keys.b)",
      "this.service.isOn('in-block')",
      "this.feature('bound')",
      "this.service.isOn('let')",
      'this.flags.all()',
    ],
    members: ['this.keys.b', 'this.flags$.newNav', 'this.a.b.c'],
    imports: [],
    elements: [
      'div',
      '|feature 0=styled',
      '*appFeature 0=new-pay else=old',
      'p feature=input data-x=1',
      '|feature 0=piped',
      '*ngFor let=flag of=all',
    ],
  },
};

/** Where a template breaks off, or was never one. */
const BROKEN: Readonly<Record<string, readonly string[]>> = {
  'a.vue': ['', '<template><p :a="', '<template>{{ a', '<script>f(1)', '<template lang="pug">p(:a="f(1)")</template>'],
  'a.svelte': ['', '{', '{#if ', '{#each a as b', '<p a={', '<p {...', '{@const', '{:else if}{/', '<script>f('],
  'a.razor': [
    '',
    '@',
    '@(',
    '@{',
    '@if',
    '@if (a',
    '@code {',
    '@{ <p>',
    '@{ @: ',
    '@inject',
    '@using ',
    '@{ var a = @"',
    '@a.b(',
  ],
  'a.blade.php': ['', '@', '{{', '{!!', '@if(', '@php', '<?php', '{{--', "@feature('a')", '@feature(', '{{$a}}'],
  'a.component.html': [
    '',
    '<',
    '<a *b="',
    '<a *b="\'',
    '{{',
    "{{ 'a' |",
    '@if',
    '@if (',
    '@let a',
    '<a [',
    '<a *',
    '<script>',
  ],
  'a.twig': ['', '{%', '{{ a(', "{{ a('", '{% verbatim %}', '{{-', '{{ a(b(', '{% flag %}'],
};

describe('Facts of templates', function () {
  this.timeout(60_000);
  before(() => loadGrammars('vue', 'svelte', 'razor', 'jinja', 'twig', 'blade', 'angular'));

  for (const [file, expected] of Object.entries(FIXTURES)) {
    it(`${file}: code and elements, at their places`, async () => {
      const text = await readFixture(file);
      const facts = await factsOfFile(file, text);
      assertWellFormed(facts, text);
      const { calls, members, imports } = linesOf(facts, text);
      const elements = facts.elements.map(({ name, attributes }) => {
        const plain = attributes.flatMap(({ name: own, value }) => {
          if (value === null || /^[@#]|^v[A-Z-]/.test(own)) return [];
          if (value.kind === 'string' && !/[('{]/.test(value.value)) return [`${own}=${value.value}`];
          return value.kind === 'name'
            ? [`${own}=${value.name}`]
            : value.kind === 'member'
              ? [`${own}=${value.property}`]
              : [];
        });
        return [name, ...plain].join(' ').replace(/ (?:class|href)=\S+/g, '');
      });
      assert.deepEqual(
        { language: facts.language, calls, members, imports, elements, broken: facts.broken },
        { ...expected, broken: false },
      );
    });

    it(`${file}: cut anywhere`, async () => {
      const text = await readFixture(file);
      for (let end = 0; end <= text.length; end += 7)
        assertWellFormed(await factsOfFile(file, text.slice(0, end)), text);
      for (let start = 0; start <= text.length; start += 11) {
        const rest = text.slice(start);
        assertWellFormed(await factsOfFile(file, rest), rest);
      }
    });

    it(`${file}: edited, facts are those of a fresh look`, async () => {
      const language = languageOfPath(file)!;
      const grammars = await loadGrammars(language.id);
      let parsed = parseText(grammars, language, await readFixture(file));
      for (let count = 0; count < 30 && parsed !== null; count++) {
        const start = (count * 97) % parsed.text.length;
        parsed = reparseText(grammars, parsed, [
          { start, oldEnd: start + (count % 3), inserted: INSERTED[count % INSERTED.length]! },
        ]);
        assert(parsed !== null);
        assert.deepEqual(parsed.facts, factsWith(grammars, language.id, parsed.text));
      }
      if (parsed !== null) releaseText(parsed);
    });
  }

  for (const [file, texts] of Object.entries(BROKEN)) {
    it(`${file}: broken`, async () => {
      for (const text of texts) assertWellFormed(await factsOfFile(file, text), text);
    });
  }

  it('find what stands in markup that many brackets never close, in a time that grows with its length', async () => {
    for (const [file, text] of [
      ['a.svelte', '{'.repeat(200_000)],
      ['a.svelte', '<a b={'.repeat(30_000)],
      ['a.vue', `<template>${'<a b="'.repeat(30_000)}`],
      ['a.razor', '@(('.repeat(50_000)],
      ['a.razor', '@{ <p>'.repeat(20_000)],
      ['a.blade.php', '@if('.repeat(50_000)],
      ['a.twig', `{{ ${'a('.repeat(50_000)} }}`],
      ['a.component.html', '<a *b="'.repeat(30_000)],
      ['a.component.html', '@if ('.repeat(40_000)],
      ['a.component.html', `<a *b="${"'x'; a ".repeat(30_000)}">`],
    ] as const) {
      const started = performance.now();
      LANGUAGES[languageOfPath(file)!.id].blank?.(text);
      await factsOfFile(file, text.slice(0, 20_000));
      assert(performance.now() - started < 5_000, `${file} ${text.slice(0, 12)}`);
    }
  });
});

describe('The language of a path', () => {
  it('is told by its longest ending, and for HTML by its folders', () => {
    const told = (path: string) => languageOfPath(path)?.id ?? null;
    assert.equal(told('a/b.blade.php'), 'blade');
    assert.equal(told('a/b.php'), 'php');
    assert.equal(told('a/b.html.twig'), 'twig');
    assert.equal(told('a/b.html.erb'), 'erb');
    assert.equal(told('shop/templates/pay/index.html'), 'jinja');
    assert.equal(told('public/index.html'), null);
    assert.equal(told('libs/pay/pay.component.html'), 'angular');
    assert.equal(told('shop/src/app/pay/pay.html'), 'angular');
    assert.equal(told('src/templates/pay.html'), 'jinja');
    assert.equal(told('a.b/Gemfile'), 'ruby');
    assert.equal(told('.ts'), 'typescript');
  });
});

const INSERTED = ['(', '{{ f(1) }}', '"', '<p>', '@', '{', "x('y')", '}', ''];

async function factsOfFile(file: string, text: string) {
  const { id } = languageOfPath(file)!;
  return factsWith(await loadGrammars(id), id, text);
}

function readFixture(file: string): Promise<string> {
  return readFile(new URL(`${file}.txt`, import.meta.url), 'utf8');
}
