// A first answer about a trace from its own files, in a project that was never read; and what the whole reading adds to it.
import assert from 'node:assert/strict';
import { renderAdded, renderLastChanges } from '../../../server/src/core/traces/addedText.ts';
import { analyseTraces, type TraceAnalysis } from '../../../server/src/core/traces/analyse.ts';
import { withStatesLeftOpen } from '../../../server/src/core/traces/openStates.ts';
import { parseTraces } from '../../../server/src/core/traces/parse.ts';
import { renderTraces } from '../../../server/src/core/traces/text.ts';
import { createDiskAccess } from '../../../server/src/sources/files/disk.ts';
import { pastOnDisk } from '../../../server/src/sources/git/pastOnDisk.ts';
import { analyseFocused } from '../../../server/src/sources/project/focus.ts';
import { createProject, type Project } from '../../../server/src/sources/project/project.ts';
import { readTraceKnowledge } from '../../../server/src/sources/project/traceKnowledge.ts';
import { allGrammars, NOW } from '../../support/world.ts';
import { createRepository, removeTemporaryDirectories, type TestRepository } from '../git/repositories.ts';

const FLAGS = `{ "flags": { "fast-pay": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" } } }`;

/** The client is made in one file, the key stands in another, and both are imported. */
const FILES: Readonly<Record<string, string>> = {
  'src/client.ts': `import { OpenFeature } from '@openfeature/server-sdk';\nexport const client = OpenFeature.getClient();\n`,
  'src/keys.ts': `export const FAST_PAY = 'fast-pay';\n`,
  'src/pay.ts': `import { client } from './client';
import { FAST_PAY } from './keys';
export async function pay(order) {
  if (await client.getBooleanValue(FAST_PAY, false)) {
    return send(order);
  }
}
`,
  // Nothing that this file imports says what \`isOn\` asks: the functions of a global do.
  'src/ship.ts': `export function ship(order) {
  if (Toggles.isOn('fast-ship')) {
    return carry(order);
  }
}
`,
  'src/toggles.ts': `import { client } from './client';
export const unrelated = 1;
`,
  'flags/demo.flagd.json': FLAGS,
  'package.json': '{}',
  'docs/runbooks/pay.md': '---\ntitle: Payments\ncode: [src/pay.ts]\n---\n# Payments\n',
};

const TRACE = `Error: no
    at send (/app/src/pay.ts:5:12)
    at ship (/app/src/ship.ts:3:12)
`;

function shop(): TestRepository {
  const repository = createRepository();
  for (const [path, text] of Object.entries(FILES)) repository.write(path, text);
  repository.commit('2024-01-01', 'Sell');
  return repository;
}

async function open({ root }: TestRepository): Promise<Project> {
  return createProject({
    grammars: await allGrammars(),
    access: createDiskAccess(root, { git: true }),
    now: () => NOW,
    readHistory: null,
    past: pastOnDisk(root),
    withoutHistory: '',
    notices: [],
  });
}

async function inSteps(repository: TestRepository, clock: () => number) {
  const project = (await open(repository)).apart();
  await project.prepare();
  const reading = { roots: [repository.root], deployed: null, now: NOW };
  const found = await analyseFocused(project, parseTraces(TRACE), reading, clock, async printed => printed);
  return { project, ...found };
}

async function focused(repository: TestRepository, clock: () => number = () => 0): Promise<[TraceAnalysis, Project]> {
  const { project, whole } = await inSteps(repository, clock);
  return [await whole, project];
}

async function whole(repository: TestRepository): Promise<TraceAnalysis> {
  const project = await open(repository);
  await project.index();
  const parsed = parseTraces(TRACE);
  const knowledge = await readTraceKnowledge(project, parsed, {
    roots: [repository.root],
    deployed: null,
    now: NOW,
  });
  return analyseTraces(parsed, project.host.snapshot(NOW), knowledge);
}

const framesOf = ({ traces }: TraceAnalysis) => traces[0]!.threads[0]!.errors[0]!.frames;
const flagsOf = (analysis: TraceAnalysis) =>
  framesOf(analysis).map(({ flags }) => flags.map(({ key, state, branch }) => [key, state, branch].join(' ')));
const plain = (_style: unknown, text: string): string => text;

