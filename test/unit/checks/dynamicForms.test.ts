import { checkChecks } from './checks.ts';

describe('lists of flags in Ruby', () => {
  it('are records, classes with readers, and modules of questions; a method that asks an SDK is an accessor', () =>
    checkChecks(`
      //- /Gemfile
      gem 'flipper'
      //- /app/models/feature_flags.rb
      FeatureFlags = Data.define(:new_nav, :dark_mode) do
        def self.current = new(new_nav: true, dark_mode: false)
        def charge? = Flipper.enabled?(:charge)
                              ^^^^^^^^ charge flipper literal
      end
      PlanFeatures = Struct.new(:sso, :audit)
      //- /app/models/ui_toggles.rb
      class UiToggles
        attr_reader :wide, :tall, :user
        def initialize(user)
          @user = user
        end
      end
      //- /app/services/feature_management.rb
      module FeatureManagement
        def self.use_kms? = Config.use_kms
        def self.demo?
          Rails.env.development?
        end
        def self.enabled? = true
        def self.new_pay? = Flipper.enabled?(:new_pay)
                                    ^^^^^^^^ new_pay flipper literal
      end
      //- /app/a.rb
      class Page
        def flags
          FeatureFlags.current
        end
        def show(plan)
          render if flags.new_nav
                          ^^^^^^^ new_nav inferred property likely
          render if FeatureFlags.current.charge?
                                         ^^^^^^^ charge flipper accessor reference
          UiToggles.new(1).tall
                           ^^^^ tall inferred property likely
          UiToggles.new(1).user
          FeatureManagement.use_kms? && FeatureManagement.enabled?
                            ^^^^^^^^ use_kms inferred property likely
          FeatureManagement.new_pay?
                            ^^^^^^^^ new_pay flipper accessor reference
          PlanFeatures.new(true, true).sso
          plan.demo?
        end
      end
    `));

  it('are hashes and structs that are written down, and parts of the configuration', () =>
    checkChecks(`
      //- /app/features.rb
      FEATURES = { new_nav: true, dark: ENV['DARK'] == '1', title: 'text' }.freeze
      TOGGLES = { wide: true }
      module Features
        FLAGS = OpenStruct.new(tall: true, long: false)
      end
      //- /app/a.rb
      FEATURES[:new_nav]
               ^^^^^^^^ new_nav inferred literal likely
      FEATURES.fetch(:dark, false).present?
               ^^^^^ dark inferred literal =false likely
      FEATURES[:title]
      FEATURES[:other]
      FEATURES.keys
      Features::FLAGS.tall
                      ^^^^ tall inferred property likely
      Rails.configuration.x.features.beta
                                     ^^^^ beta inferred property likely
      Rails.application.config.feature_flags[:gamma].presence
                                             ^^^^^^ gamma inferred literal likely
      Settings.features.dig(:delta)
                        ^^^ delta inferred literal likely
      Settings.features.each { |name| name }
      Settings.mail.host
      plan.features.sso
      ENV['FEATURE_NEW_NAV'] == '1' || ENV.fetch('SHOP_FEATURE_FLAG_PAY', nil)
          ^^^^^^^^^^^^^^^^^ FEATURE_NEW_NAV inferred literal possible
                                           ^^^^^ SHOP_FEATURE_FLAG_PAY inferred literal =null possible
      ENV['FEATURE_FLAG_API_KEY'] || ENV['DATABASE_URL'] || ENV['FEATURED_POST']
      //- /config/environments/production.rb
      config.x.features.beta = ENV['FEATURE_BETA']
    `));

  it('are questions that a gem answers by their names, and what declares them', () =>
    checkChecks(`
      //- /Gemfile
      gem 'flipflop'
      //- /config/features.rb
      Flipflop.configure do
        strategy :default
        group :nav do
          feature :new_nav, default: true
                  ^^^^^^^^ new_nav flipflop literal declaration =true
        end
      end
      feature :other
      //- /app/a.rb
      Flipflop.new_nav?
               ^^^^^^^^ new_nav flipflop property
      Flipflop.enabled?(:dark)
               ^^^^^^^^ dark flipflop literal
      Flipflop.respond_to?(:dark)
      Flipflop.feature_set.any?
      Other.new_nav?
    `));
});

