// One of everything.
#include "shop/flags.h"
#include <openfeature/client.h>

#define PREFIX "team-é"
#if defined(SHOP_FAST) && BUILDFLAG(IS_MAC)
static const int kLimit = 1'000;
#else
static const int kLimit = 0x1F;
#endif

namespace of = openfeature;
using namespace std::literals;

namespace shop::pay {
namespace {
constexpr char kPay[] = "new-pay";
const std::string kCart("cart" "-v2");
}  // namespace

BASE_FEATURE(kFast,
             "Fast",
#if BUILDFLAG(IS_MAC)
             base::FEATURE_ENABLED_BY_DEFAULT
#else
             base::FEATURE_DISABLED_BY_DEFAULT
#endif
);

enum class Gate : int { kPay, kBeta = 2 };
enum Old { OLD_ONE };

template <typename T>
class SHOP_EXPORT Flags final : public Base<T>, private of::Features {
 public:
  explicit Flags(std::shared_ptr<of::Client> client, std::string key = "k")
      : client_(std::move(client)), key_{key} {}
  virtual ~Flags() = default;
  bool IsOn(const std::string& key, bool fallback) const override {
    return client_->GetBooleanValue(key, fallback);
  }
  static constexpr std::string_view kStatic{"static"};

 private:
  std::shared_ptr<of::Client> client_;
  std::string key_;
};

bool Pay::Charge(const Flags<int>& flags, int a, int b) {
  if (flags.IsOn("k", true) && a > b) {
    return false;
  } else if (auto found = Find(kPay)) {
    Use(*found);
  }
  auto key = absl::StrCat("new-", a);
  for (const auto& k : {"a", "b"}) Retry(k, [this, &flags](const char* y) { return flags.IsOn(y, a_); });
  switch (gate_) {
    case Gate::kPay:
      return static_cast<Client*>(raw)->Get<int>(L"w", nullptr);
    default:
      break;
  }
  std::string text = R"x(raw "q")x" + key;
  return ready ? text.empty() : ::shop::Other::Ask({.key = "k"});
}
}  // namespace shop::pay
