import assert from 'node:assert/strict';
import { worldOf } from '../../../support/world.ts';
import { checkChecks } from '../checks.ts';

/** A container with two flags, registered as `shop`, or in Kotlin without a namespace, and asked from another place. */
const CONTAINERS: readonly (readonly [language: string, files: string, asked: readonly string[]])[] = [
  [
    'TypeScript',
    `
//- /flags.ts
import { Flag, RoxString } from 'rox-browser';
export const flags = { pay: new Flag(), color: new RoxString('red', ['red', 'blue']) };
//- /setup.ts
import Rox from 'rox-browser';
import { flags } from './flags';
Rox.register('shop', flags);
//- /use.ts
import { flags } from './flags';
export const color = flags.pay.isEnabled() ? flags.color.getValue() : null;
`,
    ['shop.color string certain', 'shop.pay boolean certain'],
  ],
  [
    'Java',
    `
//- /src/shop/Flags.java
package shop;
import io.rollout.configuration.RoxContainer;
import io.rollout.flags.RoxFlag;
import io.rollout.flags.RoxString;
public class Flags implements RoxContainer {
  public RoxFlag pay = new RoxFlag(false);
  public RoxString color = new RoxString("red", new String[]{"red"});
}
//- /src/shop/Use.java
package shop;
import io.rollout.rox.server.Rox;
class Use {
  private final Flags flags = new Flags();
  void start() { Rox.register("shop", flags); }
  String color() { return flags.pay.isEnabled() ? flags.color.getValue() : null; }
}
`,
    ['shop.color string certain', 'shop.pay boolean certain'],
  ],
  [
    'Kotlin',
    `
//- /src/shop/Flags.kt
package shop
import io.rollout.configuration.RoxContainer
import io.rollout.flags.RoxFlag
class Flags : RoxContainer { @JvmField val pay = RoxFlag() }
fun pays(flags: Flags) = flags.pay.isEnabled
`,
    ['pay boolean certain'],
  ],
  [
    'C#',
    `
//- /Flags.cs
using Io.Rollout.Rox.Server.Flags;
public class Flags : IRoxContainer {
  public RoxFlag Pay = new RoxFlag(false);
  public RoxString Color = new("red", new[] { "red" });
}
//- /Use.cs
using Io.Rollout.Rox.Server;
class Use {
  readonly Flags _flags = new Flags();
  void Start() { Rox.Register("shop", _flags); }
  string Color() => _flags.Pay.IsEnabled() ? _flags.Color.GetValue() : null;
}
`,
    ['shop.Color string certain', 'shop.Pay boolean certain'],
  ],
  [
    'Python',
    `
//- /flags.py
from rox.server.flags.rox_flag import RoxFlag
from rox.core.entities.rox_string import RoxString

class Flags:
    def __init__(self):
        self.pay = RoxFlag(False)
        self.color = RoxString("red", ["red"])

flags = Flags()
//- /use.py
from rox.server.rox_server import Rox
from flags import flags

Rox.register("shop", flags)

def color():
    return flags.color.get_value() if flags.pay.is_enabled() else None
`,
    ['shop.color string certain', 'shop.pay boolean certain'],
  ],
  [
    'Go',
    `
//- /flags.go
package shop

import "github.com/rollout/rox-go/v6/server"

type Flags struct {
	Pay   server.RoxFlag
	Color server.RoxString
}

var flags = &Flags{Pay: server.NewRoxFlag(false), Color: server.NewRoxString("red", []string{"red"})}

func start(rox *server.Rox) { rox.Register("shop", flags) }

func color() string {
	if flags.Pay.IsEnabled(nil) {
		return flags.Color.GetValue(nil)
	}
	return ""
}
`,
    ['shop.Color string certain', 'shop.Pay boolean certain'],
  ],
  [
    'Ruby',
    `
//- /flags.rb
require 'rox/server/rox_server'
class Flags
  attr_reader :pay, :color
  def initialize
    @pay = Rox::Server::RoxFlag.new(false)
    @color = Rox::Server::RoxString.new('red', ['red'])
  end
end
//- /use.rb
class Use
  def initialize
    @flags = Flags.new
    Rox::Server::RoxServer.register('shop', @flags)
  end
  def tint
    @flags.color.value if @flags.pay.enabled?
  end
end
`,
    ['shop.color string certain', 'shop.pay boolean certain'],
  ],
  [
    'PHP',
    `
//- /flags.php
<?php
use Rox\\Server\\Flags\\RoxFlag;
use Rox\\Server\\Flags\\RoxString;
use Rox\\Server\\Rox;
class Flags {
  public $pay;
  public $color;
  public function __construct() {
    $this->pay = new RoxFlag(false);
    $this->color = new RoxString('red', ['red']);
  }
}
$flags = new Flags();
Rox::register('shop', $flags);
echo $flags->pay->isEnabled() ? $flags->color->getValue() : '';
`,
    ['shop.color string certain', 'shop.pay boolean certain'],
  ],
  [
    'Swift',
    `
//- /Flags.swift
import ROX
public class Flags: RoxContainer {
  public let pay = RoxFlag(withDefault: false)
  public let color = RoxString(withDefault: "red", variations: ["red"])
}
let flags = Flags()
ROX.register("shop", container: flags)
let tint = flags.pay.isEnabled ? flags.color.value : nil
`,
    ['shop.color string certain', 'shop.pay boolean certain'],
  ],
];

describe('Rox', () => {
  it('asks its dynamic API by the key', () =>
    checkChecks(`
      //- /a.ts
      import Rox from 'rox-browser';
      Rox.dynamicApi.isEnabled('ui.banner', false, context);
                     ^^^^^^^^^ ui.banner rox literal =false
      Rox.dynamicApi.value('ui.color', 'red');
                     ^^^^^ ui.color rox literal ="red"
      const banner = new Rox.Flag(false);
      banner.isEnabled(context);
             ^^^^^^^^^ dynamic rox - =false
      //- /b.ts
      import { dynamicApi } from 'rox-node';
      dynamicApi.getNumber('ui.size', 12);
                 ^^^^^^^^^ ui.size rox literal =12
    `));

  for (const [language, files, asked] of CONTAINERS) {
    it(`names a flag by the container that holds it: ${language}`, async () => {
      const { snapshot } = await worldOf(files);
      const checks = [...snapshot.files.values()].flatMap(file => file.checks);
      const described = (role: string) =>
        checks.filter(check => check.role === role).map(({ key, type, confidence }) => `${key} ${type} ${confidence}`);
      assert.deepEqual(described('check').sort(), asked);
      assert.deepEqual([...new Set(described('declaration'))].sort(), asked);
    });
  }

  it('knows no key in a namespace that is no constant', () =>
    checkChecks(`
      //- /a.ts
      import Rox from 'rox-node';
      export const flags = { pay: new Rox.Flag(true) };
      Rox.register(process.env.NAMESPACE, flags);
      if (flags.pay.isEnabled()) show();
                    ^^^^^^^^^ dynamic rox - =true
      //- /b.ts
      import Rox from 'rox-node';
      const search = new Rox.Flag(true);
      Rox.register('shop', { search });
                             ^^^^^^ shop.search rox literal declaration
      if (search.isEnabled()) show();
                 ^^^^^^^^^ shop.search rox flag-object =true
    `));
});
