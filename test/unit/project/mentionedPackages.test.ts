/**
 * A name such as `getBooleanValue` is worth parsing a file for where somebody mentions its SDK. Files that hold one are found however
 * the mention and the name are spread over the repository, and left unparsed where nobody uses the SDK.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import {
  familiesOfPath,
  hasNominalTypes,
  onlyFamilyOf,
} from '../../../server/src/core/flags/linking/wordsOfLanguages.ts';
import { scanRecords } from '../../../server/src/core/flags/telling/scanRecords.ts';
import { isNominal } from '../../../server/src/core/languages/facts.ts';
import { LANGUAGES } from '../../../server/src/core/languages/registry.ts';
import { createDiskAccess } from '../../../server/src/sources/files/disk.ts';
import { createProject } from '../../../server/src/sources/project/project.ts';
import { loadGrammars } from '../../support/facts.ts';
import { FILES_ALONE } from '../../support/filesAlone.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';
import { writeSettled } from './changingFiles.ts';

const ASKS = 'export function pay(client) {\n  if (client.getBooleanValue("pay", false)) go();\n}\n';

describe('names of SDKs that somebody mentions', () => {
  const folder = makeTemporaryFolder('mentioned');

  it('are looked for in all files', async () => {
    const elsewhere = { 'a.ts': ASKS, 'z.ts': "import { OpenFeature } from '@openfeature/server-sdk';\n" };
    assert.deepEqual(await scan('elsewhere', elsewhere), { parsed: 2, found: ['a.ts pay possible'] });
    const handedOn = {
      'a.ts': "export { useBooleanFlagValue } from '@openfeature/react-sdk';\n",
      'b.ts': "import { useBooleanFlagValue } from './a';\nexport const isOn = useBooleanFlagValue('pay', false);\n",
    };
    assert.deepEqual(await scan('handed-on', handedOn), { parsed: 2, found: ['b.ts pay certain'] });
  });

  it('make no file worth parsing where nobody mentions the SDK', async () => {
    assert.deepEqual(await scan('nobody', { 'a.ts': ASKS, 'b.ts': '// isEnabled\n' }), { parsed: 0, found: [] });
  });

  it('lead into no package of Go that holds nothing of the kind', async () => {
    const files = {
      'go.mod': 'module example.com/shop\n',
      'sets/sets.go': 'package sets\n\nfunc NewString(of ...string) Set { return Set{} }\n',
      'sets/set.go': 'package sets\n\ntype Set struct{}\n\nfunc (s Set) String() string { return "" }\n',
      'stock/lister.go':
        'package stock\n\ntype Lister struct{}\n\nfunc (l Lister) Get(name string) string { return name }\n',
      'gates/gates.go':
        'package gates\n\nimport "k8s.io/component-base/featuregate"\n\nvar Default = featuregate.NewFeatureGate()\n',
      'pay/pay.go': `package pay

import (
	"example.com/shop/gates"
	"example.com/shop/sets"
	"example.com/shop/stock"
)

var Known = sets.NewString("a")

type Pay struct{ lister stock.Lister }

func (p Pay) On() bool {
	return gates.Default.Enabled("pay") && p.lister.Get("x") == Known.String()
}
`,
    };
    assert.deepEqual(await scan('go', files), { parsed: 2, found: ['pay/pay.go pay certain'] });
  });

  it('lead to those who ask a flag object by the name that another file gives it', async () => {
    const files = {
      'go.mod': 'module example.com/collector\n',
      'metadata/gates.go':
        'package metadata\n\nimport "go.opentelemetry.io/collector/featuregate"\n\nvar EmptyGate = featuregate.GlobalRegistry().MustRegister("empty", featuregate.StageAlpha)\n',
      'pipelines/config.go':
        'package pipelines\n\nimport "example.com/collector/metadata"\n\nvar AllowNone = metadata.EmptyGate\n',
      'main.go':
        'package main\n\nimport "example.com/collector/pipelines"\n\nfunc run() bool { return pipelines.AllowNone.IsEnabled() }\n',
    };
    assert.deepEqual(await scan('given-on', files), { parsed: 3, found: ['main.go empty certain'] });
  });

  it('tell of libraries that nobody knows, where types have names', async () => {
    const path = 'Pay.java';
    const text =
      'class Pay {\n  private final acme.FeatureClient client;\n  boolean on() { return this.client.isEnabled("pay"); }\n}\n';
    assert.deepEqual((await scan('nominal', { [path]: text })).parsed, 1);
  });

  it('are asked of every file in such a language', () => {
    for (const language of LANGUAGES) {
      for (const ending of language.extensions)
        assert.equal(hasNominalTypes(`a${ending}`), isNominal(language.holds ?? language.id), ending);
    }
  });

  it('say nothing in files of another language', async () => {
    const files = {
      'a.cpp': '#include "unleash/unleashclient.h"\nvoid go() {}\n',
      'b.ts': '// Unleash what unleash holds.\nexport const go = 1;\n',
      'c.cs': '// Unleash\nclass Go {}\n',
      'd.py': '# Unleash what unleash holds.\n',
    };
    assert.equal((await scan('other-language', files)).parsed, 2);
  });

  it('are told by endings for every language that there is', () => {
    for (const { id, holds, extensions } of LANGUAGES) {
      const family = onlyFamilyOf([holds ?? id]);
      for (const ending of extensions) assert.ok(familiesOfPath(`a${ending}`).includes(family!), ending);
    }
    assert.equal(onlyFamilyOf(['java', 'scala']), 'jvm');
    assert.equal(onlyFamilyOf(['java', 'go']), null);
  });

  async function scan(name: string, files: Readonly<Record<string, string>>) {
    const root = join(folder, name);
    for (const [path, text] of Object.entries(files)) writeSettled(root, path, text);
    const grammars = await loadGrammars();
    const project = createProject({
      grammars,
      access: createDiskAccess(root, { git: false }),
      now: () => 0,
      ...FILES_ALONE,
    });
    const { parsed } = await project.index();
    const found = scanRecords(project.host.snapshot(0), () => true).filter(({ role }) => role === 'check');
    return { parsed, found: found.map(({ path, key, confidence }) => `${path} ${key} ${confidence}`) };
  }
});
