// Questions whose keys stand elsewhere than in a plain call: in the fields of subclasses, in rows of tables, in lists that a method is handed.
// Path and line, key, how it was found, and `likely` where it is.
import { checkChecks } from './checks.ts';
import { describeRows, type Row } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'What a device can do is no flag, what an account may have is',
    `
//- /network.ts
export const hasNetworkFeatures = (account: Account, feature: string) => account.network.features.includes(feature);
export const hasAccountFeature = (account: Account, feature: string) => account.features.includes(feature);
//- /smart_proxy.rb
class SmartProxy
  def has_feature?(feature_name)
    features.map(&:name).include?(feature_name)
  end
  def feature_enabled?(feature)
    enabled.include?(feature)
  end
end
//- /use.ts
import { hasAccountFeature, hasNetworkFeatures } from './network';
hasNetworkFeatures(account, 'staking') && hasAccountFeature(account, 'new-nav');
//- /use.rb
proxy = SmartProxy.new
proxy.has_feature?('tftp') && proxy.feature_enabled?('new-nav')
`,
    ['use.rb:2 new-nav literal+wrapper likely', 'use.ts:2 new-nav literal+wrapper likely'],
  ],
  [
    'Keys that subclasses hold for a question of their base, in each language that has classes',
    `
//- /base.py
from openfeature import api
client = api.get_client()
class FlaggedView:
    flag = None
    def dispatch(self, request):
        return client.get_boolean_value(self.flag, False)
    def typed(self):
        return client.get_boolean_value(type().flag, False)
//- /views.py
from base import FlaggedView
class NavView(FlaggedView):
    flag = "py-nav"
class OtherView:
    flag = "no-flag"
//- /base.ts
import { OpenFeature } from '@openfeature/server-sdk';
export abstract class Flagged {
  protected abstract readonly flag: string;
  client = OpenFeature.getClient();
  isOn() { return this.client.getBooleanValue(this.flag, false); }
  isOpen() { return this.client.getBooleanValue(this.gate(), false); }
  abstract gate(): string;
}
//- /nav.ts
import { Flagged } from './base';
class Nav extends Flagged {
  protected readonly flag = 'ts-nav';
  gate() { return 'ts-gate'; }
}
class Other { flag = 'no-flag'; }
//- /Base.php
<?php
namespace App;
abstract class Base {
  protected string $flag;
  public function on(\\Unleash\\Client\\Unleash $unleash) { return $unleash->isEnabled($this->flag); }
}
//- /Nav.php
<?php
namespace App;
class Nav extends Base { protected string $flag = 'php-nav'; }
//- /base.rb
class BaseJob
  def perform
    Flipper.enabled?(flag_name)
  end
  def other
    Flipper.enabled?(self.class::FLAG)
  end
end
//- /nav.rb
class NavJob < BaseJob
  FLAG = :rb_constant
  def flag_name
    :rb_nav
  end
end
//- /Base.java
package a;
import io.getunleash.Unleash;
abstract class Base {
  Unleash unleash;
  protected abstract String flag();
  boolean on() { return unleash.isEnabled(flag()); }
}
//- /Nav.java
package a;
class Nav extends Base {
  @Override protected String flag() { return "java-nav"; }
}
//- /Base.cs
using Unleash;
abstract class Page {
  IUnleash unleash;
  protected abstract string Flag { get; }
  bool On() => unleash.IsEnabled(Flag);
}
//- /Nav.cs
class NavPage : Page {
  protected override string Flag => "cs-nav";
}
//- /Base.kt
package b
import io.getunleash.Unleash
abstract class Screen(val unleash: Unleash) {
  abstract val flag: String
  fun on() = unleash.isEnabled(flag)
}
//- /Nav.kt
package b
class NavScreen(unleash: Unleash) : Screen(unleash) {
  override val flag = "kt-nav"
}
`,
    [
      'Base.cs:5 dynamic -',
      'Base.java:6 dynamic -',
      'Base.kt:5 dynamic -',
      'Base.php:5 dynamic -',
      'Nav.cs:2 cs-nav literal+attribute',
      'Nav.java:3 java-nav literal+attribute',
      'Nav.kt:3 kt-nav literal+attribute',
      'Nav.php:3 php-nav literal+attribute',
      'base.py:6 dynamic -',
      'base.py:8 dynamic -',
      'base.rb:3 dynamic - likely',
      'base.rb:6 dynamic - likely',
      'base.ts:5 dynamic -',
      'base.ts:6 dynamic -',
      'nav.rb:2 rb_constant literal+attribute likely',
      'nav.rb:3 rb_nav literal+attribute likely',
      'nav.ts:3 ts-nav literal+attribute',
      'nav.ts:4 ts-gate literal+attribute',
      'views.py:3 py-nav literal+attribute',
    ],
  ],
  [
    'Ruby, Python, PHP: flags that a server hands to a page',
    `
//- /a.rb
class PagesController < ApplicationController
  before_action do
    push_frontend_feature_flag(:new_nav, current_user)
    push_frontend_feature_flags(:one, :two)
    push_notification(:sent)
  end
end
//- /a.py
expose_feature_flag('new-nav')
share_feature_request('no-flag')
//- /a.php
<?php
$this->pushFeatureFlag('new-nav');
`,
    [
      'a.php:2 new-nav literal likely',
      'a.py:1 new-nav literal likely',
      'a.rb:3 new_nav literal likely',
      'a.rb:4 one literal likely',
      'a.rb:4 two literal likely',
    ],
  ],
  [
    'Go: rows of a table, with and without the names of their fields, and functions that a field holds',
    `
//- /go.mod
module example.com/a
//- /a.go
package a

import ld "github.com/launchdarkly/go-server-sdk/v7"

type Svc struct {
	isOn func(key string) bool
}

func New(client *ld.LDClient) *Svc {
	return &Svc{isOn: func(key string) bool { v, _ := client.BoolVariation(key, ctx, false); return v }}
}

func (s *Svc) F() bool { return s.isOn("by-field") }
//- /a_test.go
package a

import ld "github.com/launchdarkly/go-server-sdk/v7"

func F() {
	client, _ := ld.MakeClient("", 1)
	for _, tt := range []struct{ name, flag string }{{"one", "row-one"}, {"two", "row-two"}} {
		client.BoolVariation(tt.flag, ctx, false)
	}
	for _, tt := range []struct{ flag string }{{flag: "row-three"}, {flag: "row-four"}} {
		client.BoolVariation(tt.flag, ctx, false)
	}
}
`,
    [
      'a.go:10 dynamic -',
      'a.go:13 by-field literal+wrapper',
      'a_test.go:11 dynamic -',
      'a_test.go:11 row-four constant reference',
      'a_test.go:11 row-three constant reference',
      'a_test.go:8 dynamic -',
      'a_test.go:8 row-one constant reference',
      'a_test.go:8 row-two constant reference',
    ],
  ],
  [
    'Java and Kotlin: references to methods that ask, with the keys that they are handed',
    `
//- /A.java
package a;
import io.getunleash.Unleash;
class A {
  Unleash unleash;
  static final List<String> KEYS = List.of("listed-one", "listed-two");
  boolean any() { return Stream.of("one", "two").anyMatch(unleash::isEnabled); }
  boolean all() { return KEYS.stream().sorted().allMatch(unleash::isEnabled); }
  Object only() { return Optional.of("only").filter(this.unleash::isEnabled).map(String::length); }
  void some(List<String> keys) { keys.forEach(unleash::isEnabled); other(A::new, lamps::isEnabled); }
}
//- /B.kt
package a
import io.getunleash.Unleash
class B(val unleash: Unleash) {
  fun any() = listOf("kt-one", "kt-two").any(unleash::isEnabled)
  fun other() = lamps.filter(Lamp::isEnabled)
}
`,
    [
      'A.java:6 dynamic -',
      'A.java:6 one constant reference',
      'A.java:6 two constant reference',
      'A.java:7 dynamic -',
      'A.java:7 listed-one constant reference',
      'A.java:7 listed-two constant reference',
      'A.java:8 only literal',
      'A.java:9 dynamic -',
      'B.kt:4 dynamic -',
      'B.kt:4 kt-one constant reference',
      'B.kt:4 kt-two constant reference',
    ],
  ],
  [
    'PHP: first-class callables that are handed a list',
    `
//- /a.php
<?php
use Unleash\\Client\\Unleash;
function f(Unleash $unleash, array $keys) {
  $on = array_filter(['one', 'two'], $unleash->isEnabled(...));
  return array_map($unleash->isEnabled(...), $keys) + array_map($lamp->isEnabled(...), $keys);
}
`,
    ['a.php:4 dynamic -', 'a.php:4 one constant reference', 'a.php:4 two constant reference', 'a.php:5 dynamic -'],
  ],
];

describeRows('Keys that stand elsewhere', ROWS, ['check', 'reference']);

// Marked, so that the tests that edit fixtures at random take part in them too.
describe('Keys that stand elsewhere, across files', () => {
  it('fields of subclasses', () =>
    checkChecks(`
      //- /base.py
      from openfeature import api
      client = api.get_client()
      class FlaggedView:
          flag = None
          def dispatch(self, request):
              return client.get_boolean_value(self.flag, False)
                            ^^^^^^^^^^^^^^^^^ dynamic openfeature - =false
      //- /views.py
      from base import FlaggedView
      class NavView(FlaggedView):
          flag = "py-nav"
          ^^^^ py-nav inferred literal+attribute
    `));
});
