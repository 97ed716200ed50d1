import type { LanguageRows } from './languageRows.ts';

export const pythonKeys: LanguageRows = {
  language: 'Python',
  path: 'shop/use.py',
  ask: (imports, key) =>
    `from openfeature import api\n${imports}\n\n\ndef on():\n    return api.get_client().get_boolean_value(${key}, False)\n`,
  rows: [
    ['a constant', { 'shop/keys.py': 'PAY = "k"' }, 'from shop.keys import PAY', 'PAY', 'k'],
    ['a typed constant', { 'shop/keys.py': 'PAY: Final[str] = "k"' }, 'from shop.keys import PAY', 'PAY', 'k'],
    ['a class attribute', { 'shop/keys.py': 'class F:\n    PAY = "k"' }, 'from .keys import F', 'F.PAY', 'k'],
    [
      'an enum with its value',
      { 'shop/keys.py': 'from enum import Enum\nclass F(Enum):\n    PAY = "k"' },
      'from .keys import F',
      'F.PAY.value',
      'k',
    ],
    [
      'a string enum',
      { 'shop/keys.py': 'from enum import StrEnum\nclass F(StrEnum):\n    PAY = "k"' },
      'from .keys import F',
      'F.PAY',
      'k',
    ],
    ['a dictionary', { 'shop/keys.py': 'F = {"pay": "k"}' }, 'from .keys import F', 'F["pay"]', 'k'],
    ['an import with an alias', { 'shop/keys.py': 'PAY = "k"' }, 'from .keys import PAY as P', 'P', 'k'],
    ['a module', { 'shop/keys.py': 'PAY = "k"' }, 'from shop import keys', 'keys.PAY', 'k'],
    [
      'a re-export',
      { 'shop/flags/keys.py': 'PAY = "k"', 'shop/flags/__init__.py': 'from .keys import PAY' },
      'from shop.flags import PAY',
      'PAY',
      'k',
    ],
    [
      'a re-export of everything',
      { 'shop/flags/keys.py': 'PAY = "k"', 'shop/flags/__init__.py': 'from .keys import *' },
      'from shop.flags import PAY',
      'PAY',
      'k',
    ],
    ['an f-string', { 'shop/keys.py': 'A = "a"' }, 'from .keys import A', 'f"{A}-b"', 'a-b'],
    ['a format', { 'shop/keys.py': 'A = "a"' }, 'from .keys import A', '"{}-b".format(A)', 'a-b'],
    ['a concatenation', { 'shop/keys.py': 'A = "a"' }, 'from .keys import A', 'A + "-b"', 'a-b'],
    ['strings side by side', {}, '', '"a-" "b"', 'a-b'],
  ],
};
