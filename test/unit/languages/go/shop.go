// Package shop: every construct that facts are made of stands here once.
package shop

import (
	"context"
	"fmt"

	ld "github.com/launchdarkly/go-server-sdk/v7"
	. "github.com/shop/dots"
	_ "github.com/shop/driver"
	"gopkg.in/yaml.v3"
)

type Flag string

const (
	FlagExpress Flag = "express-checkout"
	FlagLater   Flag = `pay-later`
)

const (
	low, high = iota, "é😀" + "\x41\u00e9"
	next1, next2
)

var client, err = ld.MakeClient("sdk", 5*time.Second)

/* runbook: docs/runbooks/checkout.md */
type (
	Gate struct {
		key, name string `json:"key"`
		*ld.LDClient
		Base[int]
		limits map[string]int
	}
	Checker interface {
		fmt.Stringer
		Check(ctx context.Context, key Flag, rest ...string) (bool, error)
		~int | string
	}
	Alias = ld.Config
)

var registry = []Gate{{key: "a", limits: map[string]int{"x": 1}}, {"b", "c"}, *other}

var table = map[string]*Gate{"a": {key: fmt.Sprintf("team-%s-%q", team, 'x')}, high: nil}

func (g *Gate) Check(ctx context.Context, key Flag, rest ...string) (bool, error) {
	g.client = &ld.Config{Key: "k", Nested: struct{ a int }{1}}
	if on, err := g.client.BoolVariation(string(key), ldcontext.New("user"), false); err != nil {
		return false, fmt.Errorf("check %s: %w", key, err)
	} else if on && !g.limits["small"] {
		defer g.close(func(code int) string { return "code" })
	} else {
		go run(rest...)
	}
	switch kind := g.kind.(type) {
	case string, *int:
		kind.Do()
	default:
		x, y = y, x
	}
	select {
	case v, ok := <-events:
		use(v, ok)
	case events <- 3:
	}
loop:
	for i, name := range []string{"beta", "alpha"} {
		if i == 0 || name == "" {
			continue loop
		}
		total += pkg.Get[bool](ctx, features.FlagX, name+"-suffix", m[1:3])
	}
	for i := 0; i < 3; i++ { // three times
		counts[i]++
	}
	return g.key == "a", nil
}

func New[T any](_ int, make func(string) T) *T { return &T{} }
