// VS Code's proxy settings as the environment of the language server, which reads proxies from there as every program does.

/** `http.proxySupport`, `http.proxy` and `http.noProxy`. */
export interface ProxySettings {
  readonly support: string;
  /** Empty: what the environment says counts. */
  readonly proxy: string;
  readonly noProxy: readonly string[];
}

/**
 * The environment with the settings in it; a proxy of the settings goes before one of the environment, and `off` means none. What must not
 * count is emptied and not left out, since the library adds what is missing.
 */
export function proxyEnvironment(
  env: NodeJS.ProcessEnv,
  { support, proxy, noProxy }: ProxySettings,
): NodeJS.ProcessEnv {
  const named = support === 'off' ? '' : proxy.trim();
  if (support !== 'off' && named === '' && noProxy.length === 0) return env;
  const isReplaced = support === 'off' || named !== '';
  const kept = isReplaced ? emptied(env, /^(?:https?|all)_proxy$/i) : env;
  const own = named === '' ? kept : { ...kept, HTTP_PROXY: named, HTTPS_PROXY: named };
  return noProxy.length === 0 ? own : { ...emptied(own, /^no_proxy$/i), NO_PROXY: noProxy.join(',') };
}

function emptied(env: NodeJS.ProcessEnv, names: RegExp): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, names.test(name) ? '' : value]));
}
