<?php

declare(strict_types=1);

namespace Shop\Pay;

use Laravel\Pennant\Feature;
use LaunchDarkly\{LDClient, LDContext as Context};

const LIMIT = 3;

/** runbook: docs/pay.md */
#[Route('/pay', name: 'pay')]
final class Pay extends Service implements Charges
{
    use Gates;

    public const NEW_NAV = 'new-nav';
    private ?LDClient $ld = null;

    public function __construct(private readonly LDClient $client, protected int $limit = LIMIT)
    {
        $this->ld = new LDClient('sdk');
    }

    public function charge(?User $user, string ...$keys): bool
    {
        foreach ($keys as $i => $key) {
            if ($this->client->variation("pay-{$key}", $user, default: false) && !Feature::active(self::NEW_NAV)) {
                return true;
            } elseif ($this->ld?->variation(Flag::Search->value, $user) ?? false) {
                [$a, 'b' => $b] = $this->parts($i);
            } else {
                echo <<<TEXT
                    Total: {$a} $b
                    TEXT . 'x';
            }
        }
        $on = fn ($name) => Feature::for($user)->active($name);
        return match (true) {
            $on('x') => false,
            default => static::fallback(...)(),
        };
    }
}

enum Flag: string
{
    case Search = 'fast-search';
}
?>
<p><?= Feature::active('page') ? 'new' : 'old' ?></p>
