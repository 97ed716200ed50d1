/** Texts that name flags behind a prefix, as Laravel's routes name their middleware: `->middleware('features:new-api,other')`. */
import type { Expr } from '../../languages/facts.ts';
import type { FlagSdk, SdkSurface } from '../sdk.ts';
import { type LinkState, type Match, plainMatch } from './linkState.ts';

/** One surface with such texts. */
export interface PrefixedForm {
  readonly sdk: FlagSdk;
  readonly surface: SdkSurface;
}

export function arrangePrefixed(sdks: readonly FlagSdk[]): readonly PrefixedForm[] {
  return sdks.flatMap(sdk =>
    sdk.surfaces.filter(({ prefixedTexts }) => prefixedTexts !== undefined).map(surface => ({ sdk, surface })),
  );
}

/** The flags that such texts of one file name; likely, since the name of a middleware is the application's own. */
export function prefixedTextMatches(
  state: LinkState,
  path: string,
  forms: readonly PrefixedForm[],
  used: ReadonlySet<SdkSurface>,
): readonly Match[] {
  const { language } = state.files.get(path)!;
  return forms.flatMap(({ sdk, surface }) => {
    if (!used.has(surface) || !surface.languages.includes(language)) return [];
    const { of, prefix } = surface.prefixedTexts!;
    return of.flatMap(method =>
      (state.indexes.get(path)!.calls.get(method) ?? []).flatMap(({ args }) =>
        args.flatMap(({ value }) => textsIn(value)).flatMap(text => keysOf(path, text, prefix, sdk, method)),
      ),
    );
  });
}

function textsIn(value: Expr): readonly (Expr & { readonly kind: 'string' })[] {
  const items = value.kind === 'array' ? value.items : [value];
  return items.filter(item => item.kind === 'string');
}

function keysOf(
  path: string,
  { value, span }: Expr & { readonly kind: 'string' },
  prefix: string,
  sdk: FlagSdk,
  method: string,
): readonly Match[] {
  // With escapes in it, no offset into the text is one into the file.
  if (!value.startsWith(prefix) || span.end - span.start !== value.length + 2) return [];
  const from = span.start + 1;
  return [...value.slice(prefix.length).matchAll(/[^\s,][^,]*/g)].map(({ index, 0: name }) => {
    const start = from + prefix.length + index;
    const place = { start, end: start + name.trimEnd().length };
    return plainMatch({
      path,
      nameSpan: place,
      end: place.end,
      keyExpr: { kind: 'string', value: name.trimEnd(), span: place },
      system: sdk.id,
      method,
      type: 'boolean',
      via: 'attribute',
      confidence: 'likely',
    });
  });
}
