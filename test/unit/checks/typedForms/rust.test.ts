// Rust: what macros are given, values that are made when they are first asked for.
import { type Row, testRows } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'calls among the tokens of macros, and none in macros that make code or look at text',
    `
//- /src/main.rs
use launchdarkly_server_sdk::Client;
fn f(c: &Client, ctx: Context) {
    assert!(c.bool_variation(&ctx, "in-assert", false));
    assert_eq!(!c.bool_variation(&ctx, "in-assert-eq", false), true, "message");
    if matches!(c.bool_variation(&ctx, "in-matches", false), true | false) {}
    tracing::info!(on = c.bool_variation(&ctx, "in-info", false), "x {}", c.str_variation(&ctx, concat!("a", "b"), d()).await?);
    let all = vec![c.bool_variation(&ctx, &format!("pre-{}", x), false)];
    quote! { c.bool_variation(&ctx, "in-quote", false) };
    if cfg!(feature = "no-flag") {}
    stringify!(c.bool_variation(&ctx, "in-text", false));
}
`,
    [
      'src/main.rs:3 in-assert literal',
      'src/main.rs:4 in-assert-eq literal',
      'src/main.rs:5 in-matches literal',
      'src/main.rs:6 in-info literal',
    ],
  ],
  [
    'clients that are made when they are first asked for',
    `
//- /src/main.rs
use launchdarkly_server_sdk::Client;
use std::sync::{LazyLock, OnceLock};
static LAZY: LazyLock<Client> = LazyLock::new(|| Client::build(config()).unwrap());
static UNTYPED: Lazy = once_cell::sync::Lazy::new(|| Client::build(config()).unwrap());
static CELL: OnceLock<Client> = OnceLock::new();
lazy_static! {
    static ref STATIC: Client = Client::build(config()).unwrap();
    static ref OTHER: Regex = Regex::new("x").unwrap();
}
fn f(ctx: Context) {
    LAZY.bool_variation(&ctx, "lazy", false);
    UNTYPED.bool_variation(&ctx, "untyped", false);
    CELL.get().unwrap().bool_variation(&ctx, "cell", false);
    STATIC.bool_variation(&ctx, "static", false);
    OTHER.bool_variation(&ctx, "no-flag", false);
}
`,
    [
      'src/main.rs:11 lazy literal',
      'src/main.rs:12 untyped literal',
      'src/main.rs:13 cell literal',
      'src/main.rs:14 static literal',
    ],
  ],
];

describe('Rust: further forms', () => testRows(ROWS));
