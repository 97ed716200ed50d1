/**
 * edx-toggles' annotations, comments in code that document a toggle, after Open edX' documentation of feature toggles:
 *
 * - key: `.. toggle_name:`; description: `.. toggle_description:` (with the lines indented below it);
 * - type: `.. toggle_use_cases:` (temporary: release; circuit_breaker: kill switch; opt_in, open_edx, vip, beta_tester: permission);
 * - state: `.. toggle_default:`, what an installation has that nobody changed; the database of each decides;
 * - created: `.. toggle_creation_date:`; expires: `.. toggle_target_removal_date:`; url: `.. toggle_tickets:`; tag: the
 *   implementation.
 */

import * as z from 'zod';
import { TOGGLE_ANNOTATION } from '../../core/flags/linking/prefilter.ts';
import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import type { Flag, FlagFile, FlagType } from '../../core/model.ts';
import type { Span } from '../../core/text.ts';
import { type DecodingContext, dateOf, type FlagFileDecoder, flagFile } from './decoder.ts';
import { defaultState } from './defaultState.ts';
import { httpUrl } from './metadata.ts';
import { addProblem, createProblems, type ProblemSink } from './problems.ts';
import type { FileShape } from './shape.ts';
import { isTooLarge } from './trees.ts';

export const edxTogglesDecoder: FlagFileDecoder = { system: 'edx-toggles', recognises, decode };

const annotationSchema = z.object({
  toggle_description: z.string().optional(),
  toggle_use_cases: z.string().optional(),
  toggle_default: z.string().optional(),
  toggle_creation_date: z.string().optional(),
  toggle_target_removal_date: z.string().optional(),
  toggle_tickets: z.string().optional(),
  toggle_implementation: z.string().optional(),
});

function recognises(shape: FileShape): boolean {
  return (
    shape.notation === 'code' &&
    shape.text.includes(TOGGLE_ANNOTATION) &&
    /^[ \t]*(?:(?:#|\/\/|\*)[ \t]*)?\.\. toggle_name:[ \t]*\S/m.test(shape.text)
  );
}

interface Block {
  readonly key: string;
  readonly keySpan: Span;
  readonly fields: Map<string, string>;
  end: number;
}

function decode(path: string, text: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const flags = new Map<string, Flag>();
  for (const block of readBlocks(text, problems)) {
    const earlier = flags.get(block.key)?.declaration?.keySpan;
    if (earlier !== undefined) {
      const message = `Toggle "${block.key}" is annotated twice in this file; only the last one counts. Remove one.`;
      addProblem(problems, 'warning', 'duplicate', earlier, message);
      flags.delete(block.key);
    }
    flags.set(block.key, decodeBlock(block, path));
  }
  return flagFile(problems, 'edx-toggles', context.environment, [...flags.values()]);
}

const FIELD = /^[ \t]*(?:(?:#|\/\/|\*)[ \t]*)?\.\. (toggle_\w+):([^\n]*)$/;
const CONTINUED = /^[ \t]*(?:#|\/\/|\*)[ \t]{2,}(\S[^\n]*)$/;

function readBlocks(text: string, problems: ProblemSink): readonly Block[] {
  if (isTooLarge(text, problems)) return [];
  const blocks: Block[] = [];
  let current: Block | null = null;
  let field: string | null = null;
  let start = 0;
  for (const line of text.split('\n')) {
    const match = line.includes('.. toggle_') ? FIELD.exec(line) : null;
    const end = start + line.trimEnd().length;
    if (match !== null) {
      const name = match[1]!;
      const value = match[2]!.trim();
      if (name === 'toggle_name' && value !== '') {
        const from = start + line.lastIndexOf(value);
        current = { key: value, keySpan: { start: from, end: from + value.length }, fields: new Map(), end };
        blocks.push(current);
      } else if (current !== null) {
        current.fields.set(name, value);
        current.end = end;
      }
      field = name;
    } else if (current !== null && field !== null) {
      const more = CONTINUED.exec(line);
      if (more === null) {
        // An annotation ends with its comment.
        current = null;
        field = null;
      } else {
        current.fields.set(field, `${current.fields.get(field) ?? ''} ${more[1]!.trimEnd()}`.trim());
        current.end = end;
      }
    }
    start += line.length + 1;
  }
  return blocks;
}

function decodeBlock(block: Block, path: string): Flag {
  const read = annotationSchema.parse(Object.fromEntries(block.fields));
  const value = /^(true|false)\b/i.exec(read.toggle_default ?? '');
  const on = value?.[1]?.toLowerCase() === 'true';
  return {
    ...bareFlag(block.key, 'edx-toggles', path, block.keySpan, { start: block.keySpan.start, end: block.end }),
    description: read.toggle_description || null,
    kind: value === null ? null : 'boolean',
    type: typeOf(read.toggle_use_cases ?? ''),
    tags: read.toggle_implementation ? [read.toggle_implementation] : [],
    variations: [],
    offValue: value === null ? undefined : false,
    environments: value === null ? [] : [defaultState(on)],
    created: dateOf(read.toggle_creation_date),
    expires: dateOf(read.toggle_target_removal_date),
    url: httpUrl((read.toggle_tickets ?? '').split(/[\s,]+/)[0]),
  };
}

function typeOf(useCases: string): FlagType | null {
  if (/\bcircuit_breaker\b/.test(useCases)) return 'kill-switch';
  if (/\btemporary\b/.test(useCases)) return 'release';
  return /\b(opt_in|opt_out|open_edx|vip|beta_tester)\b/.test(useCases) ? 'permission' : null;
}
