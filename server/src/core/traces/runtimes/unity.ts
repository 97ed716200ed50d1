/** Unity's own layout of .NET frames: `Shop.Cart.Total () (at Assets/Scripts/Cart.cs:12)` and `Player:Start() (at …)`. */
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';

const NAME = String.raw`[\w.+<>\`[\],/|$&-]{1,300}`;
const PLACED = new RegExp(String.raw`^(${NAME}(?:[.:]${NAME})?) ?\([^()]{0,400}\) \(at (.{1,600}):(\d{1,9})\)$`);
const UNPLACED = new RegExp(String.raw`^(${NAME}:${NAME}) ?\([^()]{0,400}\)$`);

/** The grammar of Unity's player and editor logs. */
export const unityTraces = frameListGrammar({
  runtime: 'csharp',
  mayStart: line => line.content.endsWith(')') && (PLACED.test(line.content) || UNPLACED.test(line.content)),
  readFrame: line => {
    const placed = PLACED.exec(line.content);
    const name = placed?.[1] ?? UNPLACED.exec(line.content)?.[1];
    if (name === undefined) return null;
    // Engine frames of a release are placed at `<hash>:0`.
    const isKnown = placed !== null && !placed[2]!.startsWith('<');
    const printed = {
      function: name,
      module: name.slice(0, Math.max(0, name.search(/[.:][^.:]*$/))),
      file: isKnown ? placed[2] : null,
      line: isKnown ? toNumber(placed[3]) : null,
    };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: placed !== null };
  },
});
