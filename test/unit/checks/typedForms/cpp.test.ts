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
  [
    'conditions inside of what a constant is given, whichever branch ends it',
    `
//- /history/features.cc
#include "base/feature_list.h"
namespace history {
BASE_FEATURE(kFirst, "First", base::FEATURE_DISABLED_BY_DEFAULT);
constexpr base::FeatureParam<int> kCap{
    &kFirst, "cap",
#if BUILDFLAG(IS_ANDROID)
    10};
#else
    INT_MAX};
#endif
const base::FeatureParam<bool> kIsOld = {
    &kFirst, "old",
#if BUILDFLAG(IS_IOS)
#if BUILDFLAG(IS_OLD)
    true
#else
    1
#endif
#else
    false
#endif
};
class Nav{
 public:
#if BUILDFLAG(IS_IOS)
  bool IsFirst() { return base::FeatureList::IsEnabled(kFirst); }
#else
  bool IsSecond() { return base::FeatureList::IsEnabled(kSecond); }
#endif
};
void f() {
  Run(base::BindOnce([] {
#if BUILDFLAG(IS_IOS)
    if (base::FeatureList::IsEnabled(kFirst)) return;
#else
    if (base::FeatureList::IsEnabled(kSecond)) return;
#endif
  }));
}
BASE_FEATURE(kSecond, "Second", base::FEATURE_DISABLED_BY_DEFAULT);
}
//- /a.cc
#include "base/feature_list.h"
bool f() { return base::FeatureList::IsEnabled(history::kSecond); }
`,
    [
      'a.cc:2 Second flag-object',
      'history/features.cc:26 First flag-object',
      'history/features.cc:28 Second flag-object',
      'history/features.cc:34 First flag-object',
      'history/features.cc:36 Second flag-object',
    ],
  ],
  [
    "Chromium's list of features where it is part of the repository, inside of its namespace too",
    `
//- /base/feature_list.h
namespace base {
class BASE_EXPORT FeatureList {
 public:
  static bool IsEnabled(const Feature& feature);
};
}
//- /base/features.cc
#include "base/feature_list.h"
namespace base::features {
BASE_FEATURE(kNewNav, "NewNav", base::FEATURE_DISABLED_BY_DEFAULT);
}
//- /base/nav.cc
#include "base/feature_list.h"
namespace base {
bool f() { return FeatureList::IsEnabled(features::kNewNav); }
}
//- /net/nav.cc
#include "base/feature_list.h"
namespace net {
bool f() { return base::FeatureList::IsEnabled(base::features::kNewNav); }
}
`,
    ['base/nav.cc:3 NewNav flag-object', 'net/nav.cc:3 NewNav flag-object'],
  ],
];

describe('C++: further forms', () => testRows(ROWS));
