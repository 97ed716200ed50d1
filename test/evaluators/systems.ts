/** The one test that every system with an evaluator passes: files drawn from a seed, decoded, and served to ten thousand users. */
import assert from 'node:assert/strict';
import { defaultConfig } from '../../server/src/core/config.ts';
import type { Span } from '../../server/src/core/text.ts';
import type { FlagFileDecoder } from '../../server/src/sources/flag-systems/decoder.ts';
import { decodeFlagFile } from '../../server/src/sources/flag-systems/registry.ts';
import { createRandom, type Random } from '../support/random.ts';
import { assertClaims, type Served } from './claims.ts';

export interface EvaluatedSystem {
  readonly decoder: FlagFileDecoder;
  readonly path: string;
  /** How many files are drawn. */
  readonly seeds: number;
  /** A file of this system, as data. */
  generate(random: Random): unknown;
  /** What the evaluator serves of a file: by key, one value a user. */
  serve(file: unknown): Promise<(key: string) => readonly Served[] | Promise<readonly Served[]>>;
  /** Frees what `serve` holds. */
  close?(): Promise<void> | void;
}

/** Registers the test. What could not be held to anything at all is counted, and must be the exception. */
export function itSaysWhatIsServed(system: EvaluatedSystem): void {
  it(`says what users get, in ${system.seeds} files drawn by chance`, async function () {
    this.timeout(300_000);
    const counts = new Map<string, number>();
    let flags = 0;
    for (let seed = 1; seed <= system.seeds; seed++) {
      const file = system.generate(createRandom(seed));
      const text = JSON.stringify(file);
      const decoded = system.decoder.decode(system.path, text, { environment: 'production', now: Date.now() });
      const serve = await system.serve(file);
      for (const flag of decoded.flags) {
        const served = await serve(flag.key);
        flags++;
        let checked: readonly string[] = [];
        try {
          checked = assertClaims(flag, served);
        } catch (error) {
          throw new assert.AssertionError({ message: `seed ${seed}: ${(error as Error).message}\n${text}` });
        }
        const dead = deadRules(system, text, flag.key).slice(
          0,
          Math.max(0, MOST_DEAD - (counts.get('dead rules') ?? 0)),
        );
        for (const span of dead) {
          const without = await system.serve(JSON.parse(withoutItem(text, span)));
          const message = `seed ${seed}: ${flag.key}: a rule is called dead, but users get something else without it: ${text.slice(span.start, span.end)}\n${text}`;
          assert.deepEqual(await without(flag.key), served, message);
          counts.set('dead rules', (counts.get('dead rules') ?? 0) + 1);
        }
        for (const name of new Set(checked.length === 0 ? ['nothing'] : checked))
          counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      await system.close?.();
    }
    const nothing = counts.get('nothing') ?? 0;
    assert.ok(
      flags >= 15 && nothing < flags / 2,
      `${nothing} of ${flags} flags were held to nothing: ${[...counts].join('; ')}`,
    );
    if (process.env.FLAGBOOK_TEST_VERBOSE)
      console.log(`      ${flags} flags: ${[...counts].map(([name, count]) => `${name} ${count}`).join(', ')}`);
  });
}

/** Each costs another round of ten thousand users. */
const MOST_DEAD = 6;

/** The spans of the flag's rules that are said never to apply, where they are items of a list that nothing names by an id. */
function deadRules({ path, decoder }: EvaluatedSystem, text: string, key: string): readonly Span[] {
  const config = { ...defaultConfig(), flagSystems: [{ kind: decoder.system, files: [path] }] };
  const rules = decodeFlagFile(path, text, config, Date.now())?.rules ?? [];
  return rules
    .filter(
      ({ flag, shadow, span }) => flag === key && shadow !== null && isOneItem(text, span) && !isNamed(text, span),
    )
    .map(({ span }) => span);
}

/** flagd's rules are two items each, a condition and what it leads to. */
function isOneItem(text: string, { start, end }: Span): boolean {
  if (text[start] !== '{') return false;
  try {
    JSON.parse(text.slice(start, end));
    return true;
  } catch {
    return false;
  }
}

function isNamed(text: string, { start, end }: Span): boolean {
  const id = /^\{"id":("[^"]*")/.exec(text.slice(start, end))?.[1];
  return id !== undefined && `${text.slice(0, start)}${text.slice(end)}`.includes(id);
}

/** The JSON without one item of a list. */
function withoutItem(text: string, { start, end }: Span): string {
  const behind = text[end] === ',' ? end + 1 : end;
  const before = behind === end && text[start - 1] === ',' ? start - 1 : start;
  return text.slice(0, before) + text.slice(behind);
}
