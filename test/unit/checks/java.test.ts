import { checkChecks } from './checks.ts';

describe('checks in Java', () => {
  it('follows clients through fields, constructors, factories and imports', () =>
    checkChecks(`
      //- /src/main/java/shop/Pay.java
      package shop;
      import com.launchdarkly.sdk.server.LDClient;
      import com.launchdarkly.sdk.server.interfaces.LDClientInterface;
      import dev.openfeature.sdk.*;
      import io.getunleash.Unleash;
      class Pay {
        private final LDClientInterface ld;
        private final Unleash unleash;
        @Inject private Provider<LDClient> provider;
        Pay(LDClientInterface ld, Unleash unleash) { this.ld = ld; this.unleash = unleash; }
        Client client() { return OpenFeatureAPI.getInstance().getClient("pay"); }
        boolean charge(User user, Client passed) {
          boolean a = ld.boolVariation("field", user, false);
                         ^^^^^^^^^^^^^ field launchdarkly literal =false
          var own = client();
          own.getStringValue("factory", "x");
              ^^^^^^^^^^^^^^ factory openfeature literal ="x"
          passed.getIntegerDetails("parameter", 3, ctx);
                 ^^^^^^^^^^^^^^^^^ parameter openfeature literal =3
          provider.get().doubleVariation("provided", user, 1.5);
                         ^^^^^^^^^^^^^^^ provided launchdarkly literal =1.5
          if (!unleash.isEnabled("unleashed")) return a;
                       ^^^^^^^^^ unleashed unleash literal
          // passed.getBooleanValue("commented", false);
          String text = "passed.getBooleanValue(\\"quoted\\", false)";
          button.isEnabled();
          return new Button().isEnabled("no-flag");
        }
      }
    `));

  it('resolves constants, nested types, enums with keys and static imports across files', () =>
    checkChecks(`
      //- /core/src/shop/flags/Keys.java
      package shop.flags;
      public final class Keys {
        public static final String CHECKOUT = "static-final";
                                              ^^^^^^^^^^^^^^ static-final openfeature literal declaration
        static final String PREFIX = "team-";
        public static class Search { public static final String FAST = "nested"; }
                                                                       ^^^^^^^^ nested openfeature literal declaration
        public static class Other { public static final String FAST = "other-nested"; }
        public interface Names { String PAY = PREFIX + "pay"; }
                                              ^^^^^^^^^^^^^^ team-pay openfeature literal declaration
      }
      //- /core/src/shop/flags/Flag.java
      package shop.flags;
      public enum Flag {
        BETA("enum-key"),
             ^^^^^^^^^^ enum-key openfeature literal declaration
        GAMMA("other-key") { };
              ^^^^^^^^^^^ other-key openfeature literal declaration
        private final String key;
        Flag(String key) { this.key = key; }
        public String getKey() { return key; }
      }
      //- /app/src/shop/Local.java
      package shop;
      class Local { static final String KEY = "same-package"; }
                                              ^^^^^^^^^^^^^^ same-package openfeature literal declaration
      //- /app/src/shop/Main.java
      package shop;
      import static shop.flags.Keys.CHECKOUT;
      import static shop.flags.Keys.Names.*;
      import dev.openfeature.sdk.Client;
      import shop.flags.Flag;
      import shop.flags.Keys;
      class Main extends Base {
        private static final String OWN = "own";
                                          ^^^^^ own openfeature literal declaration
        void check(Client client, Flag unknown) {
          client.getBooleanValue(CHECKOUT, false);
                 ^^^^^^^^^^^^^^^ static-final openfeature constant =false
          client.getBooleanValue(Keys.Search.FAST, false);
                 ^^^^^^^^^^^^^^^ nested openfeature constant =false
          client.getBooleanValue(PAY, false);
                 ^^^^^^^^^^^^^^^ team-pay openfeature constant+template =false
          client.getBooleanValue(Flag.BETA.getKey(), false);
                 ^^^^^^^^^^^^^^^ enum-key openfeature enum =false
          client.getBooleanValue(Flag.GAMMA.getKey(), false);
                 ^^^^^^^^^^^^^^^ other-key openfeature enum =false
          client.getBooleanValue(Local.KEY, false);
                 ^^^^^^^^^^^^^^^ same-package openfeature constant =false
          client.getBooleanValue(OWN, false);
                 ^^^^^^^^^^^^^^^ own openfeature constant =false
          client.getBooleanValue(INHERITED, false);
                 ^^^^^^^^^^^^^^^ inherited openfeature constant =false
          client.getBooleanValue(String.format("shop-%s-beta", team), false);
                 ^^^^^^^^^^^^^^^ shop-* openfeature template =false
          client.getBooleanValue(unknown.getKey(), false);
                 ^^^^^^^^^^^^^^^ dynamic openfeature - =false
        }
      }
      //- /app/src/shop/Base.java
      package shop;
      class Base { protected static final String INHERITED = "inherited"; }
                                                             ^^^^^^^^^^^ inherited openfeature literal declaration
    `));

  it('follows wrappers through interfaces, and asks enums of Togglz and FF4J', () =>
    checkChecks(`
      //- /shop/Gate.java
      package shop;
      public interface Gate { boolean isOn(String key); }
      //- /shop/LaunchGate.java
      package shop;
      import com.launchdarkly.sdk.server.LDClient;
      public class LaunchGate implements Gate {
        private final LDClient client = new LDClient("sdk");
        @Override public boolean isOn(String key) { return client.boolVariation(key, context(), false); }
                                                                  ^^^^^^^^^^^^^ dynamic launchdarkly - =false
      }
      //- /shop/Use.java
      package shop;
      import org.ff4j.FF4j;
      import org.togglz.core.manager.FeatureManager;
      class Use {
        private Gate gate;
        boolean all(FF4j ff4j, FeatureManager manager) {
          return gate.isOn("by-interface") && ff4j.check("checked")
                      ^^^^ by-interface inferred literal+wrapper =false
                                                   ^^^^^ checked ff4j literal
            && manager.isActive(Features.LATER) && Features.SOON.isActive();
                       ^^^^^^^^ LATER togglz enum
                                                                 ^^^^^^^^ SOON togglz enum+flag-object
        }
      }
      //- /shop/Features.java
      package shop;
      import org.togglz.core.Feature;
      enum Features implements Feature { @Label("Later") LATER, SOON }
                                                         ^^^^^ LATER togglz literal declaration
                                                                ^^^^ SOON togglz literal declaration
    `));

  it('tells tests that set a flag from checks', () =>
    checkChecks(`
      //- /src/test/java/shop/PayTest.java
      package shop;
      import static org.mockito.Mockito.*;
      import dev.openfeature.sdk.Client;
      class PayTest {
        @Mock Client client;
        void sets() {
          when(client.getBooleanValue("when", false)).thenReturn(true);
                      ^^^^^^^^^^^^^^^ when openfeature literal stub =false test
          doReturn(true).when(client).getBooleanValue("do-return", false);
                                      ^^^^^^^^^^^^^^^ do-return openfeature literal stub =false likely test
          verify(client).getBooleanValue(eq("verify"), anyBoolean());
                         ^^^^^^^^^^^^^^^ verify openfeature literal stub likely test
          assertTrue(client.getBooleanValue("asked", false));
                            ^^^^^^^^^^^^^^^ asked openfeature literal =false test
        }
      }
    `));

  it('takes keys out of enums and flag objects, and tells overloads apart', () =>
    checkChecks(`
      //- /shop/Flag.java
      package shop;
      public enum Flag {
        PAY("pay"), SEARCH("search");
            ^^^^^ pay inferred literal declaration
                           ^^^^^^^^ search inferred literal declaration
        private final String key;
        Flag(String key) { this.key = key; }
        public String getKey() { return key; }
        public boolean isOn() { return Flags.client.isEnabled(key); }
                                                    ^^^^^^^^^ dynamic unleash -
      }
      //- /shop/Flags.java
      package shop;
      import io.getunleash.Unleash;
      class Flags {
        static Unleash client;
        boolean isOn(Flag flag) { return client.isEnabled(flag.getKey()); }
                                                ^^^^^^^^^ dynamic unleash -
        boolean isOff(Flag flag) { return !isOn(flag); }
                                           ^^^^ dynamic inferred wrapper
        boolean asked(String key, User user) { return client.isEnabled(key, user.context()); }
                                                             ^^^^^^^^^ dynamic unleash -
        boolean asked(User user) { return asked("overload", user); }
                                          ^^^^^ overload inferred literal+wrapper
        void log(Flag flag) { }
      }
      //- /shop/Use.java
      package shop;
      class Use {
        boolean all(Flags flags, Flag unknown) {
          flags.log(Flag.PAY);
          return flags.isOn(Flag.PAY) && flags.isOff(Flag.SEARCH) && Flag.PAY.isOn() && unknown.isOn();
                       ^^^^ pay inferred enum+wrapper
                                               ^^^^^ search inferred enum+wrapper
                                                                              ^^^^ pay inferred enum+flag-object
                                                                                                ^^^^ dynamic inferred flag-object
        }
      }
    `));

  it('finds who asks through a method that returns a check, by its interface too', () =>
    checkChecks(`
      //- /shop/Toggles.java
      package shop;
      public interface Toggles { boolean isPayOn(); }
      //- /shop/LaunchToggles.java
      package shop;
      import com.launchdarkly.sdk.server.LDClient;
      public class LaunchToggles implements Toggles {
        private LDClient client;
        public boolean isPayOn() { return client.boolVariation("pay", context(), false); }
                                                 ^^^^^^^^^^^^^ pay launchdarkly literal =false
      }
      //- /shop/Use.java
      package shop;
      class Use { boolean on(Toggles toggles) { return toggles.isPayOn(); } }
                                                               ^^^^^^^ pay launchdarkly accessor reference
    `));
});
