// Every construct that facts are made of stands here once.
package com.shop.checkout;

import static com.shop.flags.Keys.EXPRESS;
import static java.util.Map.*;

import com.launchdarkly.sdk.server.LDClient;
import dev.openfeature.sdk.*;

/* runbook: docs/runbooks/checkout.md */
@Service
@FeatureGate(value = "gate", flags = {"a", Flag.Names.B})
public final class Shop<T extends Base> extends Base<T> implements Checker, com.shop.Named {
  public static final String KEY = "express-checkout", LATER = "pay-" + "later\u00e9\n";
  private static final String TEXT = """
      first \
      "second"
        third
      """;
  @Inject private Provider<LDClient> provider;
  private final Client client;
  private int[] limits = {1, 0x1F, 017, -3}, more[] = new int[2][];

  static {
    register(KEY);
  }

  @Autowired
  public Shop(Client client, @Named("x") final String... rest) {
    super(client);
    this.client = client;
    count += 1;
  }

  Shop() {
    this(OpenFeatureAPI.getInstance().getClient(), "a", "b");
  }

  @Override
  public <R> boolean check(String key, com.shop.Context<R> context) throws Exception {
    final var on = client.getBooleanValue(key, false);
    if (on && !this.limits[0] || provider.get().boolVariation("k", context, true)) {
      return ((Checker) other).check(String.format("team-%s-%d%%", key, count), null);
    } else if (key instanceof String text && text.isEmpty()) {
      throw new IllegalStateException("why" + text);
    }
    for (String name : List.of("beta", "alpha")) {
      label: for (int i = 0, j = 1; i < name.length(); i++) {
        if (i == j) continue label;
      }
    }
    while (running) {
      do { step(); } while (more());
    }
    switch (key) {
      case "a":
      case KEY:
        run(() -> 1, (x, y) -> { return x; }, (String z) -> z.length(), this::check, Shop::new);
        break;
      default:
    }
    var kind = switch (flag) {
      case EXPRESS, LATER -> "a";
      case Point(int x, var y) when x > 1 -> { yield "b"; }
      default -> throw new Error();
    };
    try (var session = open(); Reader reader = session) {
      use(reader, 'c', 1.5f, 1_000L, true, null, Shop.class, Outer.this.field);
    } catch (IOException | Error e) {
      log.warn("failed", e);
    } finally {
      synchronized (this) { assert on : "off"; }
    }
    Object made = new Base<>("k") {
      boolean on() { return kind == "a" ? TEXT.isBlank() : on; }
    };
    return on;
  }

  enum Flag implements Feature {
    @Label("Express") EXPRESS("express"),
    LATER("later") { String extra() { return "x"; } };

    private final String key;
    Flag(String key) { this.key = key; }
    String getKey() { return key; }
    static class Names { static final String B = "b"; }
  }

  interface Named { String PREFIX = "p"; String name(); default int size() { return 0; } }

  record Point(int x, @Min(1) String label) implements Named {
    Point { check(x); }
    static Point origin() { return new Point(0, "o"); }
  }

  @interface FeatureGate { String value() default "none"; String[] flags(); }
}
