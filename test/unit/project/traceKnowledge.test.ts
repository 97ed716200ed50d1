// From a trace to what is known along its way, in a real repository: the parts together, as the fronts use them.
import assert from 'node:assert/strict';
import { type AnalysedFrame, analyseTraces } from '../../../server/src/core/traces/analyse.ts';
import { toTraceDocument } from '../../../server/src/core/traces/document.ts';
import { parseTraces } from '../../../server/src/core/traces/parse.ts';
import { createDiskAccess } from '../../../server/src/sources/files/disk.ts';
import { pastOnDisk } from '../../../server/src/sources/git/pastOnDisk.ts';
import { createProject, type Project } from '../../../server/src/sources/project/project.ts';
import { readTraceKnowledge } from '../../../server/src/sources/project/traceKnowledge.ts';
import { allGrammars, NOW } from '../../support/world.ts';
import { createRepository, removeTemporaryDirectories, type TestRepository } from '../git/repositories.ts';

const PAY = `import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();

export async function charge(order) {
  const retries = await client.getNumberValue('retries', 1);
  if (!(await client.getBooleanValue('new-checkout', false))) {
    return old(order);
  }
  return send(order, retries);
}

export function send(order, retries) {
  if (order.total < 0) {
    throw new Error('negative');
  }
}
`;
const TRACE = `GIT_SHA=COMMIT
Error: negative
    at send (/app/src/pay.ts:14:11)
    at charge (/app/src/pay.ts:9:10)
`;

async function openShop(): Promise<{ repository: TestRepository; project: Project; commit: string }> {
  const repository = createRepository();
  repository.write('src/pay.ts', PAY);
  repository.write('package.json', '{}');
  repository.write('CODEOWNERS', '/src/ @acme/payments\n');
  const commit = repository.commit('2024-01-01', 'Charge orders');
  repository.write('src/pay.ts', PAY.replace("new Error('negative')", "new RangeError('negative')"));
  repository.commit('2024-02-01', 'Name the error', 'Bob');
  const project = createProject({
    grammars: await allGrammars(),
    access: createDiskAccess(repository.root, { git: true }),
    now: () => NOW,
    readHistory: null,
    past: pastOnDisk(repository.root),
    withoutHistory: '',
    notices: [],
  });
  await project.index();
  return { repository, project, commit };
}

async function analyse(project: Project, root: string, text: string) {
  const parsed = parseTraces(text);
  const knowledge = await readTraceKnowledge(project, parsed, { roots: [root], deployed: null, now: NOW });
  return analyseTraces(parsed, project.host.snapshot(NOW), knowledge);
}

const placeOf = ({ place }: AnalysedFrame) =>
  place.kind === 'resolved' ? `${place.path}:${place.line} ${place.match}` : place.kind;

describe('along the way of a trace', () => {
  after(removeTemporaryDirectories);

  it('stand the flags that guard a frame and its callers, the last change and the owner of its line', async () => {
    const { repository, project, commit } = await openShop();
    const analysis = await analyse(project, repository.root, TRACE.replace('COMMIT', commit));
    assert.equal(analysis.deployed.kind === 'known' && analysis.deployed.commit, commit);
    const [send, charge] = analysis.traces[0]!.threads[0]!.errors[0]!.frames as [AnalysedFrame, AnalysedFrame];
    assert.deepEqual([send, charge].map(placeOf), ['src/pay.ts:14 edited', 'src/pay.ts:9 exact']);
    assert.deepEqual(
      charge.flags.map(({ key, branch, line }) => [key, branch, line]),
      [
        ['retries', null, 5],
        ['new-checkout', 'on', 6],
      ],
    );
    assert.deepEqual(send.flags, []);
    assert.deepEqual(
      send.callerFlags.map(({ key, branch, frame }) => [key, branch, frame]),
      [
        ['retries', null, 1],
        ['new-checkout', 'on', 1],
      ],
    );
    assert.deepEqual(
      [send, charge].map(({ lastChange }) => `${lastChange?.author}: ${lastChange?.subject}`),
      ['Bob: Name the error', 'Ann: Charge orders'],
    );
    assert.deepEqual(send.owners, ['@acme/payments']);
    const { frames } = toTraceDocument('-', analysis).traces[0]!.threads[0]!.errors[0]!;
    assert.deepEqual(
      frames[0]!.flags.map(({ key, frame }) => `${key} ${frame}`),
      ['retries 1', 'new-checkout 1'],
    );
    assert.deepEqual(frames[0]!.resolved?.deployed, { path: 'src/pay.ts', line: 14 });
    assert.equal(frames[1]!.lastChange?.commit, commit);
  });

  it('counts what is not saved yet', async () => {
    const { repository, project, commit } = await openShop();
    project.host.openDocument('src/pay.ts', `// One.\n// Two.\n${PAY}`);
    const analysis = await analyse(project, repository.root, TRACE.replace('COMMIT', commit));
    const [send, charge] = analysis.traces[0]!.threads[0]!.errors[0]!.frames as [AnalysedFrame, AnalysedFrame];
    assert.deepEqual([send, charge].map(placeOf), ['src/pay.ts:16 shifted', 'src/pay.ts:11 shifted']);
    assert.equal(charge.flags[1]?.branch, 'on');
    assert.equal(charge.lastChange?.subject, 'Charge orders');
    assert.equal(send.lastChange, null, 'the line is as it was before the last commit, which is no commit yet');
  });
});
