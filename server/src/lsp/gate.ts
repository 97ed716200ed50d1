/**
 * Where messages wait while the server loads what answers them. Nothing is dropped and nothing is answered out of turn: requests and
 * notifications pass in the order in which they came. Answers to our own questions pass at once, since loading may wait for them.
 */
import type { Message } from 'vscode-languageserver';

export interface Gate {
  /** For the connection that is to have this gate. */
  readonly options: { readonly messageStrategy: { handleMessage: HandleMessage } };
  /** Holds what comes from now on until the promise resolves, which must not reject. */
  closeUntil(opened: Promise<unknown>): void;
}

type HandleMessage = (message: Message, next: (message: Message) => void) => Promise<void> | void;

export function createGate(): Gate {
  let closed: Promise<unknown> | null = null;
  return {
    options: {
      messageStrategy: {
        handleMessage(message, next) {
          const opened = 'method' in message ? closed : null;
          return opened === null ? next(message) : opened.then(() => next(message));
        },
      },
    },
    closeUntil(opened) {
      closed = opened;
      void opened.then(() => {
        closed = null;
      });
    },
  };
}
