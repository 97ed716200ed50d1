/**
 * Every runtime that can be read, in the order in which they are asked. Adding one means a file beside this one and a
 * line here. Stricter grammars stand first: a line that two could read belongs to the one that asks for more.
 */
import type { TraceGrammar } from '../grammar.ts';
import { goTraces } from './go.ts';
import { javaTraces } from './java.ts';
import { javascriptTraces } from './javascript.ts';
import { pythonTraces } from './python.ts';

export const traceGrammars: readonly TraceGrammar[] = [pythonTraces, javaTraces, javascriptTraces, goTraces];
