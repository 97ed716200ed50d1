// Scala: implicit classes.
import { type Row, testRows } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'methods that implicit classes add to a client and to texts, and those of other classes',
    `
//- /F.scala
package acme
import io.getunleash.Unleash
object Ext {
  implicit class UnleashOps(u: Unleash) { def on(key: String): Boolean = u.isEnabled(key) }
  implicit class Kept(val u: Unleash) extends AnyVal { def keptOn(key: String): Boolean = u.isEnabled(key) }
  implicit class KeyOps(key: String) { def isOn(u: Unleash): Boolean = u.isEnabled(key) }
  class Other(key: String) { def isUp(u: Unleash): Boolean = true }
}
class A(u: Unleash, lamp: Lamp) {
  import Ext._
  def f = u.on("of-client") && u.keptOn("kept") && "of-text".isOn(u) && lamp.on("no-flag") && "no-key".isUp(u)
}
`,
    ['F.scala:11 of-client literal+wrapper', 'F.scala:11 kept literal+wrapper', 'F.scala:11 of-text literal+wrapper'],
  ],
];

describe('Scala: further forms', () => testRows(ROWS));
