import type { LanguageRows } from './languageRows.ts';

export const javascriptKeys: LanguageRows = {
  language: 'JavaScript',
  path: 'src/use.js',
  ask: (imports, key) =>
    `const { OpenFeature } = require('@openfeature/server-sdk');\n${imports}\nOpenFeature.getClient().getBooleanValue(${key}, false);\n`,
  rows: [
    ['exports', { 'src/keys.js': "exports.PAY = 'k';" }, "const { PAY } = require('./keys');", 'PAY', 'k'],
    [
      'module.exports',
      { 'src/keys.js': "module.exports = { PAY: 'k' };" },
      "const keys = require('./keys');",
      'keys.PAY',
      'k',
    ],
    [
      'a frozen object',
      { 'src/keys.js': "const F = Object.freeze({ pay: 'k' });\nmodule.exports = F;" },
      "const F = require('./keys');",
      'F.pay',
      'k',
    ],
    ['concat', {}, "const A = 'a-';", "A.concat('b')", 'a-b'],
  ],
};
