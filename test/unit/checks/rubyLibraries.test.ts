// Ruby: libraries of flags that stand elsewhere or are classes of questions, in programs and in templates, and what specs do with them.
import { describeRows, type Row } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'templates ask libraries that stand elsewhere as programs do, also within what is handed to a page',
    `
//- /app/views/index.html.erb
<% if ShopToggle.enabled?(:new_nav, user: current_user) %><p>new</p><% end %>
<%= component("Queue", props: {
  name: user.name,
  toggles: {
    newCart: ShopToggle.enabled?(:new_cart, user: current_user),
    door: ShopDoor.enabled?(:front)
  }
}) %>
//- /app/views/show.html.haml
- if ShopToggle.enabled?(:old_nav)
  %p old
`,
    [
      'app/views/index.html.erb:1 new_nav literal likely',
      'app/views/index.html.erb:5 new_cart literal likely',
      'app/views/show.html.haml:1 old_nav literal likely',
    ],
  ],
  [
    'a class of questions that is called as one flag, which has neither rows nor objects',
    `
//- /app/services/feature_toggle.rb
class FeatureToggle
  def self.new_nav_enabled?
    false
  end
  def self.old_cart?
    !Rails.env.production?
  end
end
//- /app/models/a.rb
class A
  def f
    FeatureToggle.new_nav_enabled? && FeatureToggle.old_cart?
  end
end
//- /app/views/a.html.erb
<% if FeatureToggle.old_cart? %>x<% end %>
`,
    [
      'app/models/a.rb:3 new_nav_enabled property likely',
      'app/models/a.rb:3 old_cart property likely',
      'app/views/a.html.erb:1 old_cart property likely',
    ],
  ],
  [
    'rows of flags are asked how they are',
    `
//- /app/models/feature_flag.rb
class FeatureFlag < ApplicationRecord
  def global?
    users.empty?
  end
  def for_staff?
    staff
  end
end
//- /app/models/a.rb
class A
  def f(flag)
    FeatureFlag.first.global? || FeatureFlag.last.for_staff?
  end
end
`,
    [],
  ],
  [
    'questions of a library that say for whom they are asked',
    `
//- /lib/shop/features.rb
module Shop
  module Features
    def owner_active?(feature, owner)
      redis.sismember(key(feature), owner.id)
    end
    def enabled_for_all?(feature)
      redis.get(feature) == '1'
    end
    def row_active?(row)
      row.active
    end
    extend self
  end
end
//- /lib/shop/a.rb
class A
  def f(owner)
    Shop::Features.owner_active?(:new_nav, owner) && Shop::Features.enabled_for_all?(:new_cart) && Shop::Features.row_active?(:x)
  end
end
`,
    ['lib/shop/a.rb:3 new_cart literal+wrapper likely', 'lib/shop/a.rb:3 new_nav literal+wrapper likely'],
  ],
  [
    'what asks a flag in order to switch it is no question',
    `
//- /Gemfile
gem 'flipper'
//- /lib/helpers.rb
module Helpers
  def enable_for(feature, user)
    return true if Flipper.enabled?(feature, user)
    Flipper.enable_actor(feature, user)
  end
  def feature_on?(feature, user)
    Flipper.enabled?(feature, user)
  end
end
//- /app/a.rb
class A
  include Helpers
  def f(user)
    enable_for(:new_nav, user) if feature_on?(:old_nav, user)
  end
end
`,
    ['app/a.rb:4 old_nav literal+wrapper', 'lib/helpers.rb:3 dynamic -', 'lib/helpers.rb:7 dynamic -'],
  ],
];

describeRows("Ruby's libraries of flags", ROWS);

describeRows(
  "Ruby's specs set flags",
  [
    [
      'by helpers that say how',
      `
//- /spec/a_spec.rb
with_feature_enabled(:new_nav) { get :index }
with_feature_disabled :old_nav do
  get :index
end
with_door_enabled(:front) { get :index }
`,
      ['spec/a_spec.rb:2 old_nav literal stub likely', 'spec/a_spec.rb:1 new_nav literal stub likely'],
    ],
    [
      'in libraries that stand elsewhere',
      `
//- /spec/a_spec.rb
before { FeatureToggle.enable!(:new_nav, users: [user.id]) }
after { FeatureToggle.disable!(:new_nav) }
it { ShopDoor.enable!(:front); FeatureToggle.enable!(name); feature.enable(:row) }
//- /app/a.rb
FeatureToggle.enable!(:new_nav)
`,
      ['spec/a_spec.rb:1 new_nav literal stub likely', 'spec/a_spec.rb:2 new_nav literal stub likely'],
    ],
  ],
  ['check', 'stub'],
);
