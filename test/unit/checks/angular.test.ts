import { checkChecks } from './checks.ts';
import { describeRows } from './rows.ts';

describe('checks in Angular', () => {
  it('are what directives and pipes of the repository are given in templates', () =>
    checkChecks(`
      //- /src/feature.directive.ts
      import { Directive, Input, Pipe, TemplateRef, ViewContainerRef } from '@angular/core';
      import posthog from 'posthog-js';
      @Directive({ selector: '[shown]' })
      export class ShownDirective {
        constructor(private templateRef: TemplateRef<unknown>) {}
        @Input() set shown(key: string) {
          if (posthog.isFeatureEnabled(key)) this.show();
                      ^^^^^^^^^^^^^^^^ dynamic posthog -
        }
        @Input({ alias: 'until', required: true }) set old(key: string) { posthog.isFeatureEnabled(key); }
                                                                                  ^^^^^^^^^^^^^^^^ dynamic posthog -
        set other(key: string) { posthog.isFeatureEnabled(key); }
                                         ^^^^^^^^^^^^^^^^ dynamic posthog -
      }
      @Pipe({ name: 'asked' })
      export class AskedPipe {
        transform(key: string) { return posthog.isFeatureEnabled(key); }
                                                ^^^^^^^^^^^^^^^^ dynamic posthog -
      }
      //- /lib/pay/pay.component.html
      <!-- <p *shown="'comment'"> -->
      <p *shown="'new-nav'; else old" class="shown"></p><p [shown]="'bound'">*shown="'text'"</p>
          ^^^^^ new-nav inferred literal+attribute
                                                            ^^^^^ bound inferred literal+attribute
      <p until="plain" other="none" *shown="key"></p>
         ^^^^^ plain inferred literal+attribute
                                     ^^^^^ dynamic inferred attribute
      @if ('piped' | asked | async) { {{ '!not' | asked }} {{ 'other' | translate }} }
                     ^^^^^ piped inferred literal+attribute
                                                  ^^^^^ not inferred literal+attribute
      //- /lib/pay/pay.component.ts
      import { Component } from '@angular/core';
      @Component({ selector: 'pay', template: \`<p *shown="'inline'">{{ 'two' | asked }}</p>\` })
                                                   ^^^^^ inline inferred literal+attribute
                                                                               ^^^^^ two inferred literal+attribute
      export class Pay {}
    `));

  it('are asked of what the component of a template has', () =>
    checkChecks(`
      //- /src/app/flags.ts
      import posthog from 'posthog-js';
      export const Flags = { NAV: 'new-nav' };
                                  ^^^^^^^^^ new-nav inferred literal declaration
      export interface FeatureFlags { dark: boolean; wide: boolean }
      export class Service {
        asks(key: string) { return posthog.isFeatureEnabled(key); }
                                           ^^^^^^^^^^^^^^^^ dynamic posthog -
      }
      //- /src/app/pay.component.ts
      import { Component } from '@angular/core';
      import { type FeatureFlags, Flags, Service } from './flags';
      class Helper {}
      @Component({ selector: 'pay', templateUrl: './pay.component.html' })
      export class PayComponent {
        readonly Flags = Flags;
        features: FeatureFlags;
        constructor(readonly service: Service) {}
      }
      //- /src/app/pay.component.html
      <p *ngIf="service.asks(Flags.NAV); else old" [hidden]="!features?.dark"></p>
                        ^^^^ new-nav inferred object+wrapper
                                                                        ^^^^ dark inferred property likely
    `));
});

describeRows("Angular's directives, pipes and inputs that names speak for", [
  [
    'directives and pipes',
    `
      //- /src/app/pay.html
      <p *appFeature="'a-directive'"></p><p *ifFeatureEnabled="'!not'; else old"></p><p *featureFlag="['one', 'two']"></p>
      <p *ngIf="'a-pipe' | feature | async">{{ 'b-pipe' | isFeatureEnabled }}</p>
      <p *booleanFeatureFlag="'with-default'; default: true"></p>
      @if (featureService.isEnabled('asked')) { <p></p> } @else if ((featureFlags$ | async)?.newNav) {}
    `,
    [
      'src/app/pay.html:1 a-directive literal+attribute likely',
      'src/app/pay.html:1 not literal+attribute likely',
      'src/app/pay.html:1 one literal+attribute likely',
      'src/app/pay.html:1 two literal+attribute likely',
      'src/app/pay.html:2 a-pipe literal+attribute likely',
      'src/app/pay.html:2 b-pipe literal+attribute likely',
      'src/app/pay.html:3 with-default literal+attribute likely',
      'src/app/pay.html:4 asked literal likely',
      'src/app/pay.html:4 newNav property likely',
    ],
  ],
  [
    'inputs',
    `
      //- /src/app/pay.component.html
      <app-feature-toggle [feature]="'aa'"></app-feature-toggle><p [appFeatureFlag]="'bb'"></p><p featureToggle="cc"></p>
    `,
    ['aa', 'bb', 'cc'].map(key => `src/app/pay.component.html:1 ${key} literal+attribute likely`),
  ],
  [
    'inputs that say what is asked and what for',
    `
      //- /src/app/pay.component.html
      <div class="text" appHideIfFeatureOff="aa"></div><div [showIfFeatureEnabled]="'bb'"></div><b ifFeatureFlagOn="cc"></b>
    `,
    ['aa', 'bb', 'cc'].map(key => `src/app/pay.component.html:1 ${key} literal+attribute likely`),
  ],
  [
    'none of what only looks like them, and none of plain HTML',
    `
      //- /src/app/pay.component.html
      <p hideIfOff="a" onlyIfFeature="fast" appShowIfFlagOn="de" [gif]="'on'" iconIfFeatureTextOn="b"></p>
      <app-country *appFlag="'de'" [flag]="'de'"></app-country><p *cdkToggle="'menu'" feature="fast" class="feature"></p>
      <p *appFeatureLevel="'1.3'" *featureList="items" data-feature-flag="x">{{ 'new' | formatFeature }} {{ x | feature }}</p>
      <app-feature name="Fast checkout"></app-feature><app-feature-card [title]="'feature'"></app-feature-card>
      //- /src/index.html
      <html><body class="feature"><script>isFeatureEnabled('a')</script><p>featureFlags.isEnabled('b') *appFeature="'c'"</p></body></html>
      //- /public/other.html
      <p *appFeature="'a-directive'"></p>
    `,
    [],
  ],
  [
    'templates inside components',
    `
      //- /src/app/pay.component.ts
      import { Component } from '@angular/core';
      @Component({
        template: \`
          <p *appFeature="'inline'">{{ features.isEnabled('asked') }}</p>
          <p *ngIf="'piped' | feature"></p>\`,
      })
      export class Pay { constructor(private features: FeatureService) {} }
      //- /src/app/other.ts
      const template = '<p *appFeature="\\'none\\'">';
    `,
    [
      'src/app/pay.component.ts:4 inline literal+attribute likely',
      'src/app/pay.component.ts:4 asked literal likely',
      'src/app/pay.component.ts:5 piped literal+attribute likely',
    ],
  ],
]);
