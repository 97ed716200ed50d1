/** The state of flags of which a repository only holds the default: who runs the program may choose otherwise. */
import type { EnvironmentState } from '../../core/model.ts';

/** The name under which defaults are shown among environments. */
export const DEFAULT_ENVIRONMENT = 'default';

/**
 * On or off by default; never judged, since what is served is decided elsewhere.
 * @param details added to the words, such as `Beta since 1.30`.
 */
export function defaultState(on: boolean, details = ''): EnvironmentState {
  const words = `${on ? 'on' : 'off'} by default`;
  return {
    environment: DEFAULT_ENVIRONMENT,
    state: on ? 'on' : 'off',
    percentage: on ? 100 : 0,
    serves: on,
    summary: details === '' ? words : `${words}; ${details}`.slice(0, 80),
    asOf: null,
    byDefault: true,
  };
}
