// What Ruby, PHP and Python ask by classes, functions and tests of their own.
import { checkChecks } from '../checks.ts';

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
        it 'lists', feature_flag: [:listed] do
                                   ^^^^^^^ listed inferred literal stub likely test
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
