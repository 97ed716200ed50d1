/**
 * Flag files that a thread decodes before the host is given their texts: half a megabyte of JSON, or a tenth of that in YAML, keeps
 * everybody waiting where it is decoded. Which texts are flag files at all is told here, from their shape.
 */
import type { Config } from '../../core/config.ts';
import type { DecodeFlagFile } from '../../core/hostInterface.ts';
import type { FlagFile } from '../../core/model.ts';
import { decodeFlagFile, hasFlagFileDecoder } from '../flag-systems/registry.ts';
import type { ReadFlagFile } from '../workers/flagFileReader.ts';

export interface DecodedAhead {
  /** For the host: what was decoded ahead, else decodes here. */
  readonly decode: DecodeFlagFile;
  /**
   * Decodes a large flag file elsewhere, so that the host gets it at once when it is given this text next. Resolves to whether the
   * text is still the last one `of` this path; undefined for texts that need no thread. Never rejects.
   */
  prepare(path: string, text: string, config: Config, of: 'disk' | 'document' | 'configuration'): Prepared;
}

export type Prepared = Promise<'newest' | 'outdated'> | undefined;

/** @param read decodes in a thread; undefined where there are none. */
export function createDecodedAhead(read: ReadFlagFile | undefined, now: () => number): DecodedAhead {
  const ahead = new Map<string, Ahead>();
  /** What each file held when it was decoded last: the host has that. */
  const decoded = new Map<string, string>();
  const questions = {
    disk: new Map<string, number>(),
    document: new Map<string, number>(),
    configuration: new Map<string, number>(),
  };
  let last = 0;
  return {
    decode(path, text, config, at) {
      const known = ahead.get(path);
      ahead.delete(path);
      if (isLarge(path, text)) decoded.set(path, text);
      return known?.text === text && known.config === config ? known.file : decodeFlagFile(path, text, config, at);
    },
    prepare(path, text, config, of) {
      const asked = questions[of];
      // Whatever is under way is older.
      asked.delete(path);
      if (read === undefined || !isLarge(path, text)) return undefined;
      // Under another configuration it says something else.
      if (of !== 'configuration' && decoded.get(path) === text) return undefined;
      if (!hasFlagFileDecoder(path, text, config)) return undefined;
      const question = ++last;
      asked.set(path, question);
      return read(path, text, config, now())
        .then(
          file => void ahead.set(path, { text, config, file }),
          // A thread that broke down at the file: it is decoded where it is used.
          () => {},
        )
        .then(() => {
          // What nobody came for.
          if (ahead.size > MOST_AHEAD) ahead.delete(ahead.keys().next().value!);
          if (asked.get(path) !== question) return 'outdated';
          asked.delete(path);
          return 'newest';
        });
    },
  };
}

interface Ahead {
  readonly text: string;
  readonly config: Config;
  readonly file: FlagFile | null;
}

const MOST_AHEAD = 4;

/** Texts of as many UTF-16 units take a few milliseconds, while nothing has been decoded yet some more. YAML takes several times as long. */
export function isLarge(path: string, text: string): boolean {
  return text.length > (/\.ya?ml$/i.test(path) ? 8 : 32) * 1024 && /\.(?:jsonc?|json5|ya?ml|split)$/i.test(path);
}
