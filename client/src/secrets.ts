// Tokens of flag servers: kept in the editor's secret storage, one for each system and origin that the user has confirmed, and
// handed to the language server sealed. They are in no setting, no log, no message that is traced, and no other place.
import type { Disposable, ExtensionContext } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type TokenParams,
  TokenRequest,
  type TokenResult,
  TokensChangedNotification,
} from '../../server/src/lsp/protocol.ts';
import { seal } from './sealing.ts';

/** A server as tokens know it: nothing of a path or a project. */
export interface TokenOwner {
  readonly system: string;
  readonly origin: string;
}

export interface Secrets extends Disposable {
  /** Servers that a token is stored for. */
  readonly owners: () => readonly TokenOwner[];
  readonly store: (owner: TokenOwner, token: string) => Promise<void>;
  readonly forget: (owner: TokenOwner) => Promise<void>;
  /** Lets the language server have this token for this server while `run` runs, and stores nothing. */
  readonly trying: <T>(owner: TokenOwner, token: string, run: () => Promise<T>) => Promise<T>;
}

/** Names of the servers alone: what the secret storage can't list on every editor. */
const memory = 'flagbook.signedIn';

/** @param isTrusted whether the workspace is trusted now. */
export function createSecrets(
  context: Pick<ExtensionContext, 'secrets' | 'globalState'>,
  client: Pick<BaseLanguageClient, 'isRunning' | 'sendNotification' | 'onRequest'>,
  isTrusted: () => boolean,
): Secrets {
  const { secrets, globalState } = context;
  let candidate: { readonly owner: TokenOwner; readonly token: string } | null = null;
  const owners = (): readonly TokenOwner[] => globalState.get<readonly TokenOwner[]>(memory, []);
  const others = (owner: TokenOwner) => owners().filter(each => keyOf(each) !== keyOf(owner));
  const tell = async () => {
    if (client.isRunning()) await client.sendNotification(TokensChangedNotification);
  };
  const parts: readonly Disposable[] = [
    client.onRequest(TokenRequest, async ({ system, origin, publicKey }: TokenParams): Promise<TokenResult> => {
      // The server asks nobody in a restricted workspace; should it ask all the same, it gets nothing.
      if (!isTrusted()) return null;
      const owner: TokenOwner = { system, origin };
      const isTried = candidate !== null && keyOf(candidate.owner) === keyOf(owner);
      const token = isTried ? candidate?.token : await secrets.get(keyOf(owner));
      return token === undefined ? null : seal(token, publicKey);
    }),
    // Another window has signed in or out.
    secrets.onDidChange(({ key }) => {
      if (key.startsWith(prefix)) void tell();
    }),
  ];
  return {
    owners,
    store: async (owner, token) => {
      await secrets.store(keyOf(owner), token);
      await globalState.update(memory, [...others(owner), { system: owner.system, origin: owner.origin }]);
    },
    forget: async owner => {
      await secrets.delete(keyOf(owner));
      await globalState.update(memory, others(owner));
    },
    trying: async (owner, token, run) => {
      candidate = { owner, token };
      try {
        return await run();
      } finally {
        candidate = null;
      }
    },
    dispose: () => parts.forEach(part => void part.dispose()),
  };
}

const prefix = 'flagbook.token ';

/** The same system at another origin is another key: nothing stored for one is ever found for the other. */
function keyOf({ system, origin }: TokenOwner): string {
  return `${prefix}${system} ${origin}`;
}