describe('flags that PHP names otherwise', () => {
  it('are classes with a key of their own, middleware, and the global alias', () =>
    checkChecks(`
      //- /app/Features/NewApi.php
      <?php
      namespace App\\Features;
      class NewApi {
          public $name = 'new-api';
                         ^^^^^^^^^ new-api pennant literal declaration
          public function resolve($user) { return true; }
      }
      //- /app/Features/Attributed.php
      <?php
      namespace App\\Features;
      use Laravel\\Pennant\\Attributes\\Name;
      #[Name('attributed')]
             ^^^^^^^^^^^^ attributed pennant literal declaration
      class Attributed { public function resolve($user) { return true; } }
      //- /app/Features/Plain.php
      <?php
      namespace App\\Features;
      class Plain { public function resolve($user) { return true; } }
      //- /routes/web.php
      <?php
      use App\\Features\\{Attributed, NewApi, Plain};
      use Laravel\\Pennant\\Feature;
      Feature::active(NewApi::class);
               ^^^^^^ new-api pennant constant
      Feature::for($user)->value(Attributed::class);
                           ^^^^^ attributed pennant constant
      Feature::active(Plain::class);
               ^^^^^^ App\\Features\\Plain pennant constant
      Route::get('/api', fn () => 1)->middleware(['auth', 'features:beta, gamma']);
                                                                    ^^^^ beta pennant literal+attribute likely
                                                                          ^^^^^ gamma pennant literal+attribute likely
      //- /resources/page.blade.php
      @if (Feature::active('aliased')) @endif
                    ^^^^^^ aliased pennant literal
      //- /app/own.php
      <?php
      namespace App;
      Feature::active('not-the-alias');
               ^^^^^^ not-the-alias inferred literal likely
    `));

  it('are parts of the configuration, and variables of the environment', () =>
    checkChecks(`
      //- /config/features.php
      <?php
      return ['new_nav' => env('FEATURE_NEW_NAV', false)];
      //- /app/a.php
      <?php
      if (config('features.new_nav', false)) {}
          ^^^^^^ new_nav inferred literal =false likely
      if (Config::get('app.feature-flags.dark') || config()->boolean('toggles.wide')) {}
                  ^^^ dark inferred literal likely
                                                             ^^^^^^^ wide inferred literal likely
      if (config('app.debug') || config('features') || config('fortify.features')) {}
      if ($this->get('features.no_config') || env('FEATURE_PAY') || env('FEATURE_FLAG_URL')) {}
                                              ^^^ FEATURE_PAY inferred literal possible
    `));
});

describe("flags of Python's libraries", () => {
  it("are asked of waffle's models, of django-flags and of Sentry", () =>
    checkChecks(`
      //- /a.py
      from waffle import get_waffle_flag_model
      from waffle.models import Switch
      from flags.state import flag_enabled
      from sentry import features, options
      flag = get_waffle_flag_model().get('new-nav')
      if flag.is_active(request) or Switch.get('dark').is_active():
              ^^^^^^^^^ new-nav waffle literal
                                                       ^^^^^^^^^ dark waffle literal
          pass
      Switch.objects.create(name='made', active=True)
                     ^^^^^^ made waffle literal stub
      user.get('nobody').is_active()
      flag_enabled('wide', request=request)
      ^^^^^^^^^^^^ wide django-flags literal
      features.has("organizations:tall", organization, actor=user)
               ^^^ organizations:tall sentry literal
      options.get("system.rate")
              ^^^ system.rate sentry literal
      {}.get("nothing")
      //- /shop/templates/pay.html
      {% load feature_flags %}
      {% flag_enabled 'in-tag' as on %}
         ^^^^^^^^^^^^ in-tag django-flags literal+component
    `));
});

