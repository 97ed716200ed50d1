/** Flag servers as the command line asks them: once, within a bound, and what was not answered is said on stderr. */
import { sourceHealth } from '../core/flags/verdicts/flagSource.ts';
import { type EnvironmentTokens, tokensOfEnvironment } from '../sources/flag-servers/environmentTokens.ts';
import type { Poller } from '../sources/flag-servers/poller.ts';
import { pollerOfUser } from '../sources/flag-servers/pollerOfUser.ts';
import type { CommonOptions } from './options.ts';
import type { Output } from './output.ts';

/** Milliseconds that a command waits for flag servers. */
const LONGEST_WAIT = 10_000;

export interface CommandServers {
  readonly servers: (onChange: () => void) => Poller;
  readonly tokens: EnvironmentTokens;
}

export function commandServers(options: CommonOptions): CommandServers {
  const tokens = tokensOfEnvironment(process.env, options.configFile === null ? 'of the repository' : 'of the user');
  return {
    tokens,
    servers: onChange =>
      pollerOfUser({ tokenFor: tokens.tokenFor, remembers: options.cache, onChange, onError: () => {} }),
  };
}

/** Asks them all; what was kept from before stands in for what does not come in time. */
export async function askServers(poller: Poller, tokens: EnvironmentTokens, output: Output): Promise<void> {
  const { sources } = poller.served();
  if (sources.length === 0) return;
  output.progress(`Asking ${sources.map(source => source.title).join(', ')}`);
  await poller.askAll(LONGEST_WAIT);
  output.progress(null);
  const advice = tokens.withheld();
  for (const text of advice) output.note(`flagbook: ${text}`);
  for (const source of poller.served().sources) {
    if (source.state === 'live' || (advice.length > 0 && source.failure === 'no-token')) continue;
    const late = `${source.title} at ${source.origin} did not answer within ${LONGEST_WAIT / 1000} seconds.`;
    output.note(`flagbook: ${source.problem ?? late}${source.state === 'kept' ? ` (${sourceHealth(source)})` : ''}`);
  }
}
