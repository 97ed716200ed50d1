/** Which file each frame means, for the paths that builds, containers and bundlers of each runtime print. */
import assert from 'node:assert/strict';
import { type LocateOptions, locateTrace } from '../../../server/src/core/traces/locate.ts';
import { parseTraces } from '../../../server/src/core/traces/parse.ts';
import { indexRepository } from '../../../server/src/core/traces/repositoryIndex.ts';

describe('traces: places of frames', () => {
  const check = (
    name: string,
    paths: readonly string[],
    text: readonly string[],
    expected: readonly string[],
    options: Partial<LocateOptions> = {},
  ) =>
    it(name, () => {
      const index = indexRepository(paths);
      const found = parseTraces(text.join('\n')).traces.flatMap(trace =>
        locateTrace(trace, { index, ...options }).threads.flatMap(({ errors }) =>
          errors.flatMap(({ frames }) =>
            frames.map(({ inApp, place }) => {
              const where =
                place.kind === 'resolved'
                  ? `${place.path}:${place.line ?? ''}`
                  : place.kind === 'ambiguous'
                    ? place.candidates.map(candidate => candidate.path).join(' or ')
                    : place.reason;
              return `${inApp ? 'app' : 'lib'} ${where}`;
            }),
          ),
        ),
      );
      assert.deepEqual(found, expected);
    });

  check(
    '.NET: the paths of a build agent, and of a deterministic build',
    ['src/Shop/Cart.cs', 'src/Shop/Program.cs', 'src/Other/Program.cs'],
    [
      'System.Exception: x',
      String.raw`   at Shop.Cart.Total() in D:\a\1\s\src\Shop\Cart.cs:line 3`,
      String.raw`   at Shop.Program.Main() in D:\a\1\s\src\Shop\Program.cs:line 9`,
      '',
      'System.Exception: y',
      '   at Shop.Cart.Total() in /_/src/Shop/Cart.cs:line 3',
      '   at System.Text.Json.X.Y() in /_/src/libraries/System.Text.Json/src/X.cs:line 9',
    ],
    ['app src/Shop/Cart.cs:3', 'app src/Shop/Program.cs:9', 'app src/Shop/Cart.cs:3', 'lib library'],
  );

  check(
    '.NET without files: by the class, and only what the repository holds is the app',
    ['src/Shop/Cart.cs', 'README.md'],
    [
      'System.Exception: x',
      '   at Shop.Cart.Total(Order o)',
      '   at Shop.Missing.Do()',
      '   at Newtonsoft.Json.JsonConvert.DeserializeObject(String s)',
      '   at System.Linq.Enumerable.Sum()',
    ],
    ['app src/Shop/Cart.cs:', 'app not-found', 'lib not-found', 'lib library'],
  );

  check(
    'Go: a trimmed build by its module path',
    ['services/pay/internal/x/x.go', 'services/pay/go.mod'],
    [
      'goroutine 1 [running]:',
      'github.com/acme/pay/internal/x.F()',
      '\tgithub.com/acme/pay/internal/x/x.go:3 +0x1',
      'github.com/other/lib.G()',
      '\tgithub.com/other/lib@v1.2.3/lib.go:3 +0x1',
    ],
    ['app services/pay/internal/x/x.go:3', 'lib library'],
    { goModules: [{ module: 'github.com/acme/pay', directory: 'services/pay' }] },
  );

  check(
    'Python: namespace packages installed from the repository',
    ['libs/a/src/acme/pay/x.py', 'libs/b/src/acme/cart/x.py'],
    [
      'Traceback (most recent call last):',
      '  File "/usr/lib/python3.11/asyncio/base.py", line 1, in run',
      '  File "/venv/lib/python3.11/site-packages/acme/pay/x.py", line 3, in f',
      'ValueError: x',
    ],
    ['app libs/a/src/acme/pay/x.py:3', 'lib library'],
  );

  check(
    'Ruby and PHP: the roots of apps',
    ['app/models/cart.rb', 'lib/pay.rb', 'web/src/Cart.php', 'web/index.php'],
    [
      "/srv/app/models/cart.rb:3:in 'total': x (E)",
      "\tfrom /srv/lib/pay.rb:4:in 'f'",
      "\tfrom /usr/local/bundle/gems/rack-3.0/lib/rack.rb:1:in 'g'",
      '',
      'PHP Fatal error:  Uncaught E: x in /var/www/html/src/Cart.php:3',
      'Stack trace:',
      '#0 /var/www/html/index.php(4): f()',
      '#1 /var/www/html/vendor/x/y.php(3): g()',
      '#2 {main}',
    ],
    [
      'app app/models/cart.rb:3',
      'app lib/pay.rb:4',
      'lib library',
      'app web/src/Cart.php:3',
      'app web/index.php:4',
      'lib library',
      'lib library',
    ],
  );

  check(
    "webpack: the bundle's name chooses the package; without one nothing is chosen",
    ['packages/web/src/pay.ts', 'packages/api/src/pay.ts'],
    [
      'Error: x',
      '    at f (webpack://web/./src/pay.ts?ab12:3:1)',
      '    at g (webpack-internal:///./src/pay.ts:4:1)',
      '    at r (webpack://web/webpack/bootstrap:19:1)',
    ],
    ['app packages/web/src/pay.ts:3', 'app packages/api/src/pay.ts or packages/web/src/pay.ts', 'lib library'],
  );

  check(
    'paths of systems that do not tell cases apart',
    ['src/Pay.ts', 'src/util/Math.ts'],
    ['Error: x', String.raw`    at f (C:\SHOP\SRC\pay.ts:1:2)`, String.raw`    at g (c:\shop\src\util\math.ts:1:2)`],
    ['app src/Pay.ts:1', 'app src/util/Math.ts:1'],
  );

  check(
    'Swift: a bare file, and the image of frames without one',
    ['Sources/Shop/Cart.swift'],
    [
      'Thread 0 Crashed:',
      '0   libsystem_kernel.dylib  0x1 __pthread_kill + 8',
      '1   Shop  0x1 Cart.total() + 3 (Cart.swift:12)',
      '2   UIKitCore  0x1 -[UIApplication run] + 3',
      '3   Shop  0x2 helper + 1',
    ],
    ['lib library', 'app Sources/Shop/Cart.swift:12', 'lib library', 'app library'],
  );

  check(
    'Dart: the package is a directory lib',
    ['packages/shop/lib/cart.dart', 'packages/admin/lib/cart.dart'],
    ['#0      Cart.total (package:shop/cart.dart:12:21)', '#1      X.y (package:flutter/src/x.dart:3:3)'],
    ['app packages/shop/lib/cart.dart:12', 'lib library'],
  );

  check(
    'Elixir: an application of an umbrella',
    ['apps/shop/lib/shop/cart.ex', 'apps/web/lib/web/cart.ex'],
    [
      '** (KeyError) x',
      '    (shop 0.1.0) lib/shop/cart.ex:12: Shop.Cart.total/1',
      '    (elixir 1.15.0) lib/enum.ex:1: Enum.map/2',
    ],
    ['app apps/shop/lib/shop/cart.ex:12', 'lib library'],
  );

  check(
    'Kotlin: a directory that leaves the first packages out; Java: never outside its own',
    ['app/src/main/kotlin/cart/Cart.kt', 'app/src/main/java/org/other/Pay.java'],
    ['java.lang.Error: x', '\tat com.acme.cart.CartKt.total(Cart.kt:3)', '\tat com.acme.Pay.pay(Pay.java:3)'],
    ['app app/src/main/kotlin/cart/Cart.kt:3', 'app not-found'],
  );
});
