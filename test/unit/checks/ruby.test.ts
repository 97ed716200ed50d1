import { checkChecks } from './checks.ts';

describe('checks in Ruby', () => {
  it('follows clients through constants, globals, configuration, fields and methods', () =>
    checkChecks(`
      //- /Gemfile
      gem 'launchdarkly-server-sdk'
      gem "rollout"
      //- /config/initializers/flags.rb
      require 'unleash'
      UNLEASH = Unleash::Client.new(app_name: 'shop')
      $rollout = Rollout.new(Redis.new)
      Rails.configuration.ld_client = LaunchDarkly::LDClient.new(ENV.fetch('LD'))
      //- /app/services/pay.rb
      class Pay < Service
        attr_reader :own
        delegate :variation, to: :ld
        def initialize(flags: OpenFeature::SDK.build_client)
          @own = LaunchDarkly::LDClient.new('sdk')
          @list = {}
        end
        def ld = Rails.application.config.ld_client
        def open_feature
          @open_feature ||= OpenFeature::SDK.build_client
        end
        def charge(user)
          own.variation("reader", user, false)
              ^^^^^^^^^ reader launchdarkly literal =false
          @own.variation_detail('field', user, 1)
               ^^^^^^^^^^^^^^^^ field launchdarkly literal =1
          variation("delegated", user, nil)
          ^^^^^^^^^ delegated launchdarkly literal =null
          ld.variation :configured, user, "x"
             ^^^^^^^^^ configured launchdarkly literal ="x"
          return unless UNLEASH.is_enabled?(:global, @context, true)
                                ^^^^^^^^^^^ global unleash literal =true
          $rollout.active?(:percent, user) && @list.active?(:no_flag)
                   ^^^^^^^ percent rollout literal
          open_feature.fetch_string_value(flag_key: "keyword", default_value: "d")
                       ^^^^^^^^^^^^^^^^^^ keyword openfeature literal ="d" likely
          # own.variation("commented", user, false)
          text = 'own.variation("quoted", user, false)'
          product.variation
        end
      end
    `));

  it('knows Flipper by its constant, in brackets, through a variable and without a receiver of its own', () =>
    checkChecks(`
      //- /Gemfile.lock
      flipper
      //- /Gemfile
      gem 'flipper-active_record'
      //- /app/controllers/nav_controller.rb
      class NavController < ApplicationController
        def show
          Flipper.enabled?(:plain, current_user)
                  ^^^^^^^^ plain flipper literal
          Flipper.enabled? "no-parentheses"
                  ^^^^^^^^ no-parentheses flipper literal
          Flipper[:brackets].enabled?(current_user)
                             ^^^^^^^^ brackets flipper literal
          Flipper.feature(:feature).enabled?
                                    ^^^^^^^^ feature flipper literal
          gate = Flipper[:variable]
          gate.enabled?(current_user)
               ^^^^^^^^ variable flipper literal
          ::Flipper.enabled?("team-#{team.id}")
                    ^^^^^^^^ team-* flipper template
          Flipper.enabled?(params[:flag])
                  ^^^^^^^^ dynamic flipper -
          Flipper.enable(:set, current_user)
                  ^^^^^^ set flipper literal stub
          Flipper[:set_too].disable(current_user)
                            ^^^^^^^ set_too flipper literal stub
          Flipper.features.size
          button.enabled?(:no_flag)
        end
      end
      //- /app/views/nav/show.html.erb
      <% if Flipper.enabled?(:view, current_user) %>
                    ^^^^^^^^ view flipper literal
        <p>Flipper.enabled?(:text)</p>
        <%# Flipper.enabled?(:comment) %>
      <% end %>
      //- /app/views/nav/show.html.haml
      - if Flipper.enabled?(:in_haml, current_user)
                   ^^^^^^^^ in_haml flipper literal
        %p{ class: ("new" if Flipper[:attribute].enabled?) } Flipper.enabled?(:text)
                                                 ^^^^^^^^ attribute flipper literal
    `));

  it('is likely where no gem is named, and where the repository adds to the constant', () =>
    checkChecks(`
      //- /app/a.rb
      Flipper.enabled?(:no_gem)
              ^^^^^^^^ no_gem flipper literal likely
    `));

  it('is likely where the repository adds to the constant of the gem', () =>
    checkChecks(`
      //- /Gemfile
      gem 'flipper'
      //- /lib/flipper.rb
      module Flipper
        module Cache; end
      end
      //- /app/a.rb
      Flipper.enabled?(:shared)
              ^^^^^^^^ shared flipper literal likely
    `));

  it("takes a repository's own module of that name for its own", () =>
    checkChecks(`
      //- /lib/rollout.rb
      module Rollout
        def self.active?(name) = STATES[name]
        STATES = { a: 1 }
      end
      //- /app/a.rb
      Rollout.active?(:own)
      Rollout.inactive?(:own)
    `));

  it('resolves constants of modules, classes and hashes across files', () =>
    checkChecks(`
      //- /Gemfile
      gem 'flipper'
      //- /app/models/shop/keys.rb
      module Shop
        module Keys
          NAV = :new_nav
                ^^^^^^^^ new_nav flipper literal declaration
          ALL = { pay: "new-pay", other: "x" }.freeze
                       ^^^^^^^^^ new-pay flipper literal declaration
          PREFIX = "team"
        end
      end
      //- /app/models/shop/pay.rb
      class Shop::Pay < Shop::Base
        FLAG = 'own'.freeze
               ^^^^^ own flipper literal declaration
        def on?(user)
          Flipper.enabled?(FLAG, user) || Flipper.enabled?(self.class::FLAG, user)
                  ^^^^^^^^ own flipper constant
                                                  ^^^^^^^^ own flipper constant
          Flipper.enabled?(INHERITED, user)
                  ^^^^^^^^ inherited flipper constant
          Flipper.enabled?("#{Shop::Keys::PREFIX}-x", user)
                  ^^^^^^^^ team-x flipper template
        end
      end
      //- /app/models/shop/base.rb
      module Shop
        class Base
          INHERITED = :inherited
                      ^^^^^^^^^^ inherited flipper literal declaration
          def nav = Flipper.enabled?(Keys::NAV)
                            ^^^^^^^^ new_nav flipper constant
        end
      end
      //- /app/main.rb
      Flipper.enabled?(Shop::Keys::NAV)
              ^^^^^^^^ new_nav flipper constant
      Flipper.enabled?(Shop::Keys::ALL[:pay])
              ^^^^^^^^ new-pay flipper object
      Flipper.enabled?(Shop::Keys::ALL.fetch(:pay))
              ^^^^^^^^ new-pay flipper object
      Flipper.enabled?(Shop::Pay::FLAG)
              ^^^^^^^^ own flipper constant
      Flipper.enabled?(Shop::Pay::INHERITED)
              ^^^^^^^^ inherited flipper constant
    `));

  it('follows wrappers through modules, base classes and keywords, and shows accessors', () =>
    checkChecks(`
      //- /Gemfile
      gem 'flipper'
      //- /app/lib/features.rb
      module Features
        def self.on?(name, user = nil)
          Flipper.enabled?(name, user)
                  ^^^^^^^^ dynamic flipper -
        end
        def feature_on?(key:)
          Features.on?(:"beta_#{key}")
                   ^^^ beta_* inferred template+wrapper
        end
        def new_nav? = Features.on?(:new_nav)
                                ^^^ new_nav inferred literal+wrapper
      end
      //- /app/controllers/application_controller.rb
      class ApplicationController
        include Features
      end
      //- /app/controllers/pay_controller.rb
      class PayController < ApplicationController
        def show
          Features.on?(:direct, current_user)
                   ^^^ direct inferred literal+wrapper
          feature_on?(key: :inherited)
          ^^^^^^^^^^^ beta_inherited inferred template+wrapper
          render if new_nav?
                    ^^^^^^^^ new_nav inferred accessor reference
        end
      end
      //- /app/views/pay/show.html.erb
      <%= "x" if feature_on?(key: :in_view) %>
                 ^^^^^^^^^^^ beta_in_view inferred template+wrapper likely
      //- /spec/pay_spec.rb
      RSpec.describe Pay do
        it { expect(Features.on?(:in_test)).to be true }
                             ^^^ in_test inferred literal+wrapper test
      end
    `));

  it('matches configured patterns', () =>
    checkChecks(`
      //- /flagbook.json
      { "checks": [
        { "pattern": "Gate.enabled?($KEY, $$$)", "languages": ["ruby"] },
        { "pattern": "features.$KEY" },
        { "pattern": "$KEY.switched_on?" },
        { "pattern": "experiment(name: $KEY)" }
      ] }
      //- /app/a.rb
      FLAG = :constant
             ^^^^^^^^^ constant custom literal declaration
      Gate.enabled?(FLAG, user)
           ^^^^^^^^ constant custom constant
      Gate.enabled? "plain"
           ^^^^^^^^ plain custom literal
      Other.enabled?(:other)
      @features.dark_mode
                ^^^^^^^^^ dark_mode custom property
      Shop::PAY.switched_on?
                ^^^^^^^^^^^^ pay custom constant
      module Shop
        PAY = 'pay'
              ^^^^^ pay custom literal declaration
      end
      experiment(name: :exp, group: 1)
      ^^^^^^^^^^ exp custom literal
      //- /app/b.html.erb
      <% if Gate.enabled?(:view) %><% end %>
                 ^^^^^^^^ view custom literal
    `));
});
