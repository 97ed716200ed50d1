import { checkChecks } from './checks.ts';

describe('checks in Scala', () => {
  it('follows clients through constructors, fields, options and futures, and resolves keys across files', () =>
    checkChecks(`
      //- /src/main/scala/shop/Flags.scala
      package shop
      object Flags {
        final val Pay = "const-pay"
                        ^^^^^^^^^^^ const-pay launchdarkly literal declaration
        val Prefix = "team-"
        val Joined = Prefix + "cart"
                     ^^^^^^^^^^^^^^^ team-cart launchdarkly literal declaration
        def search: String = "by-def"
                             ^^^^^^^^ by-def launchdarkly literal declaration
      }
      sealed abstract class Gate(val key: String)
      object Gate {
        case object Fast extends Gate("fast-gate")
      }
      object Old extends Enumeration {
        val Cart = Value("old-cart")
                         ^^^^^^^^^^ old-cart launchdarkly literal declaration
      }
      enum New(val key: String):
        case Beta extends New("new-beta")
                              ^^^^^^^^^^ new-beta launchdarkly literal declaration
      //- /src/main/scala/shop/Pay.scala
      package shop
      import com.launchdarkly.sdk.server.LDClient
      import Flags.{Pay => PayKey}
      class PayService @Inject() (client: LDClient, inner: Option[LDClient])(implicit ec: ExecutionContext) {
        def charge(id: String): Boolean = {
          client.boolVariation("literal", ctx, false)
                 ^^^^^^^^^^^^^ literal launchdarkly literal =false
          inner.get.boolVariation(PayKey, ctx, false)
                    ^^^^^^^^^^^^^ const-pay launchdarkly constant =false
          client.stringVariation(Flags.Joined, ctx, "none")
                 ^^^^^^^^^^^^^^^ team-cart launchdarkly constant+template ="none"
          client.boolVariation(Flags.search, ctx, true)
                 ^^^^^^^^^^^^^ by-def launchdarkly constant =true
          client.boolVariation(s"new-$id-x", ctx, true)
                 ^^^^^^^^^^^^^ new-* launchdarkly template =true
          client.boolVariation(Old.Cart.toString, ctx, true)
                 ^^^^^^^^^^^^^ old-cart launchdarkly constant =true
          client.boolVariation(New.Beta.key, ctx, true)
                 ^^^^^^^^^^^^^ new-beta launchdarkly enum =true
          // client.boolVariation("commented", ctx, true)
          val text = """client.boolVariation("quoted", ctx, true)"""
          other.boolVariation()
        }
      }
      //- /src/test/scala/shop/PaySpec.scala
      package shop
      import io.getunleash.FakeUnleash
      class PaySpec extends AnyFlatSpec {
        val unleash = new FakeUnleash()
        it should "charge" in { assert(unleash.isEnabled("in-test")) }
                                               ^^^^^^^^^ in-test unleash literal test
      }
    `));

  it('follows wrappers through traits, objects and lists of parameters, and tells accessors apart', () =>
    checkChecks(`
      //- /src/Features.scala
      package shop
      import io.getunleash.{DefaultUnleash, Unleash}
      trait Features {
        def isOn(key: String, default: Boolean = false)(implicit user: User): Boolean
      }
      class RemoteFeatures(unleash: Unleash) extends Features {
        override def isOn(key: String, default: Boolean)(implicit user: User): Boolean =
          unleash.isEnabled(key, default)
                  ^^^^^^^^^ dynamic unleash -
        def newPay: Boolean = isOn("new-pay")
                              ^^^^ new-pay inferred literal+wrapper
      }
      object Features {
        private val unleash = new DefaultUnleash(config)
        def apply(name: String): Boolean = unleash.isEnabled(s"shop.$name")
                                                   ^^^^^^^^^ shop.* unleash template
        def fast(): Boolean = unleash.isEnabled("fast")
                                      ^^^^^^^^^ fast unleash literal
      }
      //- /src/Page.scala
      package shop
      class Page(features: Features) {
        def render(implicit user: User) =
          if (features.isOn("wrapped", true)) a() else if (Features.fast()) b()
                       ^^^^ wrapped inferred literal+wrapper =true
                                                                    ^^^^ fast unleash accessor reference
        val some = List("x").filter { key => features.isOn("in-lambda") }
                                                      ^^^^ in-lambda inferred literal+wrapper =false
      }
    `));
});
