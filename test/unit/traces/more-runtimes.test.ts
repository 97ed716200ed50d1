import { checkTraces, dedent } from './outline.ts';

const check = (name: string, text: string, expected: string) => it(name, () => checkTraces(dedent(text), expected));

describe('traces: further runtimes', () => {
  check(
    'Rust, with the place of the panic first',
    `
    thread 'main' (12) panicked at src/pay.rs:5:362:
    no price
    stack backtrace:
       0: __rustc::rust_begin_unwind
                 at /rustc/5980/library/std/src/panicking.rs:689:5
       1: shop::Cart::total::{{closure}}::h0123456789abcdef
                 at ./src/pay.rs:5:362
    note: Some details are omitted, run with RUST_BACKTRACE=full for a verbose backtrace.

    thread 'w' panicked at 'old style', src/old.rs:3:9
    `,
    `
    rust 1-7
      root: panic | no price
        null src/pay.rs:5:362 @1 throw-site
        __rustc::rust_begin_unwind /rustc/5980/library/std/src/panicking.rs:689:5 @4
        shop::Cart::total::{{closure}} ./src/pay.rs:5:362 @6
    rust 10-10
      root: panic | old style
        null src/old.rs:3:9 @10 throw-site
    `,
  );

  check(
    'Ruby, causes below, old and new quotes',
    `
    s.rb:14:in 'Shop#outer': bad cart (ArgumentError)
    \tfrom s.rb:20:in '<main>'
    s.rb:5:in \`fetch': key not found: :price (KeyError)
    \tfrom s.rb:3:in \`block in total'
    `,
    `
    ruby 1-4
      root: ArgumentError | bad cart
        Shop#outer s.rb:14 @1
        <main> s.rb:20 @2
      cause of 0: KeyError | key not found: :price
        fetch s.rb:5 @3
        block in total s.rb:3 @4
    `,
  );

  check(
    'Ruby upside down',
    `
    Traceback (most recent call last):
    \t2: from s.rb:24:in \`<main>'
    \t1: from s.rb:11:in \`outer'
    s.rb:14:in \`rescue in outer': bad cart (ArgumentError)
    `,
    `
    ruby 1-4
      root: ArgumentError | bad cart
        rescue in outer s.rb:14 @4
        outer s.rb:11 @3
        <main> s.rb:24 @2
    `,
  );

  check(
    'Rails',
    `
    ActionController::RoutingError (No route matches [GET] "/settings"):

     actionpack (5.1.4) lib/action_dispatch/debug.rb:63:in \`call'
     app/models/cart.rb:3:in \`total'
    `,
    `
    ruby 1-4
      root: ActionController::RoutingError | No route matches [GET] "/settings"
        call actionpack (5.1.4) lib/action_dispatch/debug.rb:63 @3
        total app/models/cart.rb:3 @4
    `,
  );

  check(
    'PHP, the cause printed before the error it led to',
    `
    PHP Fatal error:  Uncaught OutOfBoundsException: no price in /srv/s.php:5
    Stack trace:
    #0 /srv/s.php(4): App\\Cart->price()
    #1 [internal function]: App\\Cart->App\\{closure}()
    #2 {main}

    Next RuntimeException: bad cart in /srv/s.php:8
    Stack trace:
    #0 C:\\srv\\s.php(9): App\\outer(Array, 'x(1): y')
    #1 {main}
      thrown in /srv/s.php on line 8
    `,
    `
    php 1-11
      root: RuntimeException | bad cart
        null /srv/s.php:8 @7 throw-site
        App\\outer C:\\srv\\s.php:9 @9
        {main}  @10
      cause of 0: OutOfBoundsException | no price
        null /srv/s.php:5 @1 throw-site
        App\\Cart->price /srv/s.php:4 @3
        App\\Cart->App\\{closure}  @4
        {main}  @5
    `,
  );

  check(
    '.NET with inner errors and async gaps, Mono, another language of Windows',
    `
    Unhandled exception. System.AggregateException: One or more errors occurred. (bad)
     ---> System.InvalidOperationException: bad
       at Shop.Cart.<TotalAsync>d__2.MoveNext() in c:\\p q\\Cart.cs:line 31
    --- End of stack trace from previous location ---
       at System.Runtime.CompilerServices.TaskAwaiter.GetResult()
       --- End of inner exception stack trace ---
       at Shop.P.Main(String[] a) in c:\\p q\\P.cs:line 4
    System.Exception: mono
      at Shop.Cart.Price (System.Collections.Generic.Dictionary\`2[TKey,TValue] d) [0x00007] in /srv/s.cs:9
      at Shop.Cart.Total () [0x00000] in <86579ee937bf4536ad4913e9f282935a>:0
    System.Exception: deutsch
       bei Shop.Cart.Price(String a) in C:\\p\\Cart.cs:Zeile 12.
       bei Shop.Cart.Total() in C:\\p\\Cart.cs:Zeile 12
    `,
    `
    csharp 1-7
      root: System.AggregateException | One or more errors occurred. (bad)
        Shop.P.Main c:\\p q\\P.cs:4 @7
      cause of 0: System.InvalidOperationException | bad
        Shop.Cart.<TotalAsync>d__2.MoveNext c:\\p q\\Cart.cs:31 @3
        System.Runtime.CompilerServices.TaskAwaiter.GetResult  @5
    csharp 8-10
      root: System.Exception | mono
        Shop.Cart.Price /srv/s.cs:9 @9
        Shop.Cart.Total  @10
    csharp 11-13
      root: System.Exception | deutsch
        Shop.Cart.Price C:\\p\\Cart.cs:12 @12
        Shop.Cart.Total C:\\p\\Cart.cs:12 @13
    `,
  );

  check(
    'Dart',
    `
    Unhandled exception:
    Bad state: oops
    #0      Cart.total.<anonymous closure> (package:shop/cart.dart:16:3)
    <asynchronous suspension>
    #1      _startIsolate (dart:isolate-patch/isolate_patch.dart:265)
    package:shop/main.dart 42:21  main
    `,
    `
    dart 1-6
      root: null | Bad state: oops
        Cart.total.<anonymous closure> package:shop/cart.dart:16:3 @3
        _startIsolate dart:isolate-patch/isolate_patch.dart:265 @5
        main package:shop/main.dart:42:21 @6
    `,
  );

  check(
    'Elixir and Erlang',
    `
    ** (FunctionClauseError) no function clause matching in Cart.price/1
        (shop 0.1.0) lib/cart.ex:3: Cart.price(%{})
        (stdlib 4.2) proc_lib.erl:240: :proc_lib.init_p_do_apply/3
    warning: unused
      lib/cart.ex:9: Cart.total/1

    {"init",{function_clause,[{s,price,[#{qty=>1}],[{file,"s.erl"},{line,2}]},{init,start_it,1,[]}]}}
    `,
    `
    elixir 1-3
      root: FunctionClauseError | no function clause matching in Cart.price/1
        Cart.price(%{}) lib/cart.ex:3 @2
        :proc_lib.init_p_do_apply/3 proc_lib.erl:240 @3
    erlang 7-7
      root: function_clause | null
        s:price s.erl:2 @7
    `,
  );

  check(
    'sanitizers and gdb',
    `
    ==3910==ERROR: AddressSanitizer: heap-use-after-free on address 0x602
    READ of size 4 at 0x602000000014 thread T0
        #0 0x55e77bb8f6c3 in shop::total(int, char const*) /srv/s.cpp:10:3
        #1 0x55e77bb8f2f0 in _start (/srv/s_asan+0x22f0)

    freed by thread T0 here:
        #0 0x7f7ed20ba038 in operator delete[](void*) ../src/asan_new_delete.cpp:155

    Program received signal SIGSEGV, Segmentation fault.
    #0  0x0000555555556411 in price (argc=2, argv=0x7ff) at s.cpp:10
    #1  0x00007ffff7 in ?? () from /lib/libc.so.6
    `,
    `
    native 1-7
      root: heap-use-after-free | on address 0x602
        shop::total(int, char const*) /srv/s.cpp:10:3 @3
        _start  @4
     freed by thread T0 here x1
      root: null | null
        operator delete[](void*) ../src/asan_new_delete.cpp:155 @7
    native 9-11
      root: SIGSEGV | Segmentation fault.
        price s.cpp:10 @10
        ??  @11
    `,
  );

  check(
    'Perl, Lua, OCaml, Haskell, R, Clojure',
    `
    no price at s.pl line 3.
    \tCart::price(Cart=HASH(0x55), HASH(0x56)) called at s.pl line 2
    \teval {...} called at s.pl line 5

    lua: s.lua:6: in trouble
    stack traceback:
    \t[C]: in function 'error'
    \ts.lua:6: in function <s.lua:6>

    Fatal error: exception Not_found
    Raised at Stdlib__List.assoc in file "list.ml", line 191, characters 10-25
    Called from S.total.(fun) in file "s.ml" (inlined), line 2, characters 45-52

    s: no price
    CallStack (from HasCallStack):
      error, called at s.hs:4:51 in main:Main

    Error in FUN(X[[i]], ...) : no price
    Calls: checkout -> total
    2: stop("no price")
    1: checkout()

    Execution error (ExceptionInfo) at shop.core/price (s.clj:2).
    no price
    `,
    `
    perl 1-3
      root: null | no price
        null s.pl:3 @1 throw-site
        Cart::price s.pl:2 @2
        eval {...} s.pl:5 @3
    lua 5-8
      root: error | lua: s.lua:6: in trouble
        function 'error' [C] @7
        function <s.lua:6> s.lua:6 @8
    ocaml 10-12
      root: Not_found | null
        Stdlib__List.assoc list.ml:191:10 @11
        S.total.(fun) s.ml:2:45 @12
    haskell 14-16
      root: error | s: no price
        error s.hs:4:51 @16
    r 18-21
      root: Error | no price
        stop  @20
        checkout  @21
    clojure 23-23
      root: ExceptionInfo | no price
        shop.core/price s.clj:2 @23
    `,
  );
});
