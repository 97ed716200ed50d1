package com.shop.pay

import com.launchdarkly.sdk.server.{LDClient, LDConfig => Config, _}
import shop.flags.Flags._

/** One of everything, é. */
object Flags extends Enumeration {
  final val Pay = "new-pay"
  lazy val Cart: String = s"team-$Pay-${other.name}-x"
  private[this] val (left, right) = (1, 2L)
  val Old = Value("old")
  def key(id: String): String = f"n-$id%02d" + Pay
}

sealed trait Flag { def key: String; val default: Boolean = false }
object Flag {
  case object Fast extends Base("fast") with Flag { val key = """raw "q"""" }
}

@Singleton
case class PayService @Inject() (client: LDClient, inner: Option[Flag] = None)(implicit ec: ExecutionContext)
    extends Service(client)
    with Logging {
  @volatile private var seen = 1_000

  override def isOn(key: String, default: Boolean = true)(implicit user: User): Future[Boolean] = {
    val found = client.boolVariation(key, user, default)
    if (found && seen > 2) { log("on") } else if (!found) off() else { this.seen = 3 }
    flags isOn "infix"
    key match {
      case Flags.Pay | "other" if seen == 1 => a()
      case Some(v: String) => v
      case _ => throw new Error(s"no $key")
    }
    for { k <- List("a", "b"); j = k if ok(j) } yield retry(k)
    items.map(_.isOn("x")).foreach { case (k, v) => use(k -> v) }
    while (seen < 5) seen += 1
    try read(key = "named") catch { case e: Exception => fail(e) } finally close()
    new LDClient("sdk") { def extra = 1 }
    cache.get[Boolean]("typed").map { x => x }.getOrElse(false)
  }
}

enum Gate(val key: String):
  case Pay extends Gate("pay")
  case A, B
  def on: Boolean = client.isOn(this.key)

extension (s: String)
  def isOn: Boolean = flags.isOn(s)

@main def run(): Unit =
  if flags.isOn("k") then
    a()
  else
    b()
