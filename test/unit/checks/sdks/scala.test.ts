import { checkChecks } from '../checks.ts';

describe('SDKs of Scala', () => {
  it("catapult: the client that holds its context takes none; launchcatsly's takes a user", () =>
    checkChecks(`
      //- /A.scala
      package shop
      import org.typelevel.catapult.LaunchDarklyClient
      class A[F[_]](client: LaunchDarklyClient[F]) {
        def f = client.boolVariation("a", context, true)
                       ^^^^^^^^^^^^^ a launchdarkly literal =true
        def g = client.stringVariation("b", context, defaultValue = "x")
                       ^^^^^^^^^^^^^^^ b launchdarkly literal ="x"
      }
      //- /B.scala
      package shop
      import org.typelevel.catapult.mtl.LaunchDarklyMTLClient
      class B[F[_]](client: LaunchDarklyMTLClient[F]) {
        def f = client.intVariation("c", 3)
                       ^^^^^^^^^^^^ c launchdarkly literal =3
      }
      //- /C.scala
      package shop
      import io.github.bplommer.launchcatsly.LaunchDarklyClient
      class C[F[_]](client: LaunchDarklyClient[F]) {
        def f = client.doubleVariation("d", user, 0.5)
                       ^^^^^^^^^^^^^^^ d launchdarkly literal =0.5
      }
    `));

  it('ff4s: OpenFeature, and requests of Flipt', () =>
    checkChecks(`
      //- /A.scala
      package shop
      import io.cardell.openfeature.FeatureClient
      class A[F[_]](client: FeatureClient[F]) {
        def f = client.getStructureValue("a", Settings(1))
                       ^^^^^^^^^^^^^^^^^ a openfeature literal
      }
      //- /B.scala
      package shop
      import io.cardell.flipt.{EvaluationRequest, FliptApi}
      class B[F[_]](flipt: FliptApi[F]) {
        def f = flipt.evaluateBoolean(EvaluationRequest("default", "b", None, Map.empty, None))
                                      ^^^^^^^^^^^^^^^^^ b flipt literal
      }
    `));
});
