import type { LanguageRows } from './languageRows.ts';

export const rustKeys: LanguageRows = {
  language: 'Rust',
  path: 'src/pay/use_it.rs',
  ask: (imports, key) =>
    `use open_feature::Client;\n${imports}\n\nasync fn on(client: &Client) -> bool {\n    client.get_bool_value(${key}, None, None).await.unwrap_or(false)\n}\n`,
  rows: [
    ['a constant', { 'src/keys.rs': 'pub const PAY: &str = "k";' }, 'use crate::keys::PAY;', 'PAY', 'k'],
    ['a static', { 'src/keys.rs': 'pub static PAY: &str = "k";' }, 'use crate::keys;', 'keys::PAY', 'k'],
    ['a constant by its whole path', { 'src/keys.rs': 'pub const PAY: &str = "k";' }, '', 'crate::keys::PAY', 'k'],
    [
      'modules that share a name',
      { 'src/a.rs': 'pub const PAY: &str = "a";', 'src/b.rs': 'pub const PAY: &str = "b";' },
      'use crate::{a, b};',
      'b::PAY',
      'b',
    ],
    [
      'modules in a file',
      { 'src/keys.rs': 'pub mod a { pub const PAY: &str = "a"; }\npub mod b { pub const PAY: &str = "b"; }' },
      'use crate::keys::b;',
      'b::PAY',
      'b',
    ],
    [
      'the module above',
      { 'src/pay/mod.rs': 'pub const PAY: &str = "k";', 'src/keys.rs': 'pub const PAY: &str = "o";' },
      'use super::PAY;',
      'PAY',
      'k',
    ],
    [
      'an import with an alias',
      { 'src/keys.rs': 'pub const PAY: &str = "k";' },
      'use crate::keys::PAY as P;',
      'P',
      'k',
    ],
    [
      'everything of a module',
      { 'src/keys.rs': 'pub const PAY: &str = "k";', 'src/other.rs': 'pub const PAY: &str = "o";' },
      'use crate::keys::*;',
      'PAY',
      'k',
    ],
    [
      'a re-export',
      { 'src/flags/mod.rs': 'mod keys;\npub use keys::PAY as P;', 'src/flags/keys.rs': 'pub const PAY: &str = "k";' },
      'use crate::flags::P;',
      'P',
      'k',
    ],
    [
      'a re-export of everything',
      { 'src/flags/mod.rs': 'mod keys;\npub use self::keys::*;', 'src/flags/keys.rs': 'pub const PAY: &str = "k";' },
      'use crate::flags::PAY;',
      'PAY',
      'k',
    ],
    [
      'another crate of the workspace',
      {
        'crates/shop-flags/src/lib.rs': 'pub const PAY: &str = "k";',
        'crates/shop-flags/Cargo.toml': '[package]\nname = "shop-flags"',
      },
      'use shop_flags::PAY;',
      'PAY',
      'k',
    ],
    [
      'an associated constant',
      { 'src/keys.rs': 'pub struct Keys;\nimpl Keys { pub const PAY: &\'static str = "k"; }' },
      'use crate::keys::Keys;',
      'Keys::PAY',
      'k',
    ],
    [
      'an enum with a match',
      {
        'src/keys.rs':
          'pub enum Flag { Pay }\nimpl Flag { pub fn key(&self) -> &\'static str { match self { Flag::Pay => "k" } } }',
      },
      'use crate::keys::Flag;',
      'Flag::Pay.key()',
      'k',
    ],
    ['concat!', {}, '', 'concat!("a-", "b")', 'a-b'],
    ['format!', { 'src/keys.rs': 'pub const A: &str = "a";' }, 'use crate::keys::A;', '&format!("{}-b", A)', 'a-b'],
  ],
};
