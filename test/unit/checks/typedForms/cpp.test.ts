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
  [
    'what stands before two colons is a namespace or a type, whatever variable and whatever inherited member has its name',
    `
//- /base/feature_list.h
#define BASE_FEATURE(feature, name, state) extern const base::Feature feature
//- /pay/features.cc
#include "base/feature_list.h"
namespace pay::features {
BASE_FEATURE(kNewNav, "NewNav", base::FEATURE_DISABLED_BY_DEFAULT);
}
//- /pay/broken_test.cc
#include "base/test/scoped_feature_list.h"
base::test::ScopedFeatureList features;
//- /pay/a.cc
#include "base/feature_list.h"
namespace pay {
class Nav : public base::CheckedObserver {
 public:
  bool IsNew() { return base::FeatureList::IsEnabled(features::kNewNav); }
};
bool f() { return base::FeatureList::IsEnabled(features::kNewNav); }
void g() {
  base::test::ScopedFeatureList features;
  features.InitAndEnableFeature(features::kNewNav);
  Client base;
  if (base::FeatureList::IsEnabled(pay::features::kNewNav)) base.Go();
}
}
`,
    [
      'pay/a.cc:5 NewNav flag-object',
      'pay/a.cc:7 NewNav flag-object',
      'pay/a.cc:10 NewNav flag-object stub',
      'pay/a.cc:12 NewNav flag-object',
    ],
  ],
];

describe('C++: further forms', () => testRows(ROWS));
