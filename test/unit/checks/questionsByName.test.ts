// Questions of what is called flags of features: those that are named after their flag, and those that are asked by any plain word.
import { describeRows, type Row } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'Rust: functions of a module that say yes or no; not those that do something else, nor what they ask each other',
    `
//- /src/feature_flags.rs
pub fn stream_metrics() -> bool {
    read("x")
}
pub fn reservoir_size() -> usize {
    4
}
pub fn both_on() -> bool {
    stream_metrics()
}
//- /src/lib.rs
pub mod feature_flags;
fn f() -> bool {
    let size = crate::feature_flags::reservoir_size();
    crate::feature_flags::stream_metrics() && size > 1
}
`,
    ['src/lib.rs:4 stream_metrics property likely'],
  ],
  [
    'Java: of what nothing here declares; what is done with flags is no question, and neither is whether they are there',
    `
//- /A.java
class A {
  boolean f(Config config, FeatureToggleService featureToggleService) {
    featureToggleService.loadAll(config);
    if (config.featureFlags.isNotEmpty() || featureToggleService.isReady()) return false;
    return config.featureGates().useSlowPathEnabled() && featureToggleService.isNewPayEnabled(config);
  }
}
`,
    ['A.java:5 isNewPayEnabled property likely', 'A.java:5 useSlowPathEnabled property likely'],
  ],
  [
    'Ruby: of a class that is called so',
    `
//- /app/models/a.rb
class A
  def f(user)
    FeatureManagement.allow_fast_pay? || FeatureFlags.fast_pay_enabled?(user)
  end
end
`,
    ['app/models/a.rb:3 allow_fast_pay property likely', 'app/models/a.rb:3 fast_pay_enabled property likely'],
  ],
  [
    'a question that is an accessor of a known flag stays one',
    `
//- /FeatureToggleService.java
import com.launchdarkly.sdk.server.LDClient;
class FeatureToggleService {
  private final LDClient client;
  boolean isNewPayEnabled() { return client.boolVariation("new-pay", null, false); }
}
//- /A.java
class A {
  private final FeatureToggleService featureToggleService;
  boolean f() { return featureToggleService.isNewPayEnabled(); }
}
`,
    ['FeatureToggleService.java:4 new-pay literal'],
  ],
  [
    'TypeScript: a service of a package, asked for a value; a map of flags that is made here is none',
    `
//- /a.ts
import { FeatureToggleService } from '@example/common-lib';
export class A {
  private readonly names = { sharing: 'sharing-on' };
  constructor(private readonly featureToggleService: FeatureToggleService) {}
  f() {
    const featureFlags = new Map<string, boolean>();
    featureFlags.get('local-map');
    return this.featureToggleService.getValue('new-pay', false) || this.featureToggleService.getValueOnce(this.names.sharing, null);
  }
}
`,
    ['a.ts:8 new-pay literal likely', 'a.ts:8 sharing-on object likely'],
  ],
  [
    'PHP: a question with a key that is made at run time',
    `
//- /A.php
<?php
class A {
  function f(array $flags) {
    foreach ($flags as $featureFlag) {
      if ($this->getFeatureFlagChecker()->isEnabled($featureFlag)) return true;
    }
    return $this->getSwitch()->isEnabled($featureFlag);
  }
}
`,
    ['A.php:5 dynamic - likely'],
  ],
];

describeRows('questions of what is called flags', ROWS);
