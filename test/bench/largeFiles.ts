// Files of about 5,000 lines that are edited while they are measured: every fifth function checks a flag.
import { ecmaScriptFunction, goFunction, pythonFunction } from './codeWriter.ts';
import { createRandom, type Random } from './random.ts';

export interface LargeFile {
  readonly languageId: 'typescript' | 'python' | 'go';
  readonly path: string;
  readonly text: string;
}

const LINES = 5000;

/** A flag is checked in one of so many functions. */
const EVERY = 5;

export function largeFiles(): readonly LargeFile[] {
  return [
    {
      languageId: 'typescript',
      path: 'src/large.ts',
      text: fileOf(
        [
          "import { OpenFeature } from '@openfeature/server-sdk';",
          "import { logger, type Row } from './rows';",
          '',
          'const client = OpenFeature.getClient();',
          '',
        ],
        (random, key) => ecmaScriptFunction(random, 'typed', key && `await client.getBooleanValue('${key}', false)`),
      ),
    },
    {
      languageId: 'python',
      path: 'src/large.py',
      text: fileOf(
        [
          'import logging',
          '',
          'from openfeature import api',
          '',
          'from rows import Row',
          '',
          'logger = logging.getLogger(__name__)',
          'client = api.get_client()',
          '',
          '',
        ],
        (random, key) => pythonFunction(random, key && `client.get_boolean_value("${key}", False)`),
      ),
    },
    {
      languageId: 'go',
      path: 'src/large.go',
      text: fileOf(
        [
          'package src',
          '',
          'import (',
          '\t"context"',
          '\t"log/slog"',
          '\t"strings"',
          '',
          '\t"github.com/open-feature/go-sdk/openfeature"',
          ')',
          '',
          'var client = openfeature.NewDefaultClient()',
          '',
        ],
        (random, key) =>
          goFunction(random, key && `client.Boolean(ctx, "${key}", false, openfeature.EvaluationContext{})`),
      ),
    },
  ];
}

function fileOf(head: readonly string[], write: (random: Random, key: string | null) => readonly string[]): string {
  const random = createRandom(5);
  const lines = [...head];
  for (let count = 0; lines.length < LINES; count++) {
    lines.push(...write(random, count % EVERY === 0 ? `large-flag-${(count / EVERY) % 40}` : null));
  }
  return `${lines.join('\n')}\n`;
}

/** The flagd file that defines the flags of the large files. */
export function largeFlagFile(): string {
  const flags = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [
      `large-flag-${index}`,
      { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: index % 2 === 0 ? 'on' : 'off' },
    ]),
  );
  return `${JSON.stringify({ flags }, null, 2)}\n`;
}

/** Offsets of word characters all over a text, evenly spread: places to type at. */
export function placesToType(text: string, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor(((index + 0.5) * text.length) / count);
    const found = text.slice(from).search(/[a-z]{3}/);
    return found < 0 ? from : from + found + 1;
  });
}
