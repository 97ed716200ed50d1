// Questions that are asked of what a program hands out by its own habits: singletons, filters, files found by a configuration's folder.
import { describeRows, type Row } from './rows.ts';

const SWITCHES = `
//- /includes/RolloutSwitches.php
<?php
namespace Shop;
class RolloutSwitches {
	public const NAV = 'new_nav_enabled';
	public function is_switch_enabled( string $switch_name ) { return isset( $this->all[ $switch_name ] ); }
}
`;

const ROWS: readonly Row[] = [
  [
    "WordPress: what a class's only object has, whose property is called as the method that gives it, and what a filter is given",
    `${SWITCHES}
//- /class-wc-shop.php
<?php
class WC_Shop {
	private static $instance;
	private $switches;
	public function init() { $this->switches = new Shop\\RolloutSwitches( $this ); }
	public static function instance() {
		if ( null === self::$instance ) {
			self::$instance = new self();
		}
		return self::$instance;
	}
	public function get_switches() { return $this->switches; }
}
//- /includes/functions.php
<?php
function shop() {
	return apply_filters( 'shop_instance', \\WC_Shop::instance() );
}
function nav() { return shop()->get_switches()->is_switch_enabled( \\Shop\\RolloutSwitches::NAV ); }
//- /includes/Admin.php
<?php
namespace Shop;
class Admin {
	function nav() {
		$shop = shop();
		return $shop && $shop->get_switches()->is_switch_enabled( RolloutSwitches::NAV );
	}
	function switches() { return \\WC_Shop::instance()->is_switch_enabled( RolloutSwitches::NAV ); }
}
`,
    [
      'includes/Admin.php:6 new_nav_enabled constant+wrapper likely',
      'includes/functions.php:5 new_nav_enabled constant+wrapper likely',
    ],
  ],
  [
    'PHPUnit: a mock is of the class that it stands for',
    `${SWITCHES}
//- /tests/SwitchesTest.php
<?php
use Shop\\RolloutSwitches;
class SwitchesTest extends TestCase {
	public function test_switches() {
		$mock = $this->getMockBuilder( RolloutSwitches::class )->setConstructorArgs( array( $plugin ) )->onlyMethods( ['init'] )->getMock();
		$stub = $this->createMock( RolloutSwitches::class );
		$other = $this->createMock( Account::class );
		return $mock->is_switch_enabled( 'switch_a' ) && $stub->is_switch_enabled( 'switch_b' ) && $other->is_switch_enabled( 'switch_c' );
	}
}
//- /includes/Page.php
<?php
namespace Shop;
class Page { function nav( RolloutSwitches $switches ) { return $switches->is_switch_enabled( RolloutSwitches::NAV ); } }
//- /includes/Account.php
<?php
class Account { public function is_switch_enabled() { return true; } }
`,
    [
      'includes/Page.php:3 new_nav_enabled constant+wrapper likely',
      'tests/SwitchesTest.php:8 switch_a literal+wrapper likely',
      'tests/SwitchesTest.php:8 switch_b literal+wrapper likely',
    ],
  ],
  [
    'scripts: modules below the folder that a configuration calls their base, be it in a hidden folder that others extend',
    `
//- /tsconfig.json
{ "extends": "./.config/tsconfig.json" }
//- /.config/tsconfig.json
{ "compilerOptions": { "baseUrl": "../app" } }
//- /app/names.ts
export enum FeatureName { Folders = 'check-folders' }
//- /app/context.ts
import { FeatureName } from 'names';
export function isFeatureEnabled(name: FeatureName) { return Boolean(config.featureToggles[name]); }
//- /app/page/List.ts
import { isFeatureEnabled } from 'context';
import { FeatureName } from 'names';
export const list = () => isFeatureEnabled(FeatureName.Folders);
`,
    ['app/page/List.ts:3 check-folders enum+wrapper likely'],
  ],
  [
    "Go: constants of another module's package of features, by the type that is asked for",
    `
//- /go.mod
module example.com/operator
//- /common/gates.go
package common
import configv1 "example.org/api/config/v1"
type FeatureGatesHandler interface {
	Enabled(configv1.FeatureGateName) bool
}
type ModesHandler interface {
	Enabled(configv1.Mode) bool
}
//- /node/node.go
package node
import (
	"example.com/operator/common"
	"example.org/api/features"
	"example.org/api/modes"
)
type Controller struct { gates common.FeatureGatesHandler; modes common.ModesHandler }
func (c *Controller) sync() bool {
	return c.gates.Enabled(features.FeatureGateNav) && c.modes.Enabled(modes.Fast)
}
`,
    ['node/node.go:9 dynamic wrapper likely'],
  ],
  [
    'how flags are shown and how many there are is no question; nor is what a manifest says of its own',
    `
//- /app/tools.tsx
import { Features } from './manifest';
export const Tools = ({ styles, repository, manifest }) => (
  <div className={styles.featureToggles.row}>
    {repository.getFeatureFlags().flagsCount} {repository.getFeatureFlags().newNav} {manifest.has_feature(Features.Licence)}
  </div>
);
//- /app/manifest.ts
export enum Features { Licence = 'issue-licence' }
export class BaseManifest { has_feature(feature: Features) { return this.all.has(feature); } }
`,
    ['app/tools.tsx:4 newNav property likely'],
  ],
];

describeRows('questions of what a program hands out', ROWS);
