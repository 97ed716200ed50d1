// Where code begins behind comments, and that what stands in front of it changes nothing but places.
import assert from 'node:assert/strict';
import { codeStart, commentStyleOf } from '../../../server/src/core/languages/codeStart.ts';
import { parseText, releaseText } from '../../../server/src/core/languages/extract.ts';
import { shapeOfFacts } from '../../../server/src/core/languages/factsShape.ts';
import { LANGUAGES } from '../../../server/src/core/languages/registry.ts';
import { loadGrammars } from '../../support/facts.ts';

/** Text in front, and the line that code behind it begins on; null where that is not told. */
const SLASHES: readonly (readonly [string, number | null])[] = [
  ['', 0],
  ['\n', 1],
  ['  \n\t\r\n', 2],
  ['// one\n// two\n', 2],
  ['// one\r\n', 1],
  ['/* one */\n', 1],
  ['/*\n * one\n */ // two\n\n', 4],
  ['/* one *//* two */\n', 1],
  ['  // one\n', 1],
  ['/* one */ ', null],
  [' ', null],
  ['/* one\n', null],
  ['// one', null],
  ['// one\rtwo();\n', null],
  ['// one\u2028two();\n', null],
  ['\r', null],
  ['\uFEFF', null],
  ['/* one\n */ /\n', null],
];

const HASHES: readonly (readonly [string, number | null])[] = [
  ['#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n\n', 3],
  ['   # one\n', 1],
  ['# one\r\n', 1],
  ['# one', null],
  ['# one\rtwo()\n', null],
];

const CODE: Readonly<Record<string, string>> = {
  go: 'package shop\n\nimport "pay"\n\n// Pay pays.\nfunc Pay() bool { return pay.On("a") }\n',
  java: 'package shop;\nimport pay.On;\n@Test class Pay { /** One. */ boolean on() { return On.is("a"); } }\n',
  python: 'import pay\n\n@pay.on\ndef run(a):\n    """One."""\n    return pay.on("a")\n',
  typescript: "import { on } from 'pay';\nexport const pay = () => on('a') as boolean;\nif (on(`b`)) pay();\n",
  tsx: "import { on } from 'pay';\nexport const Pay = () => (on('a') ? <Card a={1} /> : null);\n",
  javascript: "'use strict';\nconst { on } = require('pay');\nmodule.exports = () => on('a');\n",
};

describe('where code begins', () => {
  for (const [style, rows] of [
    ['//', SLASHES],
    ['#', HASHES],
  ] as const)
    for (const [front, line] of rows)
      it(`is behind ${JSON.stringify(front)} in front of ${style}: ${line}`, () => {
        const found = codeStart(`${front}pay();\n`, style);
        assert.deepEqual(found, line === null ? null : { offset: front.length, line });
      });

  it('is not told where a first line has a meaning of its own, or where there is no code', () => {
    for (const text of ['#!/usr/bin/env node\npay();\n', '\n#!x\n', '<!-- one\n', '-->\n', '', '\n// one\n'])
      assert.equal(codeStart(text, '//'), null, text);
  });

  it('has the same facts behind it, whatever stands in front', async () => {
    for (const language of LANGUAGES) {
      const grammars = await loadGrammars(language.id);
      const style = commentStyleOf(language);
      assert.equal(style !== null, language.id in CODE, language.id);
      if (style === null) continue;
      const code = CODE[language.id]!;
      const shapeOf = (text: string) => {
        const parsed = parseText(grammars, language, text)!;
        releaseText(parsed);
        assert.equal(parsed.facts.broken, false, `${language.id}: ${text}`);
        return shapeOfFacts(parsed.facts).bytes;
      };
      for (const [front, line] of style === '//' ? SLASHES : ([...HASHES, ['\n', 1], ['\n\t\n', 2]] as const))
        if (line !== null) assert.deepEqual(shapeOf(`${front}${code}`), shapeOf(code), `${language.id}: ${front}`);
    }
  });
});
