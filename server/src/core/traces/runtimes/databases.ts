/** What runs inside databases and platforms and names functions and lines, but no files: Oracle, PL/pgSQL and Apex. */
import { frameListGrammar } from '../frameList.ts';
import { stackFrame, toNumber } from '../grammar.ts';

const ORACLE = /^ORA-06512: at (?:"([^"]{1,200})", )?line (\d{1,9})$/;

/** Oracle: `ORA-06512: at "SHOP.PAY", line 41` below the error. */
export const oracleTraces = frameListGrammar({
  runtime: 'plsql',
  mayStart: line => line.content.startsWith('ORA-06512'),
  readFrame: line => {
    const frame = ORACLE.exec(line.content);
    if (!frame) return null;
    const printed = { function: frame[1], line: toNumber(frame[2]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
  readHeader: (lines, start, floor) => {
    const error = start > floor ? /^(?:.{0,200} )?(ORA-\d{5}): (.*)$/.exec(lines[start - 1]!.content) : null;
    return error && { type: error[1]!, message: error[2] || null, index: start - 1 };
  },
});

const POSTGRES = /^(?:CONTEXT: {1,2})?PL\/\w{2,20} function (\S.{0,300}?) line (\d{1,9}) at .{1,200}$/;

/** PostgreSQL: `PL/pgSQL function charge(integer) line 41 at RAISE`, with the statements between. */
export const postgresTraces = frameListGrammar({
  runtime: 'plpgsql',
  mayStart: line => line.content.includes('PL/') && POSTGRES.test(line.content),
  readFrame: line => {
    const frame = POSTGRES.exec(line.content);
    if (!frame) return null;
    return { frame: stackFrame(line.textLine, { function: frame[1], line: toNumber(frame[2]) }), lines: 1, sure: true };
  },
  isAside: line => /^SQL (?:statement|function|expression) /.test(line.content),
  readHeader: (lines, start, floor) => {
    for (let at = start - 1; at >= floor && start - at <= 4; at--) {
      const error = /^(?:.{0,200} )?ERROR: {1,2}(.*)$/.exec(lines[at]!.content);
      if (error) return { type: 'ERROR', message: error[1] || null, index: at };
    }
    return null;
  },
});

const APEX = /^((?:Class|Trigger|AnonymousBlock)(?:\.[\w<>]{1,100}){0,6}): line (\d{1,9}), column (\d{1,9})$/;

/** Salesforce: `Class.Pay.charge: line 41, column 1`. */
export const apexTraces = frameListGrammar({
  runtime: 'apex',
  mayStart: line => APEX.test(line.content),
  readFrame: line => {
    const frame = APEX.exec(line.content);
    if (!frame) return null;
    const printed = { function: frame[1], line: toNumber(frame[2]), column: toNumber(frame[3]) };
    return { frame: stackFrame(line.textLine, printed), lines: 1, sure: true };
  },
});