describe('a first answer about a trace', () => {
  after(removeTemporaryDirectories);

  it('proves flags from the files of the frames and what they import, and reads no other source', async () => {
    const [analysis, project] = await focused(shop());
    assert.deepEqual(flagsOf(analysis), [['fast-pay on on'], []]);
    assert.equal(project.host.holds('src/client.ts'), true);
    assert.equal(project.host.holds('src/toggles.ts'), false);
    assert.deepEqual(
      framesOf(analysis).map(({ place }) => place.kind === 'resolved' && `${place.path}:${place.line}`),
      ['src/pay.ts:5', 'src/ship.ts:3'],
    );
    assert.deepEqual(
      analysis.runbooks.map(({ runbook }) => runbook.title),
      ['Payments'],
    );
  });

  it('leaves states open that there was no time to look for, instead of calling them unknown', async () => {
    const repository = shop();
    repository.remove('flags/demo.flagd.json');
    const [analysis] = await focused(repository);
    assert.deepEqual(flagsOf(withStatesLeftOpen(analysis, 'all')), [['fast-pay unknown on'], []]);
    const open = withStatesLeftOpen(analysis, 'some');
    assert.deepEqual(flagsOf(open), [['fast-pay  on'], []]);
    assert.match(renderTraces('t', open, plain), /flags: fast-pay \(reached only when on\)/);
    assert.match(renderAdded(null, open, analysis, plain), /flags: fast-pay unknown \(reached only when on\)/);
  });

  it('takes in files that git does not track, which it is told of later', async () => {
    const repository = createRepository();
    repository.write('package.json', '{}');
    repository.commit('2024-01-01', 'Begin');
    for (const [path, text] of Object.entries(FILES)) repository.write(path, text);
    const [analysis] = await focused(repository);
    assert.deepEqual(flagsOf(analysis), [['fast-pay on on'], []]);
    assert.equal(analysis.runbooks.length, 1);
  });

  it('waits for a configuration that git does not track yet', async () => {
    const repository = shop();
    repository.write('flagbook.json', '{ "traces": { "mappings": [{ "from": "/app", "to": "" }] } }');
    const project = (await open(repository)).apart();
    await project.prepare();
    assert.equal(project.host.config().traces.mappings.length, 1);
  });

  it('is there before git has told who changed the lines, and tells that afterwards', async () => {
    const { soon, whole } = await inSteps(shop(), () => 0);
    assert.deepEqual(flagsOf(soon), [['fast-pay on on'], []]);
    assert.equal(framesOf(soon)[0]!.lastChange, null);
    const then = await whole;
    assert.equal(framesOf(then)[0]!.lastChange?.subject, 'Sell');
    assert.match(
      renderLastChanges(soon, then, plain),
      /^▸ src\/pay\.ts:5 {2}changed 2024-01-01 by .*: Sell \([0-9a-f]{10}\)\n$/,
    );
    assert.equal(renderLastChanges(then, then, plain), '');
  });

  it('reads no imports when it is late', async () => {
    let time = 0;
    const [, project] = await focused(shop(), () => {
      time += 1000;
      return time;
    });
    assert.deepEqual(
      ['src/pay.ts', 'src/client.ts'].map(path => project.host.holds(path)),
      [true, false],
    );
  });

  it('places all frames when somebody waited long enough, and leaves the flags of the later ones to the whole reading', async () => {
    const repository = shop();
    const project = (await open(repository)).apart();
    await project.prepare();
    let parsed = 0;
    const reading = { roots: [repository.root], deployed: null, now: NOW, isLate: () => parsed++ > 0 };
    const trace = parseTraces(TRACE.split('\n').toSorted().reverse().join('\n'));
    const found = await analyseFocused(project, trace, reading, Date.now, async printed => printed);
    const frames = found.soon.traces.flatMap(each => each.threads.flatMap(({ errors }) => errors[0]!.frames));
    assert.deepEqual(
      frames.map(({ place, flags }) => [place.kind === 'resolved' ? place.path : '', flags.length]),
      [
        ['src/ship.ts', 0],
        ['src/pay.ts', 0],
      ],
    );
    assert.deepEqual([project.host.holds('src/ship.ts'), project.host.holds('src/pay.ts')], [true, false]);
    assert.match(renderAdded(null, found.soon, await whole(repository), plain), /fast-pay/);
  });

  it('is completed by the whole reading: what is new is told, what was said is not', async () => {
    const repository = shop();
    const [before] = await focused(repository);
    assert.equal(
      renderAdded(null, before, await whole(repository), plain),
      'After everything was read there is nothing to add.\n',
    );
    const bare: TraceAnalysis = {
      ...before,
      runbooks: [],
      traces: before.traces.map(trace => ({
        ...trace,
        threads: trace.threads.map(thread => ({
          ...thread,
          errors: thread.errors.map(error => ({ ...error, frames: error.frames.map(f => ({ ...f, flags: [] })) })),
        })),
      })),
    };
    const added = renderAdded('crash.log', bare, before, plain);
    assert.match(added, /^After everything was read there is more to tell of crash\.log\n/);
    assert.match(added, / {3}0 {2}send {2}src\/pay\.ts:5\n {8}flags: fast-pay on \(reached only when on\)\n/);
    assert.match(added, /Runbooks\n.*Payments/);
    assert.doesNotMatch(added, /ship/);
    // And the other way round: what was said and does not hold is taken back.
    assert.match(renderAdded(null, before, bare, plain), /not behind fast-pay after all/);
  });
});

describe('a printed line', () => {
  after(removeTemporaryDirectories);

  it('says that it was held against nothing, and is less sure in a file that changed lately', async () => {
    const repository = shop();
    const sureOf = async () => {
      const [first] = framesOf((await focused(repository))[0]);
      assert.equal(first!.place.kind, 'resolved');
      return first!.place.kind === 'resolved' ? first!.place : null;
    };
    const old = await sureOf();
    assert.deepEqual([old?.match, old?.against, old?.doubt], ['exact', 'printed', null]);
    repository.write('src/pay.ts', `${FILES['src/pay.ts']}// One more.\n`);
    repository.commit(new Date(NOW - 3 * 86_400_000).toISOString().slice(0, 10), 'Change it');
    const changed = await sureOf();
    assert.equal(changed?.match, 'exact');
    assert.match(changed?.doubt ?? '', /^file changed [2-4] days ago$/);
    assert.ok(changed!.confidence < old!.confidence - 0.1, `${changed?.confidence} ${old?.confidence}`);
    assert.match(changed!.reasons.join('; '), /which commit ran is unknown/);
  });
});
