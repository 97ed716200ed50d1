//! One of everything.
use crate::flags::{self, Flag};
use open_feature::{provider::*, Client as C};

pub const PREFIX: &str = "team-é";

#[derive(Debug)]
pub enum Gate {
    Pay,
    Beta(u32),
}

impl Gate {
    pub fn key(&self) -> &'static str {
        match self {
            Gate::Pay => "pay",
            Self::Beta(_) => "beta",
        }
    }
}

pub trait Flags {
    async fn is_on(&self, key: &str, fallback: bool) -> bool;
}

pub struct FlagsImpl<T> {
    client: Arc<C>,
    inner: Option<T>,
}

impl<T> Flags for FlagsImpl<T> {
    async fn is_on(&self, key: &str, fallback: bool) -> bool {
        self.client.get_bool_value(key, None, None).await.unwrap_or(fallback)
    }
}

fn run(flags: &dyn Flags, (a, b): (i32, i32)) -> Result<(), Error> {
    let x = if flags.is_on("k", true) && a > b { 1 } else { 0x1F };
    let key = format!("new-{}-{x}", a);
    for k in ["a", "b"] {
        retry(k, |y: &str| y.trim());
    }
    while let Some(v) = items.next() {
        self.seen = v?;
    }
    println!("{}", key);
    Ok(())
}