describe('classes that are constructed with a key', () => {
  it('are checks where a framework asks them, and flag objects where the program does', () =>
    checkChecks(`
      //- /f.py
      import ldclient
      class RequiresFeature:
          def __init__(self, key, *, default=False):
              self.key = key
          def __call__(self, fn):
              def inner(*args):
                  return fn(*args) if ldclient.get().variation(self.key, {}, False) else None
                                                     ^^^^^^^^^ dynamic launchdarkly - =false
              return inner
      class Flag:
          def __init__(self, key):
              self.key = key
          def is_on(self, user):
              return ldclient.get().variation(self.key, user, False)
                                    ^^^^^^^^^ dynamic launchdarkly - =false
      NAV = Flag('new-nav')
                 ^^^^^^^^^ new-nav inferred literal declaration
      PAY = Flag(key='new-pay')
                     ^^^^^^^^^ new-pay inferred literal declaration
      //- /a.py
      from fastapi import Depends
      from f import NAV, PAY, RequiresFeature
      @RequiresFeature('decorated')
       ^^^^^^^^^^^^^^^ decorated inferred literal+attribute =false
      def view(): pass
      router = Router(dependencies=[Depends(RequiresFeature(key='depended'))])
                                            ^^^^^^^^^^^^^^^ depended inferred literal+wrapper =false
      if NAV.is_on(user) and PAY.is_on(user):
             ^^^^^ new-nav inferred constant+flag-object =false
                                 ^^^^^ new-pay inferred constant+flag-object =false
          pass
      //- /Gemfile
      gem 'flipper'
      //- /app/lib/feature_constraint.rb
      class FeatureConstraint
        def initialize(flag)
          @flag = flag
        end
        def matches?(_request) = Flipper.enabled?(@flag)
                                         ^^^^^^^^ dynamic flipper -
      end
      //- /config/routes.rb
      Rails.application.routes.draw do
        constraints(FeatureConstraint.new(:routed)) { get 'x' }
                                      ^^^ routed inferred literal+wrapper
      end
    `));

  it('and functions are followed under their other names', () =>
    checkChecks(`
      //- /f.py
      from functools import partial
      from waffle import flag_is_active
      def feature_on(request, key):
          return flag_is_active(request, key)
                 ^^^^^^^^^^^^^^ dynamic waffle -
      ask = feature_on
      asked_of_all = partial(feature_on, request=None)
      //- /a.py
      from f import ask, asked_of_all
      ask(request, 'renamed')
      ^^^ renamed inferred literal+wrapper
      asked_of_all(key='applied')
      ^^^^^^^^^^^^ applied inferred literal+wrapper
      //- /Gemfile
      gem 'flipper'
      //- /app/features.rb
      module Features
        def feature_on?(name) = Flipper.enabled?(name)
                                        ^^^^^^^^ dynamic flipper -
        alias_method :on?, :feature_on?
        alias live? feature_on?
      end
      class Page
        include Features
        def show
          on?(:first) && live?(:second)
          ^^^ first inferred literal+wrapper
                         ^^^^^ second inferred literal+wrapper
        end
      end
    `));
});

describe('tests that set flags', () => {
  it("of Ruby: RSpec's doubles, helpers and metadata", () =>
    checkChecks(`
      //- /Gemfile
      gem 'flipper'
      //- /app/feature_management.rb
      module FeatureManagement
        def self.use_kms? = Config.use_kms
        def self.use_hsm? = Config.use_hsm
      end
      //- /spec/pay_spec.rb
      RSpec.describe Pay do
        before do
          allow(Flipper).to receive(:enabled?).with(:doubled, user).and_return(true)
                                    ^^^^^^^^^ doubled flipper literal stub test
          expect(Flipper).not_to receive(:enabled?).with('expected')
                                         ^^^^^^^^^ expected flipper literal stub test
          allow(FeatureManagement).to receive_messages(use_kms?: true)
                                                                 ^^^^ use_kms inferred property stub likely test
          allow(Other).to receive(:enabled?).with(:nothing)
          stub_feature_flags(stubbed: false)
                                      ^^^^^ stubbed inferred literal stub likely test
          with_feature_flag(:helped) { expect(Flipper.enabled?(:asked)).to be(true) }
                            ^^^^^^^ helped inferred literal stub likely test
                                                      ^^^^^^^^ asked flipper literal test
          with_feature(:kept, enabled: false, actor: user) { visit }
                       ^^^^^ kept inferred literal stub likely test
          with_flag(:verbose)
        end
        it 'pays', with_flag: { tagged: true } do
                                ^^^^^^ tagged inferred literal stub likely test
        end
      end
    `));

  it('of Python: dictionaries of settings', () =>
    checkChecks(`
      //- /tests/test_pay.py
      from django.conf import settings
      @patch.dict(settings.FEATURES, {'PATCHED': True})
                                      ^^^^^^^^^ PATCHED inferred literal stub likely test
      @override_settings(FEATURES={'OVERRIDDEN': True}, CACHES={'default': {}})
                                   ^^^^^^^^^^^^ OVERRIDDEN inferred literal stub likely test
      def test_pay(): pass
      //- /pay.py
      class Flags:
          pass
      getattr(settings.FEATURES, 'get')
    `));
});

