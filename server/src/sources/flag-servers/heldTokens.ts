/**
 * Tokens that this process holds, so that they can be kept out of what it says when it breaks: error texts of libraries quote what they
 * like. Where tokens come from is not known here.
 */
import type { TokenFor } from './source.ts';

export interface HeldTokens {
  /** The same tokens, remembered as they are handed out. */
  watch(tokenFor: TokenFor): TokenFor;
  /** A text without them, as they are and as Basic encodes them. */
  clean(text: string): string;
}

/** @param env an environment whose tokens count as held from the start. */
export function holdTokens(env: NodeJS.ProcessEnv): HeldTokens {
  const held = new Set(Object.entries(env).flatMap(([name, value]) => (isTokenVariable(name) && value ? value : [])));
  return {
    watch: tokenFor => async (origin, system) => {
      const token = await tokenFor(origin, system);
      if (token !== null) held.add(token);
      return token;
    },
    clean: text => withoutTokens(text, held),
  };
}

/** A text without these tokens; those too short to be secrets stay, since they would take words out. */
export function withoutTokens(text: string, tokens: Iterable<string>): string {
  const forms = [...tokens]
    .filter(token => token.length >= SHORTEST)
    .flatMap(token => [token, Buffer.from(token).toString('base64'), encodeURIComponent(token)]);
  // Longer ones first: one may be part of another.
  return forms.toSorted((a, b) => b.length - a.length).reduce((left, form) => left.replaceAll(form, '[token]'), text);
}

const SHORTEST = 6;

/** Whether a variable of the environment holds a token of ours: `FLAGBOOK_UNLEASH_TOKEN`. */
export function isTokenVariable(name: string): boolean {
  return /^FLAGBOOK_[A-Z0-9_]+_TOKEN$/i.test(name);
}

/** An environment for a program that has nothing to do with flag servers. */
export function environmentWithoutTokens(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isTokenVariable(name)));
}

/** The environment with its tokens, which are no longer in `env` afterwards: programs that it is handed to, and reports about it, lack them. */
export function takeTokens(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const whole = { ...env };
  for (const name of Object.keys(env)) if (isTokenVariable(name)) delete env[name];
  return whole;
}
