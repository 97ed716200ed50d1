/**
 * Flags asked of what holds those that are on: `organization.features.includes('new-nav')`, `features.has('orgs:new-nav', org)`,
 * `enabledFeatures.includes('new-nav')`; and those that Rails gives to a page, `gon.features.newNav`. Names are all that speaks for them. What is
 * found is *likely*. Other reads by property are `typedToggles.ts`' and `namedLists.ts`' business, subscripts `indexedFlags.ts`'.
 */

import { type CallExpr, type Expr, isScript } from '../../languages/facts.ts';
import { isFlagNoun, wordsOf } from '../names/flagWords.ts';
import { looksLikeKey } from '../names/keyShape.ts';
import { lastName } from '../names/lastName.ts';
import { flagProperty, type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { memberReads } from '../questions/memberReads.ts';
import { asKey } from '../resolve/value.ts';
import { isPackageOf } from '../sdk.ts';

/** Such reads and questions in one file. */
export function flagHolderMatches(state: LinkState, path: string): readonly Match[] {
  const { language } = state.files.get(path)!;
  const isRead = isScript(language);
  if (!isRead && language !== 'python') return [];
  return [...(isRead ? readMatches(state, path) : []), ...setMatches(state, path)];
}

/** `gon.features.newNav`: of what Rails' gon gives to a page; `this.glFeatures.newNav` where GitLab's mixin hands that on. */
function readMatches(state: LinkState, path: string): readonly Match[] {
  return memberReads(state.files.get(path)!).flatMap(read => {
    for (let at: Expr = read; at.kind === 'member'; at = at.object) {
      const { object } = at;
      const ofGon = object.kind === 'member' && object.property === 'features' && lastName(object.object) === 'gon';
      const isGon = ofGon || lastName(object) === 'glFeatures';
      if (!isGon || !isOpen(state, object, path)) continue;
      return [flagProperty(path, at)];
    }
    return [];
  });
}

/** Nothing that is written down here, nor what an SDK hands out: what that holds are settings, or is told by the SDK's data. */
function isOpen(state: LinkState, object: Expr, path: string): boolean {
  const value = state.evaluator.evaluate(object, path);
  if (value.kind === 'external') {
    const { imported } = state.indexes.get(path)!;
    return !imported.some(surface => isPackageOf(surface, value.from));
  }
  return value.kind === 'unknown' || value.kind === 'parameter';
}

const HOLDERS: ReadonlySet<string> = new Set(['flags', 'switches', 'toggles']);

function setMatches(state: LinkState, path: string): readonly Match[] {
  const { calls } = state.indexes.get(path)!;
  return SET_METHODS.flatMap(method =>
    (calls.get(method) ?? []).flatMap(call => {
      const key = call.args[0]?.value;
      if (call.callee.kind !== 'member' || key === undefined || !asksHolder(call, call.callee.object)) return [];
      const value = asKey(state.evaluator.evaluate(key, path));
      if (value.kind !== 'text' || !looksLikeKey(value.text) || !isOpen(state, call.callee.object, path)) return [];
      if (lastName(call.callee.object) === 'features' && call.args.length < 2 && !ownsFeatures(call.callee.object)) {
        // Features of a browser or a map are asked for in the same words.
        if (!/^[a-z]+:[a-z]/.test(value.text)) return [];
      }
      return [
        plainMatch({
          path,
          nameSpan: call.nameSpan,
          end: call.span.end,
          keyExpr: key,
          system: 'inferred',
          method,
          type: 'boolean',
          confidence: 'likely',
        }),
      ];
    }),
  );
}

const SET_METHODS = ['has', 'includes'];

/** Whether what is asked holds the flags that are on. */
function asksHolder({ callee }: CallExpr, holder: Expr): boolean {
  const name = lastName(holder);
  if (name === 'features') return callee.kind === 'member' && (callee.property === 'has' || ownsFeatures(holder));
  const words = wordsOf(name);
  const isOn = words.some(word => word === 'enabled' || word === 'active') && words.some(isFlagNoun);
  return words.length < 4 && (isOn || (words.at(-2) === 'feature' && HOLDERS.has(words.at(-1) ?? '')));
}

/** `organization.features`: those who have flags rather than properties. */
function ownsFeatures(holder: Expr): boolean {
  if (holder.kind !== 'member') return false;
  const words = wordsOf(lastName(holder.object));
  return OWNERS.has(words.at(-1) ?? '');
}

const OWNERS: ReadonlySet<string> = new Set([
  'account',
  'org',
  'organisation',
  'organization',
  'project',
  'team',
  'tenant',
  'user',
  'workspace',
]);
