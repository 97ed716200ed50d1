/** From a trace to flags, runbooks and incidents, over fixtures: real grammars, no disk. */
import assert from 'node:assert/strict';
import { plainPaint } from '../../../server/src/core/flags/telling/text.ts';
import { flagsOfWay } from '../../../server/src/core/flags/verdicts/flagsOnTheWay.ts';
import { analyseTraces, filesOfTraces, NO_KNOWLEDGE } from '../../../server/src/core/traces/analyse.ts';
import { toTraceDocument } from '../../../server/src/core/traces/document.ts';
import { tracesMarkdown, tracesMarkdownToPaste } from '../../../server/src/core/traces/markdown.ts';
import { parseTraces } from '../../../server/src/core/traces/parse.ts';
import { renderTraces } from '../../../server/src/core/traces/text.ts';
import { knowledgeOfWays, wayIn } from '../../support/ways.ts';
import { worldOf } from '../../support/world.ts';

const SHOP = `
//- /src/pay.ts
import { OpenFeature } from '@openfeature/server-sdk';
const flags = OpenFeature.getClient();

export async function charge(order: string): Promise<void> {
  if (await flags.getBooleanValue('paused', false)) {
    throw new Error('paused');
  }
  if (await flags.getBooleanValue('new-psp', false)) {
    if (await flags.getBooleanValue('new-psp-eu', false)) await eu(order);
    await psp(order);
  } else {
    await flags.getBooleanValue('old-psp', false);
    await old(order);
  }
  const later = async () => {
    if (await flags.getBooleanValue('in-callback', false)) await mail(order);
  };
  await later();
  await flags.getBooleanValue('too-late', false);
}

export async function other(): Promise<void> {
  await flags.getBooleanValue('elsewhere', false);
}
//- /flags.flagd.json
{ "flags": {
  "paused": { "state": "DISABLED", "variants": { "on": true, "off": false }, "defaultVariant": "off" },
  "new-psp": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" }
} }
//- /docs/runbooks/far.md
---
code: [src/**]
---
# Far
//- /docs/runbooks/near.md
---
code: ["src/pay.ts#charge"]
errors: [PspError]
---
# Near

## When the provider fails
//- /docs/runbooks/told.md
# Told

## Before

## What QuotaExceededError means

Everything about QuotaExceededError.
//- /docs/incidents/inc-1.md
---
id: INC-1
flags: [new-psp]
---
# Provider down
//- /docs/incidents/inc-2.md
---
id: INC-2
code: [unrelated/**]
---
# Something else
`;

const trace = (...lines: string[]) => lines.join('\n');

describe('flags on the way to a line', () => {
  const at = async (text: string) => {
    const { snapshot, fixture } = await worldOf(SHOP);
    const lines = fixture.files.get('src/pay.ts')!.split('\n');
    const line = lines.findIndex(candidate => candidate.includes(text)) + 1;
    const way = await wayIn(snapshot, 'src/pay.ts', line, null);
    return flagsOfWay(snapshot, snapshot.files.get('src/pay.ts')!, way).map(flag => `${flag.key} ${flag.state}`);
  };

  it('are those checked before it, on its own branches', async () => {
    assert.deepEqual(await at('await psp('), ['paused off', 'new-psp on', 'new-psp-eu unknown']);
    assert.deepEqual(await at('await old('), ['paused off', 'new-psp on', 'old-psp unknown']);
    assert.deepEqual(await at("throw new Error('paused')"), ['paused off']);
  });

  it('are those of the functions around a callback, and not those inside one that is over', async () => {
    assert.deepEqual(await at('await mail('), ['paused off', 'new-psp on', 'in-callback unknown']);
    assert.deepEqual(await at('await later()'), ['paused off', 'new-psp on']);
  });

  it('are none of another function', async () => {
    assert.deepEqual(await at("getBooleanValue('elsewhere'"), ['elsewhere unknown']);
    assert.deepEqual(await at('import { OpenFeature }'), []);
  });
});

