/**
 * Scripts: flags whose record is asked for by its key, and then whether it is on: `getFeature('new-nav').enabled`. What hands out records of
 * features may hand out anything: that one is asked for yes or no by a constant key is what speaks for a flag. What is found is *likely*.
 * Functions that answer by themselves are `homegrown.ts`' and `foreignCalls.ts`' business.
 */
import { type CallExpr, isScript } from '../../languages/facts.ts';
import { isFlagNoun, OTHER_FLAGS, wordsOf } from '../names/flagWords.ts';
import { looksLikeKey } from '../names/keyShape.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { memberReads } from '../questions/memberReads.ts';
import { asKey } from '../resolve/value.ts';

/** Such questions in one file. */
export function askedRecordMatches(state: LinkState, path: string): readonly Match[] {
  const facts = state.files.get(path)!;
  if (!isScript(facts.language)) return [];
  return memberReads(facts).flatMap(({ object, property }) =>
    object.kind === 'call' && ASKED.has(property) ? matchOf(state, path, object) : [],
  );
}

/** What a flag's record is asked. */
const ASKED: ReadonlySet<string> = new Set(['active', 'enabled', 'isActive', 'isEnabled', 'isOn', 'on', 'value']);

function matchOf(state: LinkState, path: string, call: CallExpr): readonly Match[] {
  const { callee, args, construct, nameSpan, span } = call;
  const method = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  const [key, ...others] = args;
  if (construct || key === undefined || key.spread || others.length > 1 || !handsOutFlag(method)) return [];
  const value = asKey(state.evaluator.evaluate(key.value, path));
  if (value.kind !== 'text' || !looksLikeKey(value.text)) return [];
  const common = { path, nameSpan, end: span.end, keyExpr: key.value, system: 'inferred', method } as const;
  return [plainMatch({ ...common, type: 'boolean', confidence: 'likely' })];
}

/** `getFeature`, `findFeatureFlag`, `toggle`. */
function handsOutFlag(name: string): boolean {
  const words = wordsOf(name);
  const nouns = words[0] === 'get' || words[0] === 'find' || words[0] === 'use' ? words.slice(1) : words;
  return nouns.length > 0 && nouns.every(word => isFlagNoun(word) && !OTHER_FLAGS.has(word) && !word.endsWith('s'));
}
