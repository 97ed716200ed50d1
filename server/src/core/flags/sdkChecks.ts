/**
 * Calls of known SDKs. What a call belongs to is told by where its client comes from: an import that can be followed makes it
 * certain, an import in the same file and a name that fits make it likely. A name alone never makes a check.
 */
import type { CallExpr, LanguageId } from '../languages/facts.ts';
import type { Confidence } from '../model.ts';
import { argumentAt } from './arguments.ts';
import type { CallIndex } from './callIndex.ts';
import type { FileIndex } from './fileIndex.ts';
import type { LinkState, Match } from './linkState.ts';
import { asKey, type Value } from './resolve/value.ts';
import { type FlagSdk, isPackageOf, type SdkCall, type SdkSurface } from './sdk.ts';

/** One call form of one SDK, ready to be looked up by name. */
interface Form {
  readonly sdk: FlagSdk;
  readonly surface: SdkSurface;
  readonly call: SdkCall;
}

/** All call forms of a language by called name. */
export type SdkForms = ReadonlyMap<LanguageId, ReadonlyMap<string, readonly Form[]>>;

/** Arranges the SDKs' data for look-up. */
export function arrangeForms(sdks: readonly FlagSdk[]): SdkForms {
  const forms = new Map<LanguageId, Map<string, Form[]>>();
  for (const sdk of sdks) {
    for (const surface of sdk.surfaces) {
      for (const language of surface.languages) {
        const byName = forms.get(language) ?? new Map<string, Form[]>();
        forms.set(language, byName);
        for (const call of surface.calls) {
          for (const name of Object.keys(call.names))
            byName.set(name, [...(byName.get(name) ?? []), { sdk, surface, call }]);
        }
      }
    }
  }
  return forms;
}

/** Languages' SDKs that some file of the repository imports; distinctive names count as likely only for these. */
export function usedSurfaces(state: LinkState): ReadonlySet<SdkSurface> {
  const used = new Set<SdkSurface>();
  for (const { imported } of state.indexes.values()) for (const surface of imported) used.add(surface);
  return used;
}

/** The SDK calls of one file. */
export function sdkMatches(
  state: LinkState,
  path: string,
  forms: SdkForms,
  used: ReadonlySet<SdkSurface>,
): readonly Match[] {
  const index = state.indexes.get(path)!;
  const byName = forms.get(state.files.get(path)!.language);
  if (byName === undefined) return [];
  const matches: Match[] = [];
  const collect = (named: CallIndex, decorator: 'decorator' | 'call'): void => {
    for (const [name, calls] of named) {
      const candidates = (byName.get(name) ?? []).filter(
        form => (form.call.form === 'decorator') === (decorator === 'decorator'),
      );
      if (candidates.length === 0) continue;
      for (const call of calls) {
        const match = matchCall(state, path, index, name, call, candidates, used);
        if (match !== null) matches.push(match);
      }
    }
  };
  collect(index.sdkCalls, 'call');
  collect(index.sdkDecorators, 'decorator');
  return matches;
}

function matchCall(
  state: LinkState,
  path: string,
  index: FileIndex,
  name: string,
  call: CallExpr,
  candidates: readonly Form[],
  used: ReadonlySet<SdkSurface>,
): Match | null {
  const callee = state.evaluator.evaluate(call.callee, path);
  if (callee.kind === 'external') {
    const proven = candidates.find(
      form => isPackageOf(form.surface, callee.from) && argumentAt(call, form.call.key) !== null,
    );
    if (proven !== undefined) return matchOf(path, name, call, proven, 'certain');
  }
  // A type that stands elsewhere, nobody knows where, may be the SDK's; only a name that no other library has tells.
  const isElsewhere = callee.kind === 'external' && callee.from === '';
  if ((callee.kind !== 'unknown' && !isElsewhere) || call.callee.kind !== 'member') return null;
  const methods = candidates.filter(
    form =>
      form.call.form === 'method' &&
      argumentAt(call, form.call.key) !== null &&
      (form.call.distinctive || !isElsewhere),
  );
  const imported = methods.find(form => index.imported.includes(form.surface));
  const isOther = !isElsewhere && isKnownOtherwise(state.evaluator.evaluate(call.callee.object, path));
  if (imported !== undefined && !isOther) return matchOf(path, name, call, imported, 'likely');
  const plausible = methods.find(form => form.call.distinctive && used.has(form.surface));
  if (plausible === undefined || !hasConstantKey(state, path, call, plausible)) return null;
  return isOther ? null : matchOf(path, name, call, plausible, 'possible');
}

/** A receiver whose value is known is no client: a client's value comes from its SDK. */
function isKnownOtherwise(receiver: Value): boolean {
  // What a class inherits from outside can't be seen; one without bases has no methods but its own.
  if (receiver.kind === 'instance') return receiver.type.bases.length === 0;
  return receiver.kind !== 'unknown' && receiver.kind !== 'parameter';
}

function hasConstantKey(state: LinkState, path: string, call: CallExpr, form: Form): boolean {
  const key = argumentAt(call, form.call.key);
  return key !== null && asKey(state.evaluator.evaluate(key, path)).kind === 'text';
}

function matchOf(path: string, name: string, call: CallExpr, form: Form, confidence: Confidence): Match | null {
  const keyExpr = argumentAt(call, form.call.key);
  if (keyExpr === null) return null;
  const { fallback } = form.call;
  return {
    path,
    nameSpan: call.nameSpan,
    end: call.span.end,
    keyExpr,
    fallbackExpr: fallback === null ? null : argumentAt(call, fallback),
    constantFallback: undefined,
    system: form.sdk.id,
    method: name,
    type: form.call.names[name] ?? null,
    via: form.call.via,
    confidence,
    role: 'check',
  };
}
