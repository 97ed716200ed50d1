/**
 * Tokens out of the environment, for the command line and for editors that keep none: `FLAGBOOK_UNLEASH_TOKEN`. The repository says
 * where a server is, so that its word is not enough to send a token there: it goes to the service's own address, to this machine, and
 * to the addresses that `FLAGBOOK_UNLEASH_URL` names. `--config` counts as such a word, since the user gave that file.
 */
import { serviceOf } from './registry.ts';
import type { TokenFor } from './source.ts';

export interface EnvironmentTokens {
  readonly tokenFor: TokenFor;
  /** Advice for systems whose token was not sent, in the order asked. */
  readonly withheld: () => readonly string[];
}

export function tokensOfEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  configuration: 'of the repository' | 'of the user',
): EnvironmentTokens {
  const withheld = new Set<string>();
  return {
    withheld: () => [...withheld],
    async tokenFor(origin, system) {
      const name = variableOf(system);
      const token = env[tokenVariable(system)]?.trim();
      if (!token) return null;
      const confirmed = (env[`${name}_URL`] ?? '').split(/\s+/).flatMap(originOf);
      const isOwn = originOf((await serviceOf(system))?.defaultUrl ?? '').includes(origin);
      if (isOwn || isThisMachine(origin) || configuration === 'of the user' || confirmed.includes(origin)) return token;
      withheld.add(
        `The token in ${name}_TOKEN was not sent to ${origin}, which only flagbook.json names. If it is for there, set ${name}_URL=${origin}.`,
      );
      return null;
    },
  };
}

/** `FLAGBOOK_GO_FEATURE_FLAG_TOKEN` for `go-feature-flag`. */
export function tokenVariable(system: string): string {
  return `${variableOf(system)}_TOKEN`;
}

function variableOf(system: string): string {
  return `FLAGBOOK_${system.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;
}

function originOf(text: string): readonly string[] {
  try {
    return text === '' ? [] : [new URL(text).origin];
  } catch {
    return [];
  }
}

function isThisMachine(origin: string): boolean {
  return /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(origin);
}
