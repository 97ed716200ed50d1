import { checkChecks } from './checks.ts';

describe('checks in PHP', () => {
  it('follows clients through properties, promoted parameters, factories and containers', () =>
    checkChecks(`
      //- /src/Pay/Pay.php
      <?php
      namespace Shop\\Pay;
      use LaunchDarkly\\LDClient;
      use OpenFeature\\OpenFeatureAPI as Flags;
      use OpenFeature\\interfaces\\flags\\Client;
      use Unleash\\Client\\UnleashBuilder;
      class Pay extends Base {
          private LDClient $ld;
          public function __construct(private readonly Client $client, ?\\Unleash\\Client\\Unleash $unleash = null) {
              $this->ld = new LDClient('sdk');
              $this->own = UnleashBuilder::create()->build();
              $unleash->isEnabled('parameter');
                        ^^^^^^^^^ parameter unleash literal
          }
          private function api() { return Flags::getInstance()->getClient('pay'); }
          public function charge($user) {
              $this->ld->variation('typed', $user, false);
                         ^^^^^^^^^ typed launchdarkly literal =false
              $this->client?->getBooleanValue('promoted', true);
                              ^^^^^^^^^^^^^^^ promoted openfeature literal =true
              $this->own->isEnabled("assigned", default: true);
                          ^^^^^^^^^ assigned unleash literal =true
              $this->api()->getStringValue(defaultValue: 'd', flagKey: 'factory');
                            ^^^^^^^^^^^^^^ factory openfeature literal ="d"
              app(LDClient::class)->variation('container', $user);
                                    ^^^^^^^^^ container launchdarkly literal
              $f = fn () => $this->inherited->variation('base', $user, 1);
                                              ^^^^^^^^^ base launchdarkly literal =1
              // $this->ld->variation('commented', $user, false);
              $text = '$this->ld->variation("quoted")';
              (new Other())->isEnabled('no-flag');
              $this->list->isEnabled('no-flag');
          }
          private Table $list;
      }
      //- /src/Pay/Base.php
      <?php
      namespace Shop\\Pay;
      abstract class Base { protected \\LaunchDarkly\\LDClient $inherited; }
    `));

  it('resolves class constants, enums, constants and class names across files', () =>
    checkChecks(`
      //- /lib/Flags/Keys.php
      <?php
      namespace Shop\\Flags;
      final class Keys {
          const NAV = 'new-nav';
                      ^^^^^^^^^ new-nav pennant literal declaration
          const PAY = self::PREFIX . 'pay';
                      ^^^^^^^^^^^^^^^^^^^^ team-pay pennant literal declaration
          private const PREFIX = 'team-';
          const MAP = ['a' => 'mapped'];
                              ^^^^^^^^ mapped pennant literal declaration
      }
      enum Flag: string {
          case Search = 'fast-search';
                        ^^^^^^^^^^^^^ fast-search pennant literal declaration
          const DEFAULT = self::Search;
      }
      //- /app/Main.php
      <?php
      namespace App;
      use Laravel\\Pennant\\Feature;
      use Shop\\Flags\\{Keys, Keys as K};
      use Shop\\Flags\\Flag;
      class Main {
          const OWN = 'own';
                      ^^^^^ own pennant literal declaration
          function f(User $user) {
              Feature::active(Keys::NAV);
                       ^^^^^^ new-nav pennant constant
              Feature::for($user)->inactive(K::PAY);
                                   ^^^^^^^^ team-pay pennant constant+template
              Feature::value(\\Shop\\Flags\\Keys::MAP['a']);
                       ^^^^^ mapped pennant object
              Feature::active(Flag::Search->value) && Feature::active(static::OWN);
                       ^^^^^^ fast-search pennant enum
                                                               ^^^^^^ own pennant constant
              Feature::when(NewApi::class, fn () => 1, fn () => 2);
                       ^^^^ App\\NewApi pennant constant
              Feature::active("team-{$user->team}");
                       ^^^^^^ team-* pennant template
              Feature::active($user->flag);
                       ^^^^^^ dynamic pennant -
              Feature::define('defined', fn () => true);
                       ^^^^^^ defined pennant literal declaration
              Feature::allAreActive(['first', Keys::NAV]);
                                     ^^^^^^^ first pennant literal
                                              ^^^^^^^^^ new-nav pennant constant
              Feature::activate('set');
                       ^^^^^^^^ set pennant literal stub
          }
      }
    `));

  it('follows wrappers through interfaces, traits, statics and namespaces', () =>
    checkChecks(`
      //- /src/Flags/Gate.php
      <?php
      namespace Shop\\Flags;
      use Unleash\\Client\\Unleash;
      interface Gate { public function allows(string $name, bool $default = false): bool; }
      trait Asks {
          public function asks(string $key): bool { return $this->unleash->isEnabled($key); }
                                                                           ^^^^^^^^^ dynamic unleash - likely
      }
      class UnleashGate implements Gate {
          public function __construct(private Unleash $unleash) {}
          public function allows(string $name, bool $default = false): bool {
              return $this->unleash->isEnabled($name, null, $default);
                                     ^^^^^^^^^ dynamic unleash -
          }
          public static function beta(string $team): bool { return self::make()->allows("beta-$team"); }
                                                                                 ^^^^^^ beta-* inferred template+wrapper =false
          private static function make(): self { return new self(new Fake()); }
          public function isNavOn(): bool { return $this->allows('nav'); }
                                                          ^^^^^^ nav inferred literal+wrapper =false
      }
      //- /src/Pay.php
      <?php
      namespace Shop;
      use Shop\\Flags\\{Gate, UnleashGate};
      class Pay {
          public function __construct(private Gate $gate, private UnleashGate $own) {}
          public function f() {
              $this->gate->allows('through-interface');
                           ^^^^^^ through-interface inferred literal+wrapper =false
              $this->gate->allows(default: true, name: 'named');
                           ^^^^^^ named inferred literal+wrapper =true
              UnleashGate::beta('x');
                           ^^^^ beta-x inferred template+wrapper =false
              if ($this->own->isNavOn()) {}
                              ^^^^^^^ nav inferred accessor reference
          }
      }
      //- /tests/PayTest.php
      <?php
      namespace Shop\\Tests;
      (new \\Shop\\Flags\\UnleashGate($unleash))->allows('in-test');
                                               ^^^^^^ in-test inferred literal+wrapper =false test
    `));

  it("recognises a repository's own library, and the methods of its class that hand a key on", () =>
    checkChecks(`
      //- /src/Feature.php
      <?php
      namespace Shop;
      final class Feature {
          public static function isActive(string $feature): bool { return self::$rows[$feature] ?? false; }
          public static function failUnless(string $flag, string $message): void {
              if (!self::isActive($flag)) { throw new \\LogicException($message); }
                         ^^^^^^^^ dynamic inferred wrapper likely
          }
      }
      //- /src/Pay.php
      <?php
      namespace Shop;
      class Pay {
          public function charge(string $flag): void {
              Feature::isActive('asked');
                       ^^^^^^^^ asked inferred literal+wrapper likely
              Feature::failUnless('handed-on', 'Not yet');
                       ^^^^^^^^^^ handed-on inferred literal+wrapper likely
              Feature::isActive($flag);
                       ^^^^^^^^ dynamic inferred wrapper likely
          }
          public function other(): void { $this->charge('no-check'); }
      }
    `));

  it('matches configured patterns', () =>
    checkChecks(`
      //- /flagbook.json
      { "checks": [
        { "pattern": "Feature::isActive($KEY)", "languages": ["php"] },
        { "pattern": "$KEY->isOn()" },
        { "pattern": "$this->features->$KEY" },
        { "pattern": "toggle($KEY, $$$)" }
      ] }
      //- /a.php
      <?php
      use Own\\Feature;
      const PAY = 'pay';
                  ^^^^^ pay custom literal declaration
      Feature::isActive('static');
               ^^^^^^^^ static custom literal
      Other::isActive('other');
      $flag->isActive('other');
      PAY->isOn();
           ^^^^ pay custom constant
      toggle("fn", 1, 2);
      ^^^^^^ fn custom literal
      class A { function f() { return $this->features->darkMode ? 1 : 2; } }
                                                       ^^^^^^^^ darkMode custom property
    `));
});
