// VS Code's proxy settings as the environment of the language server, which reads proxies from there as every program does.

/** `http.proxySupport`, `http.proxy` and `http.noProxy`. */
export interface ProxySettings {
  readonly support: string;
  /** Empty: what the environment says counts. */
  readonly proxy: string;
  readonly noProxy: readonly string[];
}

/** The environment with the settings in it; a proxy of the settings goes before one of the environment, and `off` means none. */
export function proxyEnvironment(
  env: NodeJS.ProcessEnv,
  { support, proxy, noProxy }: ProxySettings,
): NodeJS.ProcessEnv {
  if (support !== 'off' && proxy.trim() === '' && noProxy.length === 0) return env;
  const rest = Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:https?|all)_proxy$/i.test(name)));
  if (support === 'off') return rest;
  const own = proxy.trim() === '' ? env : { ...rest, HTTP_PROXY: proxy.trim(), HTTPS_PROXY: proxy.trim() };
  if (noProxy.length === 0) return own;
  const others = Object.fromEntries(Object.entries(own).filter(([name]) => !/^no_proxy$/i.test(name)));
  return { ...others, NO_PROXY: noProxy.join(',') };
}