describe('a trace against a repository', () => {
  const analyse = async (text: string) => {
    const { snapshot } = await worldOf(SHOP);
    const parsed = parseTraces(text);
    const analysis = analyseTraces(parsed, snapshot, await knowledgeOfWays(parsed, snapshot));
    return { analysis, files: filesOfTraces(parsed, snapshot, NO_KNOWLEDGE) };
  };
  const PSP = trace(
    'PspError: no answer',
    '    at psp (/srv/node_modules/psp/index.js:3:1)',
    '    at async charge (/srv/src/pay.ts:10:5)',
    '    at async main (/srv/src/elsewhere.ts:1:1)',
  );

  it('ranks what names the function and the error before what names the folder', async () => {
    const { analysis, files } = await analyse(PSP);
    assert.deepEqual(
      analysis.runbooks.map(({ runbook, because }) => [runbook.path, ...because]),
      [
        ['docs/runbooks/near.md', 'code: src/pay.ts#charge', 'error: PspError'],
        ['docs/runbooks/far.md', 'code: src/**'],
      ],
    );
    assert.ok(analysis.runbooks.every(({ score }) => score > 0 && score <= 1));
    assert.deepEqual(
      analysis.incidents.map(({ incident, because }) => [incident.id, ...because]),
      [['INC-1', 'flag: new-psp']],
    );
    assert.deepEqual(
      analysis.flags.map(flag => flag.key),
      ['paused', 'new-psp', 'new-psp-eu'],
    );
    assert.deepEqual(files, ['src/pay.ts']);
  });

  it('opens a runbook at the section that speaks of the error', async () => {
    const { analysis } = await analyse(trace('QuotaExceededError: no', '    at f (/x/y.js:1:1)'));
    const [told] = analysis.runbooks;
    assert.equal(told?.heading?.text, 'What QuotaExceededError means');
    assert.deepEqual(told.because, ['mentions QuotaExceededError']);
  });

  it('leads from compiled code to the function in its source, and claims no line', async () => {
    const { analysis } = await analyse(
      trace('Error: no', '    at charge (/srv/dist/src/pay.js:99:5)', '    at nameless (/srv/dist/src/pay.js:3:5)'),
    );
    const places = analysis.traces[0]!.threads[0]!.errors[0]!.frames.map(({ place }) =>
      place.kind === 'resolved' ? `${place.path}:${place.line} ${place.match}` : place.kind,
    );
    assert.deepEqual(places, ['src/pay.ts:4 edited', 'src/pay.ts:null edited']);
  });

  it('takes no everyday error for a hint', async () => {
    const { analysis } = await analyse(trace('TypeError: no', '    at f (/x/y.js:1:1)'));
    assert.deepEqual([analysis.runbooks, analysis.incidents], [[], []]);
  });

  it('prints the fields of the contract', async () => {
    const { analysis } = await analyse(PSP);
    const document = toTraceDocument('t.txt', analysis);
    const frames = document.traces[0]!.threads[0]!.errors[0]!.frames;
    assert.deepEqual([document.version, document.file, frames.length], [1, 't.txt', 3]);
    assert.deepEqual(frames[0]!.resolved, null);
    assert.equal(frames[0]!.inApp, false);
    assert.deepEqual(Object.keys(frames[1]!).slice(0, 7), [
      'function',
      'module',
      'file',
      'line',
      'column',
      'textLine',
      'inApp',
    ]);
    assert.equal(frames[1]!.resolved?.path, 'src/pay.ts');
    assert.equal(frames[1]!.resolved?.match, 'exact');
    assert.deepEqual(frames[1]!.incidents, ['INC-1']);
    assert.deepEqual(frames[1]!.runbooks, ['docs/runbooks/near.md', 'docs/runbooks/far.md']);
  });

  it('prints text and Markdown in which nothing of the input is markup', async () => {
    const { analysis } = await analyse(
      trace('PspError: <b>*x*</b> [y](z) \u001b[31m', '    at async charge (/srv/src/pay.ts:10:5)'),
    );
    const text = renderTraces('t.txt', analysis, plainPaint);
    assert.match(
      text,
      /charge {2}src\/pay\.ts:10\n {8}look here first: it threw\n {8}flags: paused off \(reached only when off\), new-psp on \(reached only when on\), new-psp-eu unknown/,
    );
    const markdown = tracesMarkdown(analysis);
    assert.match(markdown, /`charge` \[src\/pay\.ts:10\]\(\/src\/pay\.ts#L10\) · `paused` off/);
    assert.match(markdown, /\[Near\]\(\/docs\/runbooks\/near\.md\)/);
    const pasted = tracesMarkdownToPaste(analysis);
    assert.match(pasted, /`charge` `src\/pay\.ts:10` · `paused` off/);
    assert.match(pasted, /- Near `docs\/runbooks\/near\.md` \(/);
    assert.ok(!pasted.includes(']('));
    assert.match(markdown, /\\<b\\>\\\*x\\\*/);
    for (const printed of [text, markdown]) assert.ok(!printed.includes('\u001b'));
  });

  it('says when there is no trace', async () => {
    const { analysis } = await analyse('all is well');
    assert.match(renderTraces('t.txt', analysis, plainPaint), /No stack trace found/);
    assert.match(tracesMarkdown(analysis), /No stack trace found/);
    assert.equal(toTraceDocument('t.txt', analysis).problems[0]?.code, 'trace/no-trace');
  });
});
