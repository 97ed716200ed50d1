/**
 * Flipflop for Ruby: https://github.com/voormedia/flipflop. Each feature is a question of its own (`Flipflop.new_nav?`), declared by
 * `feature :new_nav`. Read from flipflop 2.8: `facade.rb`, `configurable.rb`.
 */
import { type FlagSdk, RUBY } from '../sdk.ts';
import { methods, returning, surface } from './forms.ts';

export const flipflop: FlagSdk = {
  id: 'flipflop',
  surfaces: [
    surface({
      languages: RUBY,
      packages: ['flipflop', 'flipflop/*'],
      globals: ['Flipflop'],
      calls: [methods(returning('boolean', 'enabled?', 'on?'), 0, null, { common: true })],
      namedQuestions: { except: ['enabled?', 'on?', 'respond_to?', 'respond_to_missing?', 'nil?', 'is_a?'] },
      declaredInBlocks: { of: 'configure', by: 'feature' },
    }),
  ],
};
