// What an annotation is about: which runbooks a place in the code has.
import assert from 'node:assert/strict';
import { codeContextAt } from '../../../server/src/core/features/subject.ts';
import { worldOf } from '../../support/world.ts';

const RUNBOOKS = ['head', 'class', 'method', 'inside', 'line', 'other']
  .map(name => `//- /docs/runbooks/${name}.md\n# ${name}\n`)
  .join('');

async function runbooksAt(source: string): Promise<readonly string[]> {
  const { fixture, snapshot } = await worldOf(RUNBOOKS + source);
  const { path, offset } = fixture.cursor!;
  return codeContextAt(snapshot.files.get(path)!, offset, []).annotations.map(({ target }) =>
    target.replace(/^.*\/(\w+)\.md$/, '$1'),
  );
}

const CODE = (cursor: string): string => `//- /pay.ts
// Payments.
// runbook: docs/runbooks/head.md

import { x } from './x';

// runbook: docs/runbooks/class.md
export class Pay {
  // runbook: docs/runbooks/method.md
  charge() {
    first();
    // runbook: docs/runbooks/inside.md
    second();${cursor === 'method' ? '$0' : ''}
  }
  // runbook: docs/runbooks/other.md
  refund() {
    third();${cursor === 'refund' ? '$0' : ''} // runbook: docs/runbooks/line.md
  }
}
const top = 1;${cursor === 'top' ? '$0' : ''}
`;

describe('the runbooks that annotations give a place', () => {
  it('are those of its line, its function, the class around it and the head of the file', async () => {
    assert.deepEqual(await runbooksAt(CODE('method')), ['head', 'class', 'method', 'inside']);
    assert.deepEqual(await runbooksAt(CODE('refund')), ['head', 'class', 'other', 'line']);
    assert.deepEqual(await runbooksAt(CODE('top')), ['head']);
  });

  it('are not the whole file’s when the first comment belongs to the first function', async () => {
    const source = (cursor: string) => `//- /pay.py
# runbook: docs/runbooks/method.md
def charge():
    ${cursor === 'charge' ? '$0' : ''}first()

def refund():
    ${cursor === 'refund' ? '$0' : ''}second()
`;
    assert.deepEqual(await runbooksAt(source('charge')), ['method']);
    assert.deepEqual(await runbooksAt(source('refund')), []);
  });
});
