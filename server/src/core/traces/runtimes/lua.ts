/** Lua, LuaJIT and OpenResty: `stack traceback:` and the lines below it; Roblox' and Neovim's own layouts too. */
import { frameListGrammar } from '../frameList.ts';
import { type CleanLine, stackFrame, toNumber } from '../grammar.ts';

const FRAME =
  /^(?:\[C\]|(.{1,400}?):(\d{1,9})|\[(?:string|love) "[^"]{0,200}"\]:(\d{1,9})|(.{1,400}?\.lua)): in (.{1,300})$/;
/** What nginx writes behind the last line. */
const REQUEST = /, client: .{0,2000}$/;
const HEADLINE = /stack trace(?:back)?:$|^Traceback$/;
const BUILT_IN = /^\[builtin#\d{1,6}\]: at 0x[0-9a-f]{1,16}$/;

export const luaTraces = frameListGrammar({
  runtime: 'lua',
  mayStart: line => (line.content.includes(': in ') && FRAME.test(line.content)) || HEADLINE.test(line.content),
  readFrame: line => {
    const frame = FRAME.exec(line.content.replace(REQUEST, ''));
    if (!frame) return null;
    const file = line.content.startsWith('[C]')
      ? '[C]'
      : (frame[1] ?? frame[4] ?? line.content.slice(0, line.content.indexOf(']:') + 1));
    const printed = { file, line: toNumber(frame[2] ?? frame[3]), function: frame[5] };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  isAside: line => /^\(?\.{3}/.test(line.content) || BUILT_IN.test(line.content) || /^coroutine \d/.test(line.content),
  readHeader: (lines, start, floor) => {
    const headline = headlineAbove(lines, start, floor);
    if (headline < 0) return null;
    let at = headline - 1;
    // LÖVE leaves blank lines around its headline.
    while (at >= floor && headline - at <= 3 && lines[headline]!.content === 'Traceback' && lines[at]!.content === '')
      at--;
    const above = at >= floor ? lines[at]! : null;
    return { type: 'error', message: above?.content || null, index: above?.content ? at : headline };
  },
  leastUnnamed: Number.MAX_SAFE_INTEGER,
});

/** nginx names the coroutine between the headline and its frames. */
function headlineAbove(lines: readonly CleanLine[], start: number, floor: number): number {
  for (let at = start - 1; at >= floor && start - at <= 2; at--) {
    if (HEADLINE.test(lines[at]!.content)) return at;
    if (lines[at]!.content !== '' && !/^coroutine \d/.test(lines[at]!.content)) return -1;
  }
  return -1;
}

const GARRY = /^\d{1,3}\. (\S.{0,100}?) - (\S.{0,300}?\.lua|\[C\]):(-?\d{1,9})$/;

/** `1. name - addons/x/lua/init.lua:31` below `[ERROR] addons/x/lua/init.lua:31: message` of Garry's Mod. */
export const garryTraces = frameListGrammar({
  runtime: 'lua',
  mayStart: line => line.content.includes(' - ') && GARRY.test(line.content),
  readFrame: line => {
    const frame = GARRY.exec(line.content);
    if (!frame) return null;
    const printed = { function: frame[1], file: frame[2], line: frame[3]!.startsWith('-') ? null : toNumber(frame[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: frame[2] !== '[C]' };
  },
  readHeader: (lines, start, floor) => {
    const above = start - 1 >= floor ? lines[start - 1]!.content : '';
    return /\.lua:\d{1,9}: /.test(above) ? { type: 'error', message: above, index: start - 1 } : null;
  },
  leastUnnamed: Number.MAX_SAFE_INTEGER,
});

const ROBLOX = /^Script '([^']{1,300})', Line (\d{1,9})(?: - (?:(?:local )?function )?(\S.{0,200}))?$/;

export const robloxTraces = frameListGrammar({
  runtime: 'lua',
  mayStart: line => line.content.startsWith('Script '),
  readFrame: line => {
    const frame = ROBLOX.exec(line.content);
    if (!frame) return null;
    const printed = { file: frame[1], line: toNumber(frame[2]), function: frame[3] };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  readHeader: (lines, start, floor) => {
    const at = start - 1 >= floor && /^Stack Begin$/.test(lines[start - 1]!.content) ? start - 2 : start - 1;
    const message = at >= floor ? lines[at]!.content : '';
    return message === '' ? null : { type: 'error', message, index: at };
  },
});
