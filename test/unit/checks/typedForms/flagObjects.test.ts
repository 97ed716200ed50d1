// Flags that are objects: made of their key in one place, asked in another.
import { type Row, testRows } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'Go: structs that carry their key, by name, in order and behind a pointer, whose method asks an SDK',
    `
//- /go.mod
module acme
//- /flags/flags.go
package flags
import ld "github.com/launchdarkly/go-server-sdk/v7"
var client *ld.LDClient
type Flag struct {
	Name    string
	Default bool
}
func (f Flag) Enabled(ctx context.Context) bool {
	v, _ := client.BoolVariation(f.Name, nil, f.Default)
	return v
}
var NewNav = Flag{Name: "by-name"}
var NewPay = &Flag{"in-order", true}
func Made(name string) Flag { return Flag{Name: name} }
var NewCart = Made("by-maker")
type Limit[T any] struct{ Key string }
func (l Limit[T]) Get() T { return Value[T](l.Key) }
func Value[T any](key string) T { v, _ := client.JSONVariation(key, nil, nil); return v }
var Most = Limit[int]{Key: "generic"}
//- /use.go
package main
import "acme/flags"
func F(c Color) bool {
	return flags.NewNav.Enabled(nil) && flags.NewPay.Enabled(nil) && flags.NewCart.Enabled(nil) && c.Enabled(nil)
}
func G() int { return flags.Most.Get() }
`,
    [
      'use.go:4 by-name constant+flag-object',
      'use.go:4 in-order constant+flag-object',
      'use.go:4 by-maker constant+flag-object',
      'use.go:6 generic constant+flag-object',
    ],
  ],
  [
    'Go: options and configurations that carry the key',
    `
//- /gate.go
package gate
import ld "github.com/launchdarkly/go-server-sdk/v7"
type Gate struct {
	key    string
	cfg    Config
	client *ld.LDClient
}
type Config struct{ Key string }
type Option func(*Gate)
func WithFlag(key string) Option { return func(g *Gate) { g.key = key } }
func WithLogger(l Logger) Option { return func(g *Gate) { g.logger = l } }
func NewGate(opts ...Option) *Gate {
	g := &Gate{}
	for _, o := range opts {
		o(g)
	}
	return g
}
func From(cfg Config) *Gate { return &Gate{cfg: cfg} }
func (g *Gate) Open() bool { v, _ := g.client.BoolVariation(g.key, nil, false); return v }
func (g *Gate) Wide() bool { v, _ := g.client.BoolVariation(g.cfg.Key, nil, false); return v }
func f() {
	g := NewGate(WithLogger(l), WithFlag("by-option"))
	if g.Open() && From(Config{Key: "by-config"}).Wide() && NewGate(WithLogger(l)).Open() {
	}
}
`,
    ['gate.go:24 by-option constant+flag-object', 'gate.go:24 by-config constant+flag-object'],
  ],
  [
    'Go: flags of a library of the repository, and no flags of a command line, no variables of a function',
    `
//- /go.mod
module acme
//- /features/features.go
package features
type Feature struct {
	name string
	env  string
}
func New(name, env string) Feature { return Feature{name, env} }
func (f *Feature) Enabled() bool { return os.Getenv(f.env) == "1" }
func (f *Feature) Name() string { return f.name }
var Fast = New("fast-path", "FAST")
var FastName = Fast.Name()
//- /cli/flags.go
package cli
type CommandFlag struct{ Name string }
func (f CommandFlag) Enabled() bool { return true }
var Verbose = CommandFlag{Name: "verbose"}
//- /use.go
package main
import (
	"acme/cli"
	"acme/features"
)
func F() bool {
	local := features.New("local", "LOCAL")
	return features.Fast.Enabled() && cli.Verbose.Enabled() && local.Enabled()
}
`,
    ['use.go:8 fast-path flag-object likely'],
  ],
  [
    'Rust: statics of another crate, by their path, imported, and through what modules hand on',
    `
//- /crates/experiments/Cargo.toml
[package]
//- /crates/experiments/src/lib.rs
pub struct ExperimentalOption { value: Value, marker: &'static dyn Marker }
impl ExperimentalOption {
    pub(crate) const fn new(marker: &'static dyn Marker) -> Self { Self { value: Value::new(None), marker } }
    pub fn get(&self) -> bool { self.value.load() }
}
pub struct FeatureFlag { name: &'static str }
impl FeatureFlag { pub fn is_enabled(&self) -> bool { on(self.name) } }
mod options;
pub use options::*;
//- /crates/experiments/src/options/mod.rs
mod example;
pub use example::*;
mod pipes;
pub use pipes::*;
//- /crates/experiments/src/options/example.rs
use crate::*;
pub static EXAMPLE: ExperimentalOption = ExperimentalOption::new(&Example);
struct Example;
impl Marker for Example { const IDENTIFIER: &'static str = "example"; const STATUS: Status = Status::On; }
//- /crates/experiments/src/options/pipes.rs
use crate::*;
pub static PIPES: ExperimentalOption = ExperimentalOption::new(&Pipes);
struct Pipes;
impl Marker for Pipes { const IDENTIFIER: &'static str = "pipe-fail"; const STATUS: Status = Status::Off; }
pub static NAVIGATION: FeatureFlag = FeatureFlag { name: "new-nav" };
//- /crates/app/src/main.rs
use experiments::EXAMPLE;
fn main() {
    if experiments::PIPES.get() && EXAMPLE.get() { go() }
    if experiments::NAVIGATION.is_enabled() && MAP.get() { go() }
}
`,
    [
      'crates/app/src/main.rs:3 pipe-fail flag-object likely',
      'crates/app/src/main.rs:3 example flag-object likely',
      'crates/app/src/main.rs:4 new-nav flag-object likely',
    ],
  ],
];

describe('flags that are objects', () => testRows(ROWS));
