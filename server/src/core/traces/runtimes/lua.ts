/** Lua, LuaJIT and OpenResty: `stack traceback:` and the lines below it; Roblox' and Neovim's own layouts too. */
import { frameListGrammar } from '../frameList.ts';
import { type CleanLine, stackFrame, toNumber } from '../grammar.ts';

const FRAME = /^(?:\[C\]|(.{1,400}?):(\d{1,9})|\[string "[^"]{0,200}"\]:(\d{1,9})): in (.{1,300})$/;
const BUILT_IN = /^\[builtin#\d{1,6}\]: at 0x[0-9a-f]{1,16}$/;

export const luaTraces = frameListGrammar({
  runtime: 'lua',
  mayStart: line => (line.content.includes(': in ') && FRAME.test(line.content)) || line.content === 'stack traceback:',
  readFrame: line => {
    const frame = FRAME.exec(line.content);
    if (!frame) return null;
    const file = line.content.startsWith('[C]')
      ? '[C]'
      : (frame[1] ?? line.content.slice(0, line.content.indexOf(']:') + 1));
    const printed = { file, line: toNumber(frame[2] ?? frame[3]), function: frame[4] };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  isAside: line => /^\(?\.{3}/.test(line.content) || BUILT_IN.test(line.content) || /^coroutine \d/.test(line.content),
  readHeader: (lines, start, floor) => {
    const headline = headlineAbove(lines, start, floor);
    if (headline < 0) return null;
    const above = headline - 1 >= floor ? lines[headline - 1]! : null;
    return { type: 'error', message: above?.content || null, index: above?.content ? headline - 1 : headline };
  },
  leastUnnamed: Number.MAX_SAFE_INTEGER,
});

/** nginx names the coroutine between the headline and its frames. */
function headlineAbove(lines: readonly CleanLine[], start: number, floor: number): number {
  for (let at = start - 1; at >= floor && start - at <= 2; at--) {
    if (lines[at]!.content.endsWith('stack traceback:')) return at;
    if (!/^coroutine \d/.test(lines[at]!.content)) return -1;
  }
  return -1;
}

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
