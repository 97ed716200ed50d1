export const codeServer: { readonly node: string; readonly entry: string };
export function ensureCodeServer(): Promise<void>;
