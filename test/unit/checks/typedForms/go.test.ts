// Go's own ways to hold and ask flags of a repository's own: variables of a package.
import { describeRows, type Row } from '../rows.ts';

const ROWS: readonly Row[] = [
  [
    'variables of a package called features: by the text they are registered with, or by name; sizes and texts are settings',
    `
//- /go.mod
module example.com/shop
//- /pkg/features/nav.go
package features

const MaxKey = "SHOP_MAX"

var (
	NewNav = env.Register("SHOP_NEW_NAV", false, "turns on the navigation").Get()
	Shared = atomic.NewBool(env.Register("SHOP_SHARED", true, "is shared").Get())
	Old = env.RegisterBoolVar("SHOP_OLD", defaultOld, "")
	Plain = true
	Open bool
	Size = env.Register("SHOP_SIZE", 12, "how many").Get()
	Label = env.Register("SHOP_LABEL", "x", "what").Get()
)

const Fixed = true
//- /nav/nav.go
package nav

import (
	"fmt"

	"example.com/shop/pkg/features"
)

func Show() bool {
	if features.NewNav && features.Shared.Load() {
		return features.Plain || !features.Open
	}
	old := features.Old.Get()
	kept := features.NewNav
	fmt.Println(features.Size, features.Label, features.Fixed, features.MaxKey, old, kept)
	return features.Missing
}
//- /nav/nav_test.go
package nav

import "example.com/shop/pkg/features"

func TestShow(t *testing.T) {
	test.SetForTest(t, &features.NewNav, true)
	test.SetAtomic(t, features.Shared, true)
	features.Plain = false
}
//- /other/other.go
package other

import "example.com/elsewhere/features"

func Show(features struct{ NewNav bool }) bool {
	return features.NewNav
}
`,
    [
      'nav/nav.go:10 SHOP_NEW_NAV constant+flag-object likely',
      'nav/nav.go:10 SHOP_SHARED constant+flag-object likely',
      'nav/nav.go:11 Open property likely',
      'nav/nav.go:11 Plain property likely',
      'nav/nav.go:13 SHOP_OLD constant+flag-object likely',
      'nav/nav.go:14 SHOP_NEW_NAV constant+flag-object likely',
      'nav/nav_test.go:6 SHOP_NEW_NAV constant+flag-object stub likely',
      'nav/nav_test.go:7 SHOP_SHARED constant+flag-object stub likely',
    ],
  ],
  [
    'variables that hold a question, of a package and of a function',
    `
//- /a.go
package a

import "github.com/open-feature/go-sdk/openfeature"

var client = openfeature.NewClient("stock")
var isOn = client.BooleanValue

func f() bool {
	ask := client.BooleanValue
	v, _ := ask(ctx, "new-nav", false, nil)
	w, _ := isOn(ctx, "new-pay", false, nil)
	other, _ := load(ctx, "other", false, nil)
	return v && w && other
}
`,
    ['a.go:10 new-nav literal', 'a.go:11 new-pay literal'],
  ],
  [
    'no list of flags that a command line has',
    `
//- /overrides.go
package clientcmd

import "github.com/spf13/pflag"

type AuthOverrideFlags struct {
	Token FlagInfo
	Username FlagInfo
}

type FlagInfo struct { LongName string }

func Bind(flags *pflag.FlagSet, names AuthOverrideFlags) {
	names.Token.BindStringFlag(flags)
	names.Username.BindStringFlag(flags)
}
//- /ui.go
package ui

type PageFlags struct {
	Search PageFlag
	Basket PageFlag
}

func Show(flags PageFlags) bool { return flags.Search && flags.Basket }
`,
    ['ui.go:8 Search property likely', 'ui.go:8 Basket property likely'],
  ],
];

describeRows('Go: flags that packages, fields and functions hold', ROWS, ['check', 'stub']);
