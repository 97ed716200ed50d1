import { checkChecks } from './checks.ts';

describe('checks in Python', () => {
  it('follows clients through modules, fields, parameters and factories', () =>
    checkChecks(`
      //- /shop/client.py
      from openfeature import api
      client = api.get_client("shop")
      def features():
          return api.get_client()
      //- /shop/pay.py
      from ldclient import LDClient
      import ldclient
      from shop.client import client as flags, features
      from . import client as module
      class Pay:
          def __init__(self, ld: LDClient):
              self.ld = ld
              self.own = features()
          def charge(self, user):
              self.own.get_boolean_value("field", False)
                       ^^^^^^^^^^^^^^^^^ field openfeature literal =false
              return self.ld.variation("typed", user, 1)
                             ^^^^^^^^^ typed launchdarkly literal =1
      flags.get_string_value("aliased", default_value="x")
            ^^^^^^^^^^^^^^^^ aliased openfeature literal ="x"
      module.client.get_boolean_value(flag_key="by-module", default_value=True)
                    ^^^^^^^^^^^^^^^^^ by-module openfeature literal =true
      ldclient.get().variation("global", user, False)
                     ^^^^^^^^^ global launchdarkly literal =false
      # flags.get_boolean_value("commented", False)
      text = 'flags.get_boolean_value("quoted", False)'
      {}.get("no-flag", False)
    `));

  it('resolves constants, enums and classes across files', () =>
    checkChecks(`
      //- /shop/flags.py
      from enum import Enum
      CHECKOUT = "constant"
                 ^^^^^^^^^^ constant unleash literal declaration
      class Flag(str, Enum):
          SEARCH = "enum-member"
                   ^^^^^^^^^^^^^ enum-member unleash literal declaration
      class Keys:
          PAY = "class-member"
                ^^^^^^^^^^^^^^ class-member unleash literal declaration
      //- /shop/main.py
      from UnleashClient import UnleashClient
      from .flags import CHECKOUT, Flag, Keys
      from shop import flags
      client = UnleashClient(url="x", app_name="y")
      client.is_enabled(CHECKOUT)
             ^^^^^^^^^^ constant unleash constant
      client.is_enabled(Flag.SEARCH.value)
             ^^^^^^^^^^ enum-member unleash enum
      client.is_enabled(Keys.PAY)
             ^^^^^^^^^^ class-member unleash constant
      client.get_variant(flags.CHECKOUT)
             ^^^^^^^^^^^ constant unleash constant
      client.is_enabled("a" "b")
             ^^^^^^^^^^ ab unleash literal
    `));

  it('keeps the literal start of dynamic keys, and follows wrappers', () =>
    checkChecks(`
      //- /gate.py
      from openfeature import api
      client = api.get_client()
      def is_on(name: str, default: bool = False) -> bool:
          return client.get_boolean_value(name, default)
                        ^^^^^^^^^^^^^^^^^ dynamic openfeature -
      class Gate:
          def enabled(self, key):
              return is_on(key)
                     ^^^^^ dynamic inferred wrapper =false
      def beta(team):
          return client.get_boolean_value(f"team-{team}-beta", False)
                        ^^^^^^^^^^^^^^^^^ team-* openfeature template =false
      //- /main.py
      import gate
      from gate import Gate, is_on
      is_on("direct")
      ^^^^^ direct inferred literal+wrapper =false
      gate.is_on("by-module", default=True)
           ^^^^^ by-module inferred literal+wrapper =true
      Gate().enabled("two-deep")
             ^^^^^^^ two-deep inferred literal+wrapper =false
      is_on("price-{}".format(region))
      ^^^^^ price-* inferred template+wrapper =false
    `));

  it('reads code that is broken somewhere else', () =>
    checkChecks(`
      //- /a.py
      from openfeature import api
      client = api.get_client()
      def half(:
          pass
      client.get_boolean_value("still-found", False)
             ^^^^^^^^^^^^^^^^^ still-found openfeature literal =false
    `));
});
