import assert from 'node:assert/strict';
import { HOMEGROWN_TEXT } from '../../../server/src/core/flags/homegrown.ts';
import { checkChecks } from './checks.ts';

describe("flag libraries of the repository's own", () => {
  it('are recognised by their shape when code asks them with constant keys: methods, through their interface', () =>
    checkChecks(`
      //- /flags.ts
      export interface FlagResolver { isEnabled: (name: FlagKey, context?: Context) => boolean; }
      export class DatabaseFlagResolver implements FlagResolver {
        isEnabled(name: FlagKey, context?: Context): boolean { return this.rows.get(name) ?? false; }
      }
      //- /service.ts
      import type { FlagResolver } from './flags';
      export class Service {
        constructor(private readonly resolver: FlagResolver, private readonly list: string[]) {}
        run({ flagResolver, client }) {
          this.resolver.isEnabled('typed');
                        ^^^^^^^^^ typed inferred literal+wrapper likely
          flagResolver.isEnabled('by-the-name-of-its-receiver');
                       ^^^^^^^^^ by-the-name-of-its-receiver inferred literal+wrapper likely
          client.isEnabled('nobody-knows-what-this-is');
        }
      }
    `));

  it('are recognised by their shape: functions and hooks', () =>
    checkChecks(`
      //- /hooks/useUiFlag.ts
      export const useUiFlag = (flag: Flag) => useConfig().flags[flag];
      export const useToggle = (name: string) => useState(name);
      export const getFeature = (name: string) => store.find(name);
      export function setFeatureEnabled(name: string, on: boolean) { store.write(name, on); }
      export function isFeatureEnabled(name: string) { return store.read(name); }
      //- /page.tsx
      import { getFeature, isFeatureEnabled, setFeatureEnabled, useToggle, useUiFlag } from './hooks/useUiFlag';
      export const Page = () => useUiFlag('newNav') || isFeatureEnabled(kind);
                                ^^^^^^^^^ newNav inferred literal+wrapper likely
      useToggle('panel');
      getFeature('record');
      setFeatureEnabled('written', true);
    `));

  it('are left alone when only tests ask with constants', () =>
    checkChecks(`
      //- /evaluate.ts
      export function isFeatureEnabled(name: string) { return rules.match(name); }
      //- /evaluate.test.ts
      import { isFeatureEnabled } from './evaluate';
      isFeatureEnabled('only-in-a-test');
    `));

  it('are recognised in Python', () =>
    checkChecks(`
      //- /models.py
      class Feature:
          SEARCH = "new_search"
                   ^^^^^^^^^^^^ new_search inferred literal declaration likely
      class Project(Model):
          def has_feature(self, feature_id):
              return self.features.filter(feature_id=feature_id).exists()
      //- /views.py
      from models import Feature
      def view(project):
          return project.has_feature(Feature.SEARCH)
                         ^^^^^^^^^^^ new_search inferred constant+wrapper likely
    `));

  it('are recognised in Ruby', () =>
    checkChecks(`
      //- /lib/feature.rb
      class Feature
        class << self
          def enabled?(key, thing = nil)
            rows.fetch(key).on?(thing)
          end
          def disabled?(key, thing = nil)
            !enabled?(key, thing)
             ^^^^^^^^ dynamic inferred wrapper likely
          end
        end
      end
      //- /app/pay.rb
      Feature.enabled?(:new_pay, user)
              ^^^^^^^^ new_pay inferred literal+wrapper likely
      ::Feature.disabled? :old_pay
                ^^^^^^^^^ old_pay inferred literal+wrapper likely
    `));

  it('are looked for in texts that ask such a question or define one, and in few others', () => {
    for (const text of [
      'if isFeatureEnabled(x)',
      'Feature.enabled?(:a)',
      'def enabled?(key, thing = nil)',
      'def self.on?(name)',
      'Features::isActive($x)',
      '$this->featureManager->isEnabled($x)',
      'public static function isActive(string $feature): bool',
    ]) {
      assert.ok(HOMEGROWN_TEXT.test(text), text);
    }
    for (const text of [
      'def is_active(self):',
      'public function isActive(): bool',
      '$user->isActive()',
      'feature.enabled = true',
    ]) {
      assert.ok(!HOMEGROWN_TEXT.test(text), text);
    }
  });
});
