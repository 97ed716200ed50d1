// C++: macros that ask.
import { type Row, testRows } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'macros that hand what they are given to a question; those that do something else with it are none',
    `
//- /flags.h
#include "base/feature_list.h"
BASE_FEATURE(kNewNav, "NewNav", base::FEATURE_DISABLED_BY_DEFAULT);
#define IS_ON(x) (base::FeatureList::IsEnabled(x))
#define IS_ON_FOR(user, x) \\
  base::FeatureList::IsEnabled(x)
#define NAME_OF(x) base::NameOf(x)
#define HALF(x) base::FeatureList::IsEnabled(
//- /a.cc
#include "flags.h"
void f() {
  if (IS_ON(kNewNav)) return;
  if (IS_ON_FOR(user, kNewNav)) return;
  Log(NAME_OF(kNewNav));
}
`,
    ['a.cc:3 NewNav flag-object+wrapper', 'a.cc:4 NewNav flag-object+wrapper'],
  ],
];

describe('C++: further forms', () => testRows(ROWS));
