import { checkChecks } from './checks.ts';

describe('checks in templates and single-file components', () => {
  it('are found in Vue: scripts, expressions and elements, also through wrappers', () =>
    checkChecks(`
      //- /flags.ts
      import { useFlag } from '@unleash/proxy-client-vue';
      export const useOn = (name: string) => useFlag(name);
                                             ^^^^^^^ dynamic unleash hook
      export interface FeatureFlags { newNav: boolean; dark: boolean }
      //- /Page.vue
      <template>
        <p v-if="flags.newNav">{{ useOn('in-text') }}</p>
                       ^^^^^^ newNav inferred property likely
                                  ^^^^^ in-text inferred literal+wrapper
        <!-- <p v-if="useOn('comment')" /> -->
        <p>useOn('no code')</p>
      </template>
      <script setup lang="ts">
      import { useFlag } from '@unleash/proxy-client-vue';
      import { type FeatureFlags, useOn } from './flags';
      const flags: FeatureFlags = inject('flags');
      const on = useFlag('script');
                 ^^^^^^^ script unleash literal+hook
      </script>
    `));

  it('are found in Svelte', () =>
    checkChecks(`
      //- /Page.svelte
      <script lang="ts">
        import { flag } from './flags';
        import posthog from 'posthog-js';
      </script>
      {#if posthog.isFeatureEnabled('in-block')}<p title={posthog.getFeatureFlag('attribute')}>isFeatureEnabled('text')</p>{/if}
                   ^^^^^^^^^^^^^^^^ in-block posthog literal
                                                                  ^^^^^^^^^^^^^^ attribute posthog literal
    `));

  it('are found in Razor: code, members of components, and tag helpers', () =>
    checkChecks(`
      //- /Keys.cs
      namespace Shop { public static class Keys { public const string Nav = "new-nav"; } }
                                                                            ^^^^^^^^^ new-nav feature-management literal declaration
      //- /Views/_ViewImports.cshtml
      @using Microsoft.FeatureManagement
      @addTagHelper *, Microsoft.FeatureManagement.AspNetCore
      //- /Views/Home/Index.cshtml
      @using Shop
      @inject IFeatureManager Features
      @{ var on = await Features.IsEnabledAsync(Keys.Nav); }
                                 ^^^^^^^^^^^^^^ new-nav feature-management constant
      <feature name="Beta"><p>@(await Features.IsEnabledAsync("inline"))</p></feature>
       ^^^^^^^ Beta feature-management literal+component
                                               ^^^^^^^^^^^^^^ inline feature-management literal
      @* <feature name="Comment"></feature> *@
      <feature name="@(Keys.Nav)"></feature><feature name="@nameof(Keys.Nav)"></feature><feature name="@Keys.Nav"></feature>
       ^^^^^^^ new-nav feature-management constant+component
                                             ^^^^^^^ Nav feature-management literal+component
                                                                                         ^^^^^^^ new-nav feature-management constant+component
      <feature name="A, B"></feature>
                     ^ A feature-management literal+component
                        ^ B feature-management literal+component
      //- /Pages/Counter.razor
      @using Microsoft.FeatureManagement
      @code {
          [Inject] private IFeatureManager Manager { get; set; }
          async Task Load() { on = await Manager.IsEnabledAsync("Counter"); }
                                                 ^^^^^^^^^^^^^^ Counter feature-management literal
      }
    `));

  it('are found in Django and Jinja', () =>
    checkChecks(`
      //- /shop/templates/pay.html
      {% load waffle_tags %}
      {% flag "new_pay" %}<p>{% flag %}</p>{% endflag %}{# {% flag "comment" %} #}
         ^^^^ new_pay waffle literal+component
      {% switch name %}{% endswitch %}
         ^^^^^^ dynamic waffle component
      //- /shop/templates/cart.jinja2
      {% if is_feature_enabled('cart') and feature(name) %}{{ features.enabled("wide") }}{{ t('feature') }}{% endif %}
            ^^^^^^^^^^^^^^^^^^ cart inferred literal likely
                                                                       ^^^^^^^ wide inferred literal likely
    `));

  it('are found in Twig and Blade', () =>
    checkChecks(`
      //- /page.html.twig
      {% if feature('new_nav') %}{{ include('feature') }}{% endif %}
            ^^^^^^^ new_nav inferred literal likely
      //- /page.blade.php
      @feature('new-nav')
       ^^^^^^^ new-nav pennant literal+component
        {{ \\Laravel\\Pennant\\Feature::active('dark') ? 'a' : 'b' }}
                                     ^^^^^^ dark pennant literal
      @endfeature
      //- /Flags.php
      <?php
      use Laravel\\Pennant\\Feature;
      Feature::active('php');
               ^^^^^^ php pennant literal
    `));
});
