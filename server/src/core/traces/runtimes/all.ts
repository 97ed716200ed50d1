/**
 * Every runtime that can be read, in the order in which they are asked. Adding one means a file beside this one and a
 * line here. Stricter grammars stand first: a line that two could read belongs to the one that asks for more.
 */
import type { TraceGrammar } from '../grammar.ts';
import { appleTraces } from './apple.ts';
import { appleIpsTraces } from './appleIps.ts';
import { chromeConsoleTraces } from './chromeConsole.ts';
import { clojureListTraces, clojureTraces } from './clojure.ts';
import { crystalTraces, juliaSignals, juliaTraces, nimTraces, zigTraces } from './compiledScripts.ts';
import { dartTraces } from './dart.ts';
import { apexTraces, oracleTraces, postgresTraces } from './databases.ts';
import { delphiTraces } from './delphi.ts';
import { dotnetTraces } from './dotnet.ts';
import { elixirTraces } from './elixir.ts';
import { erlangTraces } from './erlang.ts';
import { firefoxConsoleTraces } from './firefoxConsole.ts';
import { genericTraces } from './generic.ts';
import { goTraces } from './go.ts';
import { haskellTraces } from './haskell.ts';
import { javaTraces } from './java.ts';
import { javascriptTraces } from './javascript.ts';
import { jrubyTraces } from './jruby.ts';
import { garryTraces, luaTraces, robloxTraces } from './lua.ts';
import { mietteTraces } from './miette.ts';
import { dlangTraces, godotTraces, matlabTraces, racketTraces, rakuTraces, testifyTraces } from './moreScripts.ts';
import { nativeTraces } from './native.ts';
import { ocamlTraces } from './ocaml.ts';
import { perlMessages, perlTraces } from './perl.ts';
import { phpTraces } from './php.ts';
import { phpMessages, phpunitTraces, symfonyTraces, xdebugTraces } from './phpTools.ts';
import { powershellTraces } from './powershell.ts';
import { pythonTraces } from './python.ts';
import { ipythonTraces, pytestTraces, richTraces } from './pythonDisplays.ts';
import { pythonThreadTraces } from './pythonThreads.ts';
import { rFrameLabels, rlangTraces, rMessages, rTraces, shinyTraces } from './r.ts';
import { reactNativeTraces } from './reactNative.ts';
import { rubyTraces } from './ruby.ts';
import { rustTraces } from './rust.ts';
import { rustEventTraces } from './rustEvents.ts';
import { bugsnagTraces, rollbarTraces } from './services.ts';
import { shellMessages, shellTraces } from './shell.ts';
import { structuredTraces } from './structured.ts';
import { swiftLists, swiftTraces } from './swift.ts';
import { tclTraces } from './tcl.ts';
import { unityTraces } from './unity.ts';

export const traceGrammars: readonly TraceGrammar[] = [
  pythonThreadTraces,
  pythonTraces,
  ipythonTraces,
  richTraces,
  appleIpsTraces,
  appleTraces,
  javaTraces,
  dotnetTraces,
  unityTraces,
  javascriptTraces,
  firefoxConsoleTraces,
  chromeConsoleTraces,
  goTraces,
  rustTraces,
  rustEventTraces,
  rubyTraces,
  jrubyTraces,
  phpTraces,
  xdebugTraces,
  symfonyTraces,
  phpunitTraces,
  swiftTraces,
  swiftLists,
  nativeTraces,
  dartTraces,
  elixirTraces,
  erlangTraces,
  clojureTraces,
  clojureListTraces,
  perlTraces,
  luaTraces,
  ocamlTraces,
  haskellTraces,
  rFrameLabels,
  rTraces,
  shinyTraces,
  rlangTraces,
  robloxTraces,
  garryTraces,
  tclTraces,
  crystalTraces,
  nimTraces,
  zigTraces,
  juliaTraces,
  juliaSignals,
  powershellTraces,
  delphiTraces,
  oracleTraces,
  postgresTraces,
  apexTraces,
  godotTraces,
  racketTraces,
  rakuTraces,
  dlangTraces,
  matlabTraces,
  testifyTraces,
  mietteTraces,
  bugsnagTraces,
  rollbarTraces,
  shellTraces,
  pytestTraces,
  reactNativeTraces,
  rMessages,
  phpMessages,
  perlMessages,
  shellMessages,
  structuredTraces,
  genericTraces,
];
