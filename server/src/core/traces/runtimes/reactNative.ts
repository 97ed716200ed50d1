/**
 * What React Native's red box shows and people copy: a name and below it, further in, `file:line:column`; and the component
 * stacks of React before 17 (`in Cart (at App.js:12)`).
 */
import { frameListGrammar, type ListedFrame } from '../frameList.ts';
import { type CleanLine, stackFrame, toNumber } from '../grammar.ts';

const NAME = /^(?:[\w$.<>@*/#[\]-]{1,200}|<anonymous>|(?:get|set|async|new) [\w$.]{1,100})$/;
const PLACE = /^([\w./@-]{1,300}\.(?:[jt]sx?|bundle|jsbundle|hbc)):(\d{1,9}):(\d{1,9})$/;
const COMPONENT = /^in ([\w$.()<> ]{1,200}?) \(at ([\w./@-]{1,300}\.[jt]sx?):(\d{1,9})\)$/;

/** Components whose place nobody knows, among others. */
const CREATED = /^in ([\w$.()<>]{1,200}) \(created by [\w$.()<> ]{1,200}\)$/;

/** The grammar of such lists. */
export const reactNativeTraces = frameListGrammar({
  runtime: 'javascript',
  mayStart: line => COMPONENT.test(line.content) || CREATED.test(line.content) || NAME.test(line.content),
  readFrame,
  isAside: line => /^in [\w$.()<> ]{1,200}$/.test(line.content),
});

function readFrame(line: CleanLine, below: CleanLine | undefined): ListedFrame | null {
  const component = COMPONENT.exec(line.content);
  if (component) {
    const printed = { function: component[1], file: component[2], line: toNumber(component[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  }
  const created = CREATED.exec(line.content);
  if (created) return { frame: stackFrame(line.textLine, { function: created[1] }), lines: 1, sure: false };
  if (!below || below.indent <= line.indent || !NAME.test(line.content)) return null;
  const place = PLACE.exec(below.content);
  if (!place) return null;
  const printed = { function: line.content, file: place[1], line: toNumber(place[2]), column: toNumber(place[3]) };
  return { frame: stackFrame(line.textLine, printed), lines: 2, sure: true };
}
