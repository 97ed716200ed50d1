import assert from 'node:assert/strict';
import { join } from 'node:path';
import { computeHistory } from '../../../server/src/sources/git/ages.ts';
import { answer } from './histories.ts';
import {
  createRepository,
  removeTemporaryDirectories,
  type TestRepository,
  temporaryDirectory,
} from './repositories.ts';

/** `demo` as the entry of a list that stands in these files. */
function demoIn(...homes: string[]) {
  return [{ key: 'demo', spellings: [{ text: 'demo', form: 'entry' as const }], homes }];
}

/** A repository in which something else is called so, and has been since its first commit. */
function repositoryOfOtherDemos(): TestRepository {
  const repository = createRepository();
  repository.write('other.ts', 'const menu = { demo: "/demo" };\n');
  repository.commit('2023-01-01');
  return repository;
}

async function ageOf(repository: TestRepository, ...homes: string[]): Promise<string> {
  return answer(await computeHistory(repository.root, demoIn(...homes)), 'demo');
}

describe('when an ordinary word became a flag', () => {
  afterEach(removeTemporaryDirectories);

  it('is when its list got it, whatever else is called so', async () => {
    const repository = repositoryOfOtherDemos();
    repository.write('flags.ts', 'interface Flags { pay: boolean }\n');
    repository.commit('2023-02-01');
    repository.write('flags.ts', 'interface Flags { pay: boolean; demo: boolean }\n');
    const commit = repository.commit('2023-03-01');
    repository.write('flags.ts', 'interface Flags { demo: boolean }\n');
    repository.commit('2023-04-01');
    assert.equal(await ageOf(repository, 'flags.ts'), commit);
  });

  it('is not when the list was renamed, with or without an edit, or the flag moved to another list', async () => {
    const repository = repositoryOfOtherDemos();
    repository.write('flags.ts', 'interface Flags { demo: boolean }\n');
    const commit = repository.commit('2023-03-01');
    repository.git('mv', 'flags.ts', 'lists.ts');
    repository.commit('2023-04-01');
    repository.git('mv', 'lists.ts', 'uiFlags.ts');
    repository.write('uiFlags.ts', 'interface UiFlags { demo: boolean; pay: boolean }\n');
    repository.commit('2023-05-01');
    repository.write('uiFlags.ts', 'interface UiFlags { pay: boolean }\n');
    repository.write('demoFlags.ts', 'interface DemoFlags { demo: boolean }\n');
    repository.commit('2023-06-01');
    assert.equal(await ageOf(repository, 'demoFlags.ts'), commit);
  });

  it('is the first of several lists, and nothing where no commit has it yet', async () => {
    const repository = repositoryOfOtherDemos();
    repository.write('a.ts', 'interface A { demo: boolean }\n');
    const commit = repository.commit('2023-02-01');
    repository.write('b.ts', 'interface B { demo: boolean }\n');
    repository.commit('2023-03-01');
    assert.equal(await ageOf(repository, 'b.ts', 'a.ts'), commit);
    assert.equal(await ageOf(repository, 'c.ts'), 'absent');
  });

  it('is found from a folder of the repository, and again with what is remembered', async () => {
    const repository = repositoryOfOtherDemos();
    repository.write('web/flags.ts', 'interface Flags { demo: boolean }\n');
    const commit = repository.commit('2023-02-01');
    const cacheDirectory = temporaryDirectory();
    const ask = async (...homes: string[]) =>
      answer(await computeHistory(join(repository.root, 'web'), demoIn(...homes), { cacheDirectory }), 'demo');
    assert.equal(await ask('flags.ts'), commit);
    repository.write('web/more.ts', 'interface More { demo: boolean }\n');
    const later = repository.commit('2023-03-01');
    assert.equal(await ask('flags.ts'), commit);
    assert.equal(await ask('more.ts'), later);
  });

  it('is not known where the history ends before it', async () => {
    const repository = repositoryOfOtherDemos();
    repository.write('flags.ts', 'interface Flags { demo: boolean }\n');
    repository.commit('2023-02-01');
    repository.write('flags.ts', 'interface Flags { demo: boolean; pay: boolean }\n');
    repository.commit('2023-03-01');
    const clone = temporaryDirectory();
    repository.git('clone', '--quiet', '--depth', '1', `file://${repository.root}`, clone);
    const history = await computeHistory(clone, demoIn('flags.ts'));
    assert.match(answer(history, 'demo'), /^unknown: it is older than this shallow clone/);
  });
});
