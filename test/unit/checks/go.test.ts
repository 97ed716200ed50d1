import { checkChecks } from './checks.ts';

describe('checks in Go', () => {
  it('follows clients through fields, parameters and packages that call themselves otherwise', () =>
    checkChecks(`
      //- /stock/stock.go
      package stock
      import (
        "github.com/launchdarkly/go-server-sdk/v7"
        of "github.com/open-feature/go-sdk/openfeature"
      )
      type Service struct { flags *ldclient.LDClient }
      func New(flags *ldclient.LDClient) *Service { return &Service{flags: flags} }
      func (s *Service) Reserve(user Context) bool {
        on, _ := s.flags.BoolVariation("field", user, false)
                         ^^^^^^^^^^^^^ field launchdarkly literal =false
        client := of.NewClient("stock")
        value, err := client.StringValue(ctx, "local", "x", of.EvaluationContext{})
                             ^^^^^^^^^^^ local openfeature literal ="x"
        return on
      }
      // s.flags.BoolVariation("commented", user, false)
      var text = "s.flags.BoolVariation(\\"quoted\\", user, false)"
    `));

  it('resolves constants of the same and of other packages', () =>
    checkChecks(`
      //- /go.mod
      module example.com/shop
      //- /flags/flags.go
      package flags
      type Key string
      const (
        Checkout Key = "typed-constant"
                       ^^^^^^^^^^^^^^^^ typed-constant openfeature literal declaration
        Search = "plain-constant"
                 ^^^^^^^^^^^^^^^^ plain-constant openfeature literal declaration
      )
      //- /shop/keys.go
      package shop
      const local = "same-package"
                    ^^^^^^^^^^^^^^ same-package openfeature literal declaration
      //- /shop/main.go
      package shop
      import (
        "example.com/shop/flags"
        "github.com/open-feature/go-sdk/openfeature"
      )
      var client = openfeature.NewClient("shop")
      func check() {
        client.BooleanValue(ctx, string(flags.Checkout), false, nil)
               ^^^^^^^^^^^^ typed-constant openfeature constant =false
        client.BooleanValue(ctx, flags.Search, true, nil)
               ^^^^^^^^^^^^ plain-constant openfeature constant =true
        client.BooleanValue(ctx, local, false, nil)
               ^^^^^^^^^^^^ same-package openfeature constant =false
      }
    `));

  it('takes no name from a test of the same folder', () =>
    checkChecks(`
      //- /shop/a_test.go
      package shop_test
      const local = "of-a-test"
      //- /shop/keys.go
      package shop
      const local = "same-package"
                    ^^^^^^^^^^^^^^ same-package openfeature literal declaration
      //- /shop/main.go
      package shop
      import "github.com/open-feature/go-sdk/openfeature"
      var client = openfeature.NewClient("shop")
      func check() {
        client.BooleanValue(ctx, local, false, nil)
               ^^^^^^^^^^^^ same-package openfeature constant =false
      }
    `));

  it('follows wrappers, through interfaces too, and keeps literal starts', () =>
    checkChecks(`
      //- /gate/gate.go
      package gate
      import "github.com/open-feature/go-sdk/openfeature"
      type Checker interface { Enabled(key string) bool }
      type Gate struct { client *openfeature.Client }
      func (g *Gate) Enabled(key string) bool {
        on, _ := g.client.BooleanValue(ctx, key, false, openfeature.EvaluationContext{})
                          ^^^^^^^^^^^^ dynamic openfeature - =false
        return on
      }
      func Team(g *Gate, team string) bool { return g.Enabled(fmt.Sprintf("team-%s", team)) }
                                                      ^^^^^^^ team-* inferred template+wrapper =false
      //- /main.go
      package main
      import "example.com/shop/gate"
      type Server struct { gate gate.Checker }
      func (s *Server) Handle() bool { return s.gate.Enabled("through-interface") }
                                                     ^^^^^^^ through-interface inferred literal+wrapper =false
    `));

  it('finds Kubernetes feature gates by their package, and through the package that wraps them', () =>
    checkChecks(`
      //- /pkg/features/features.go
      package features
      import (
        utilfeature "k8s.io/apiserver/pkg/util/feature"
        "k8s.io/component-base/featuregate"
      )
      const PartialAdmission featuregate.Feature = "PartialAdmission"
                                                   ^^^^^^^^^^^^^^^^^^ PartialAdmission inferred literal declaration
      func Enabled(f featuregate.Feature) bool { return utilfeature.DefaultFeatureGate.Enabled(f) }
                                                                                       ^^^^^^^ dynamic kubernetes -
      //- /cmd/main.go
      package main
      import "example.com/pkg/features"
      func main() {
        if features.Enabled(features.PartialAdmission) { run() }
                    ^^^^^^^ PartialAdmission inferred constant+wrapper
        other.Enabled("not-a-gate")
      }
    `));

  it('finds gates that a package of the repository holds, in files that name no SDK', () =>
    checkChecks(`
      //- /feature/gates.go
      package feature
      import "k8s.io/component-base/featuregate"
      var (
        MutableGates featuregate.MutableFeatureGate = featuregate.NewFeatureGate()
        Gates featuregate.FeatureGate = MutableGates
      )
      const Topology featuregate.Feature = "Topology"
                                           ^^^^^^^^^^ Topology kubernetes literal declaration
      //- /core/main.go
      package main
      import "example.com/shop/feature"
      func main() {
        if feature.Gates.Enabled(feature.Topology) { run() }
                         ^^^^^^^ Topology kubernetes constant
        if other.Gates.Enabled("no-gate") { run() }
      }
    `));

  it("knows the gates of OpenTelemetry's Collector, in the repository that holds their package too", () =>
    checkChecks(`
      //- /featuregate/registry.go
      package featuregate
      func GlobalRegistry() *Registry { return registry }
      func (r *Registry) MustRegister(id string, stage Stage) *Gate { return nil }
      //- /metadata/gates.go
      package metadata
      import "go.opentelemetry.io/collector/featuregate"
      var PoolingFeatureGate = featuregate.GlobalRegistry().MustRegister(
        "pdata.usePooling",
        ^^^^^^^^^^^^^^^^^^ pdata.usePooling otel-featuregate literal declaration
        featuregate.StageAlpha,
      )
      //- /pdata/pdata.go
      package pdata
      import "example.com/collector/metadata"
      func Marshal() {
        if metadata.PoolingFeatureGate.IsEnabled() { pool() }
                                       ^^^^^^^^^ pdata.usePooling otel-featuregate flag-object
      }
      //- /pdata/pdata_test.go
      package pdata
      import "go.opentelemetry.io/collector/featuregate"
      func TestMarshal() { featuregate.GlobalRegistry().Set("pdata.usePooling", true) }
                                                        ^^^ pdata.usePooling otel-featuregate literal stub test
    `));
});
