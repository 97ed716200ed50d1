// What Ruby, PHP, Python and templates ask by lists, libraries and configurations that say which flags there are.
import { checkChecks } from '../checks.ts';

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
