// Every construct that facts are made of stands here once.
global using System.Linq;
using LaunchDarkly.Sdk.Server;
using static Shop.Flags.Keys;
using Flag = Shop.Flags.FeatureFlag;

[assembly: InternalsVisibleTo("Tests")]

namespace Shop.Checkout
{
    /* runbook: docs/runbooks/checkout.md */
    [ApiController, FeatureGate("gate", Names = new[] { "a", Keys.B })]
    public partial class Pay<T>(IFeatureClient client, string team = "a") : Base<T>(client, 1), IChecker, Shop.INamed where T : class, new()
    {
        public const string Key = "express-checkout", Later = "pay-" + "later\u00e9\n";
        private static readonly Flag Express = new("express") { Owner = "me", Tags = { "a", "b" } };
        private readonly Lazy<ILdClient>? _client;
        private readonly Dictionary<string, string> _table = new() { ["a"] = Key, { "b", Later } };
        public event EventHandler? Changed;
        public required string Name { get; init; } = "name";
        public static string Short => nameof(Pay<T>.Key);
        public string Long { get { return $"long-{team}-{Key:N0}-{{x}}"; } set => _long = value; }
        public string this[string key] => _table[key]!;

        public Pay(ILdClient client) : this(null!, "b") { this._client = client ?? throw new ArgumentNullException(nameof(client)); }
        ~Pay() { Dispose(); }
        public static implicit operator string(Pay<T> pay) => pay.Name;
        public static bool operator ==(Pay<T> a, Pay<T> b) { return a?.Name == b?.Name; }

        [HttpGet("{id}")]
        public async Task<bool> Check<R>([FromServices] IFeatureManager manager, string key, params string[] rest)
        {
            var on = await client.GetBooleanValueAsync(key, defaultValue: false);
            if (on && !manager.Limits[^1] || _client?.Value.BoolVariation("k", context, true) == true)
            {
                return ((IChecker)other).Check(string.Format("team-{0}-{{{1}}}", key, count), @"c:\d ""e""");
            }
            else if (key is { Length: > 1 } text && text is not "a") throw new InvalidOperationException($@"why\{text}");
            foreach (var name in new[] { "beta", "alpha" }) for (int i = 0, j = 1; i < j; i++) continue;
            while (running) { do { Step(); } while (More()); }
            switch (key)
            {
                case "a":
                case Key when on:
                    Run(() => 1, async (x, y) => { return x; }, (string z) => z.Length, delegate (int q) { return q; }, static _ => 1);
                    break;
                default:
                    goto case "a";
            }
            var kind = flag switch { Flag.Express or Flag.Later => "a", Point(var px, 1) { X: 2 } p => p.On("b"), _ => throw new Error() };
            using var session = Open();
            using (Reader reader = session.Get<Reader>()) { Use(reader, 'c', 1.5f, 1_000L, true, null, typeof(Pay<>), out var left, ref kind); }
            try { } catch (IOException e) when (e.Code == 1) { Log(e); } finally { lock (this) { checked { total++; } } }
            bool Local(string local) => client.On(local);
            (int a, var b) = (1, "b"); var (c, d) = Pair();
            string[] parts = ["a", .. rest, """raw "text" """]; object made = new { Key, Value = "v" };
            var query = from item in items where item.On("q") orderby item.Name select item.Key;
            x ??= y?.Z?[0] ?? "z"; total += -1; _ = made as string; yield return default(int);
#if DEBUG
            Debug("k");
#else
            Release("k");
#endif
            return on ? true : false;
        }
    }

    public enum Color { Red, [EnumMember(Value = "g")] Green = 2 }
    public interface IChecker : INamed { bool Check(string key, string b = "x"); Color Color { get; } }
    public record Point(int X, [property: Min(1)] string Label) { public static Point Origin { get; } = new(0, "o"); }
    public readonly record struct Pair<A>(A First);
    public struct Size { public int Width; }
    public delegate bool Predicate(string key);
    public static class Extensions { public static bool On(this IChecker checker, string key) => checker.Check(key); }
}
