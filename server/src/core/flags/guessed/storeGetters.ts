/**
 * Vuex: getters that give a function, asked by the name of their module: `store.getters['features/get'](NEW_NAV)`,
 * `rootGetters['featureFlags/isEnabled']('new-nav')`. The module's name says what is asked for. What is found is *likely*.
 */
import type { CallExpr } from '../../languages/facts.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';

/** A text that may ask so. */
export const STORE_GETTER_TEXT =
  /etters\[['"](?:\w{1,30}\/)?(?:features?|feature[-_]?(?:flag|toggle)s?)\/\w{1,40}['"]\]\(/i;

/** Such questions in one file. */
export function storeGetterMatches(state: LinkState, path: string): readonly Match[] {
  return state.indexes
    .get(path)!
    .found(gettersAsked)
    .map(({ callee, args, nameSpan, span }) =>
      plainMatch({
        path,
        nameSpan,
        end: span.end,
        keyExpr: args[0]!.value,
        fallbackExpr: args[1]?.value ?? null,
        system: 'inferred',
        method: callee.kind === 'member' ? callee.property : '',
        type: 'boolean',
        confidence: 'likely',
      }),
    );
}

function gettersAsked({ facts: { calls } }: FileIndex): readonly CallExpr[] {
  return calls.filter(({ callee, args }) => {
    if (callee.kind !== 'member' || args.length === 0 || !callee.property.includes('/')) return false;
    const { object } = callee;
    const holder = object.kind === 'member' ? object.property : object.kind === 'name' ? object.name : '';
    return GETTER.test(callee.property) && /^(?:root)?getters$/i.test(holder.replace(/^\$/, ''));
  });
}

/** What a question is called, or what gives the state of one. */
const GETTER =
  /(?:^|\/)(?:features?|feature[-_]?(?:flag|toggle)s?)\/(?:get|has|is|byKey|byName|(?:is|has|get)(?:Feature|Flag|Toggle)?(?:Enabled|Active|On)?)$/i;
