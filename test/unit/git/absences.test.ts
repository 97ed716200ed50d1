import assert from 'node:assert/strict';
import { computeHistory } from '../../../server/src/sources/git/ages.ts';
import { absences, answer, bare } from './histories.ts';
import { createRepository, removeTemporaryDirectories, temporaryDirectory } from './repositories.ts';

describe('a key that was removed', () => {
  afterEach(removeTemporaryDirectories);

  it('tells of a key that was removed and came back, and when', async () => {
    const repository = createRepository();
    repository.write('a.ts', "check('new-pay')\n");
    const first = repository.commit('2023-01-01');
    repository.write('b.ts', "check('new-pay')\n");
    repository.commit('2023-01-02');
    repository.write('a.ts', '');
    repository.commit('2023-02-01');
    repository.write('b.ts', '');
    const removed = repository.commit('2023-03-01');
    repository.write('c.ts', "check('new-pay')\n");
    const returned = repository.commit('2023-06-01');
    const history = await computeHistory(repository.root, bare('new-pay'));
    assert.deepEqual(absences(history, 'new-pay'), [[removed, returned]]);
    assert.equal(answer(history, 'new-pay'), first);
  });

  it('calls no key gone that stood there in another form, moved, or was missing from a branch only', async () => {
    const repository = createRepository();
    repository.write('a.ts', "check('newPay')\n");
    repository.commit('2023-01-01');
    repository.git('checkout', '-qb', 'side');
    repository.write('a.ts', '');
    repository.commit('2023-01-02');
    repository.write('b.ts', "check('newPay')\n");
    repository.commit('2023-01-03');
    repository.git('checkout', '-q', 'main');
    repository.git('merge', '-q', '--no-ff', '-m', 'Merge', 'side');
    repository.write('b.ts', 'flags.newPay.on\n');
    repository.commit('2023-02-01');
    repository.write('b.ts', "check('newPay')\n");
    repository.commit('2023-03-01');
    const keys = [{ key: 'newPay', spellings: [{ text: 'newPay', form: 'quoted' as const }] }];
    assert.deepEqual(absences(await computeHistory(repository.root, keys), 'newPay'), []);
  });

  it('remembers absences, and goes on counting from there', async () => {
    const repository = createRepository();
    const cacheDirectory = temporaryDirectory();
    const ask = async (): Promise<unknown> => {
      const remembered = absences(
        await computeHistory(repository.root, bare('new-pay'), { cacheDirectory }),
        'new-pay',
      );
      assert.deepEqual(remembered, absences(await computeHistory(repository.root, bare('new-pay')), 'new-pay'));
      return remembered;
    };
    repository.write('a.ts', "check('new-pay')\n");
    repository.commit('2023-01-01');
    assert.deepEqual(await ask(), []);
    repository.write('a.ts', '');
    const removed = repository.commit('2023-02-01');
    assert.deepEqual(await ask(), [[removed, null]]);
    repository.write('a.ts', "check('new-pay')\n");
    const returned = repository.commit('2023-03-01');
    assert.deepEqual(await ask(), [[removed, returned]]);
    repository.write('b.ts', "check('new-pay')\n");
    repository.commit('2023-04-01');
    repository.git('checkout', '-qb', 'side', 'HEAD~1');
    repository.write('c.ts', 'nothing\n');
    repository.commit('2023-04-02');
    repository.git('merge', '-q', '--no-ff', '-m', 'Merge', 'main');
    assert.deepEqual(await ask(), [[removed, returned]]);
  });
});
