// What may be of several types, but must be of one: a call of a type parameter is one of what the parameter must be, in each language.
import { describeRows, type Row } from '../rows.ts';

const ROWS: readonly Row[] = [
  [
    'Java: of methods and classes',
    `
//- /a/Flags.java
package a;
import dev.openfeature.sdk.Client;
public class Flags { Client c; public boolean isOn(String key) { return c.getBooleanValue(key, false); } }
//- /a/Use.java
package a;
class Use { <T extends Flags> boolean f(T t) { return t.isOn("one"); } }
class Box<F extends Flags> { private F flags; Box(F flags) { this.flags = flags; } boolean g() { return flags.isOn("two"); } boolean h() { return this.flags.isOn("three"); } }
`,
    [
      'a/Flags.java:3 dynamic -',
      'a/Use.java:2 one literal+wrapper',
      'a/Use.java:3 three literal+wrapper',
      'a/Use.java:3 two literal+wrapper',
    ],
  ],
  [
    'Kotlin',
    `
//- /a/Flags.kt
package a
import dev.openfeature.sdk.Client
class Flags(val c: Client) { fun isOn(key: String) = c.getBooleanValue(key, false) }
//- /a/Box.kt
package a
class Box<F : Flags>(private val flags: F) { fun g() = flags.isOn("one") }
//- /a/Where.kt
package a
fun <T> w(t: T) where T : Flags = t.isOn("two")
fun <T : Flags> T.ext() = isOn("three")
fun <T : Any> other(t: T) = t.isOn("four")
`,
    [
      'a/Box.kt:2 one literal+wrapper',
      'a/Flags.kt:3 dynamic -',
      'a/Where.kt:2 two literal+wrapper',
      'a/Where.kt:3 three literal+wrapper',
    ],
  ],
  [
    'C#: in clauses of methods and classes',
    `
//- /a/Flags.cs
using OpenFeature;
namespace A;
public class Flags { FeatureClient c; public bool IsOn(string key) => c.GetBooleanValueAsync(key, false).Result; }
//- /a/Use.cs
namespace A;
class Use { bool F<T>(T t) where T : Flags => t.IsOn("one"); }
class Box<F> where F : Flags { private readonly F flags; public Box(F flags) { this.flags = flags; } bool G() { return flags.IsOn("two"); } }
`,
    ['a/Flags.cs:3 dynamic -', 'a/Use.cs:2 one literal+wrapper', 'a/Use.cs:3 two literal+wrapper'],
  ],
  [
    'Rust: in brackets, in clauses, as what implements a trait',
    `
//- /Cargo.toml
[package]
name = "a"
//- /src/lib.rs
use open_feature::Client;
pub trait Flags { fn is_on(&self, key: &str) -> bool; }
pub struct Own { c: Client }
impl Flags for Own { fn is_on(&self, key: &str) -> bool { self.c.get_bool_value(key, None, None).await.unwrap_or(false) } }
pub fn f<T: Flags>(t: T) -> bool { t.is_on("one") }
pub fn g(t: impl Flags) -> bool { t.is_on("two") }
pub fn h(t: &dyn Flags) -> bool { t.is_on("three") }
pub fn i<T>(t: &T) -> bool where T: Flags { t.is_on("four") }
pub struct Box2<T: Flags> { t: T }
impl<T: Flags> Box2<T> { fn j(&self) -> bool { self.t.is_on("five") } }
pub fn k(t: Arc<dyn Flags>) -> bool { t.is_on("six") }
pub fn l(t: &impl Flags) -> bool { t.is_on("seven") }
`,
    [
      'src/lib.rs:10 five literal+wrapper',
      'src/lib.rs:11 six literal+wrapper',
      'src/lib.rs:12 seven literal+wrapper',
      'src/lib.rs:4 dynamic -',
      'src/lib.rs:5 one literal+wrapper',
      'src/lib.rs:6 two literal+wrapper',
      'src/lib.rs:7 three literal+wrapper',
      'src/lib.rs:8 four literal+wrapper',
    ],
  ],
  [
    'Scala',
    `
//- /a/Flags.scala
package a
import dev.openfeature.sdk.Client
class Flags(val c: Client) { def isOn(key: String) = c.getBooleanValue(key, false) }
//- /a/Use.scala
package a
class Use { def f[T <: Flags](t: T) = t.isOn("one") }
class Box[F <: Flags](flags: F) { def g = flags.isOn("two") }
`,
    ['a/Flags.scala:3 dynamic -', 'a/Use.scala:2 one literal+wrapper', 'a/Use.scala:3 two literal+wrapper'],
  ],
  [
    'Swift: in brackets, in clauses, as some and any',
    `
//- /a/Flags.swift
import LaunchDarkly
protocol Flags { func isOn(_ key: String) -> Bool }
class Own: Flags { let c: LDClient
 func isOn(_ key: String) -> Bool { return c.boolVariation(forKey: key, defaultValue: false) } }
//- /a/Use.swift
func f<T: Flags>(t: T) -> Bool { return t.isOn("one") }
class Box<F: Flags> { let flags: F
 func g() -> Bool { return flags.isOn("two") } }
func h<T>(t: T) -> Bool where T: Flags { return t.isOn("three") }
func i(t: some Flags) -> Bool { return t.isOn("four") }
func j(t: any Flags) -> Bool { return t.isOn("five") }
`,
    [
      'a/Flags.swift:4 dynamic -',
      'a/Use.swift:1 one literal+wrapper',
      'a/Use.swift:3 two literal+wrapper',
      'a/Use.swift:4 three literal+wrapper',
      'a/Use.swift:5 four literal+wrapper',
      'a/Use.swift:6 five literal+wrapper',
    ],
  ],
  [
    'TypeScript',
    `
//- /a.ts
import { OpenFeature } from '@openfeature/server-sdk';
const c = OpenFeature.getClient();
export class Flags { isOn(key: string) { return c.getBooleanValue(key, false); } }
export function f<T extends Flags>(t: T) { return t.isOn('one'); }
class Box<F extends Flags> { constructor(private flags: F) {} g() { return this.flags.isOn('two'); } }
`,
    ['a.ts:3 dynamic -', 'a.ts:4 one literal+wrapper', 'a.ts:5 two literal+wrapper'],
  ],
  [
    'Go: of functions and structs; what is one of several types has no methods',
    `
//- /a.go
package a

import "github.com/open-feature/go-sdk/openfeature"

type Flags interface{ IsOn(key string) bool }
type impl struct{ c *openfeature.Client }

func (i *impl) IsOn(key string) bool {
	v, _ := i.c.BooleanValue(ctx, key, false, nil)
	return v
}
func g[T Flags](t T) bool { return t.IsOn("one") }
func h[K comparable, T openfeature.IClient](t T) bool {
	v, _ := t.BooleanValue(ctx, "two", false, nil)
	return v
}

type Box[T Flags] struct{ t T }

func (b *Box[T]) k() bool { return b.t.IsOn("three") }
func u[T Flags | Other](t T) bool { return t.IsOn("four") }
`,
    ['a.go:12 one literal+wrapper', 'a.go:14 two literal', 'a.go:20 three literal+wrapper', 'a.go:9 dynamic -'],
  ],
];

describeRows('type parameters', ROWS);
