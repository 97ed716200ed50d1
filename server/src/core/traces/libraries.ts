/**
 * Which frames belong to a runtime or a library, by where their files lie and what their packages are called. Asked
 * only after the project's own files: a frame that was found in the repository never comes here.
 */
import type { StackFrame } from './model.ts';

/** Places of installed code, for any language. */
const LIBRARY_PATH =
  /(?:^|[\\/])(?:node_modules|bower_components|site-packages|dist-packages|third_party|\.yarn|\.pnp\.c?js|gems|bundle\/ruby|pkg\/mod|\.cargo\/registry|\.rustup|\.nuget|\.pub-cache|\.m2|deps\/[\w-]+\/lib)(?:[\\/]|$)/;

const LIBRARY_FILE: Readonly<Record<string, RegExp>> = {
  javascript:
    /^(?:node:|internal\/|native$|native code$|\[native code\]|<anonymous>$|index \d|webpack\/|webpack:\/\/[^/]*\/(?:webpack|external)|chrome-extension:|moz-extension:|debugger eval|unknown location$|(?:_http_\w+|_stream_\w+|_tls_\w+|assert|async_hooks|bootstrap_node|buffer|child_process|cluster|dgram|dns|domain|events|fs|http|https|module|net|node|readline|repl|stream|timers|tls|tty|url|util|vm|zlib)\.js$)/,
  python:
    /^<frozen |[\\/](?:lib|lib64|Lib)[\\/](?:python\d|pypy)|[\\/]Python\d+[\\/]Lib[\\/]|[\\/]python\d\d?_lib[\\/]|^<(?:__array_function__|decorator)/,
  go: /@v\d|(?:^|[\\/])(?:vendor|go[\d.-]*|goroot)[\\/](?:src[\\/])?(?:runtime|net|internal|reflect|sync|testing|os|io|fmt|bufio|database|encoding|context|time|appengine_internal)[\\/]|[\\/]vendor[\\/]|^_(?:testmain|cgo_gotypes)\.go$|\.s$/,
  ruby: /[\\/]lib[\\/]ruby[\\/]|^<internal:|^\(eval/,
  php: /(?:^|[\\/])vendor[\\/]/,
  rust: /^\/rustc\/|[\\/](?:rustc|rust-src|rustlib)[\\/]|[\\/]library[\\/](?:std|core|alloc)[\\/]/,
  csharp: /^<|^\/_\/src\/(?:libraries|coreclr|mono|runtime|Shared|Http|Hosting|Mvc|Middleware|Servers|EFCore)[/.]/,
  dart: /^dart:|^package:(?:flutter|flutter_test|test_api|stack_trace|async|http)\//,
  elixir: /^lib\/(?:ex_unit|enum|task|code|gen_server|process|elixir)|\.erl$/,
  native: /^(?:\/usr\/|\/lib|\.\.\/(?:sysdeps|csu|nptl|\.\.\/)|\/build\/glibc)/,
};

const LIBRARY_FUNCTION: Readonly<Record<string, RegExp>> = {
  go: /^(?:archive|bufio|bytes|compress|container|context|crypto|database|debug|embed|encoding|errors|expvar|flag|fmt|go|hash|html|image|index|internal|io|iter|log|maps|math|mime|net|os|path|plugin|reflect|regexp|runtime|slices|sort|strconv|strings|sync|syscall|testing|text|time|unicode|unsafe|vendor)(?:\/[\w/.]+)?\.|^(?:panic|golang\.org\/|google\.golang\.org\/)/,
  rust: /^<?(?:std|core|alloc|__rustc|tokio|rayon|futures\w*|backtrace|hashbrown|test)::|^(?:__libc_start\w*|_start|rust_begin_unwind|main)$/,
  csharp: /^(?:System|Microsoft|Mono|Interop|MS|Windows)\./,
  native: /^(?:__libc_\w+|_start|start_thread|clone|__asan_\w+|__interceptor_\w+|operator (?:new|delete)|std::)/,
  erlang: /^(?:erl_eval|gen_server|proc_lib|init|supervisor|gen_statem|lists|maps|erlang):/,
  elixir: /^(?:Enum|Task|GenServer|Code|Process|Supervisor|Stream|Kernel|Elixir|ExUnit|:\w+)\b/,
};

/** Packages of the JVM's runtimes and of frameworks that a service of one's own never lives in. */
const JVM_PACKAGE =
  /^(?:java|javax|jdk|sun|com\.sun|oracle|kotlin|kotlinx|scala|akka|clojure|groovy|org\.codehaus\.groovy|android|androidx|com\.android|dalvik|libcore|jakarta|org\.(?:springframework|apache|hibernate|eclipse|junit|gradle|jboss|mockito|slf4j|mortbay|jetbrains|aspectj|postgresql|glassfish|quartz|reactivestreams)|io\.(?:netty|grpc|undertow|vertx|micrometer|reactivex|ktor|quarkus|micronaut|opentelemetry)|reactor|ch\.qos|com\.(?:google|fasterxml|zaxxer|mysql|jetty|intellij|amazonaws|squareup|microsoft|twitter\.(?:util|finagle))|net\.bytebuddy|okhttp3|retrofit2)\./;

/** Whether a frame is known not to be the user's own code. */
export function isLibraryFrame(frame: StackFrame, language: string): boolean {
  const name = frame.function ?? '';
  if (/^(?:java|kotlin|scala|groovy|clojure)$/.test(language)) return JVM_PACKAGE.test(name);
  if (LIBRARY_FUNCTION[language]?.test(name)) return true;
  const file = frame.file;
  // A release of .NET names no files; whether a class is the app's is told by its own source (`framePath.ts`).
  if (file === null) return (language !== 'javascript' && language !== 'csharp') || name === '';
  return LIBRARY_PATH.test(file) || (LIBRARY_FILE[language]?.test(file) ?? false);
}

/** The path behind the installation directory of a Python package, for code that is installed from this repository. */
export function insideInstallation(segments: readonly string[]): readonly string[] | null {
  const at = Math.max(segments.lastIndexOf('site-packages'), segments.lastIndexOf('dist-packages'));
  return at < 0 || at === segments.length - 1 ? null : segments.slice(at + 1);
}

/** Whether a file of the repository is somebody else's code that is kept in it. */
export function isVendored(path: string): boolean {
  return /(?:^|\/)(?:node_modules|vendor|third_party|\.venv|venv|site-packages|bower_components)\//.test(path);
}