describe('templates that ask an application', () => {
  it('by filters, tags and what a page holds', () =>
    checkChecks(`
      //- /shop/templates/pay.html
      {% if flags.new_nav %}{% elif request.features.dark %}{% endif %}
                  ^^^^^^^ new_nav inferred property likely
                                                     ^^^^ dark inferred property likely
      {{ flags.other }}{% for flag in flags.all %}{% endfor %}{% if product.features.size_xl or flags.count %}{% endif %}
      {% feature_enabled "tagged" %}{{ 'filtered'|feature_enabled:request }}{{ 'text'|upper }}{% flag "us" %}
         ^^^^^^^^^^^^^^^ tagged inferred literal+component likely
                                                  ^^^^^^^^^^^^^^^ filtered inferred literal likely
      {% if feature_flags['wide'] %}{% endif %}
                          ^^^^^^ wide inferred property likely
      //- /page.html.twig
      {% if features['tall'] %}{% elseif app.features.long %}{% endif %}{{ features.none }}
                     ^^^^^^ tall inferred property likely
                                                      ^^^^ long inferred property likely
    `));
});

describe("libraries of the repository's own in Python, Ruby and PHP", () => {
  it('make flags that are asked themselves', () =>
    checkChecks(`
      //- /flags.py
      class FeatureFlag:
          def __init__(self, key, default=False):
              self.key = key
          def is_enabled(self, user=None):
              return STORE.get(self.key)
      class FeatureRow(Model):
          def is_enabled(self): return True
      class FeatureChanged:
          def __init__(self, name):
              self.name = name
          def is_enabled(self): return True
      FeatureChanged('changed').is_enabled()
      NAV = FeatureFlag('new-nav')
                        ^^^^^^^^^ new-nav inferred literal declaration likely
      //- /a.py
      from flags import NAV, FeatureRow
      if NAV.is_enabled(user) and FeatureRow(name='row').is_enabled(): pass
             ^^^^^^^^^^ new-nav inferred constant+flag-object likely
      //- /app/feature_flag.rb
      class FeatureFlag
        def initialize(name)
          @name = name
        end
        def enabled? = STORE[@name]
      end
      //- /app/a.rb
      FeatureFlag.new(:dark).enabled?
                             ^^^^^^^^ dark inferred literal+flag-object likely
    `));

  it('are told what flags there are, and asked for one that nobody knows by what is called as they are', () =>
    checkChecks(`
      //- /shop/features.py
      class FeatureManager:
          def add(self, name, kind): pass
          def has(self, name, *args): return name in STORE
      manager = FeatureManager()
      has = manager.has
      //- /shop/temporary.py
      from shop.features import FeatureManager
      def register(manager: FeatureManager):
          manager.add("organizations:pay", Release)
                  ^^^ organizations:pay inferred literal+wrapper declaration likely
      //- /shop/project.py
      class Project:
          def has_feature(self, feature_id):
              return feature_id in self.features
      //- /shop/views.py
      from shop import features
      if features.has("organizations:pay", organization): pass
                  ^^^ organizations:pay inferred literal+wrapper likely
      if request.project.has_feature('wide'): pass
                         ^^^^^^^^^^^ wide inferred literal+wrapper likely
      //- /tests/test_project.py
      import factory
      def test_project():
          project = factory.get(Project)
          assert project.has_feature(feature.feature_id)
                         ^^^^^^^^^^^ dynamic inferred wrapper likely test
          assert phone.has_feature(feature.feature_id)
    `));

  it('are settings that are called a feature, and types that speak of flags', () =>
    checkChecks(`
      //- /a.py
      from django.conf import settings
      if settings.FEATURE_NEW_NAV or getattr(settings, 'FEATURE_PAY', False): pass
                  ^^^^^^^^^^^^^^^ FEATURE_NEW_NAV inferred property possible
                                                       ^^^^^^^^^^^^^ FEATURE_PAY inferred property possible
      if app.config['SHOP_FEATURE_WIDE'] or os.environ.get('FEATURE_TALL', '') or settings.FEATURE_FLAG_URL or settings.FEATURE_POLICY: pass
                    ^^^^^^^^^^^^^^^^^^^ SHOP_FEATURE_WIDE inferred literal possible
                                                       ^^^ FEATURE_TALL inferred literal ="" possible
      //- /shop/settings.py
      FEATURE_NEW_NAV = os.getenv('FEATURE_NEW_NAV')
      //- /a.php
      <?php
      use Flagception\\Manager\\FeatureManagerInterface;
      class Page {
          public function __construct(private FeatureManagerInterface $manager, private Mailer $mailer) {}
          public function show() { return $this->manager->isActive('typed') && $this->mailer->isActive('mail'); }
                                                          ^^^^^^^^ typed inferred literal likely
      }
    `));
});
