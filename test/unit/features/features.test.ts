// Features as pure functions of a snapshot: a fixture with `$0` where the cursor is and marks where results are expected.
import assert from 'node:assert/strict';
import { codeActions } from '../../../server/src/core/features/codeActions.ts';
import { completions } from '../../../server/src/core/features/completion.ts';
import { decorations } from '../../../server/src/core/features/decorations.ts';
import { diagnostics } from '../../../server/src/core/features/diagnostics.ts';
import { documentLinks } from '../../../server/src/core/features/documentLinks.ts';
import { hover } from '../../../server/src/core/features/hover.ts';
import { inlayHints, MAX_HINT_LENGTH } from '../../../server/src/core/features/inlayHints.ts';
import { definitions, references } from '../../../server/src/core/features/navigation.ts';
import { plainText } from '../../../server/src/core/features/richText.ts';
import type { Snapshot } from '../../../server/src/core/snapshot.ts';
import { NOW, type World, worldOf } from '../../support/world.ts';
import { CLIENT, FLAGS, withAges } from './shop.ts';

describe('hover', () => {
  it('tells the state, the age, the verdict and where the flag is defined', async () => {
    const world = await worldOf(`${FLAGS}//- /pay.ts\n${CLIENT}\nclient.getBooleanValue('new-ch$0eckout', false);\n`);
    const lines = hoverLines(withAges(world, { 'new-checkout': '2026-09-22T09:00:00Z' }), world);
    assert.equal(lines[0], 'new-checkout');
    assert.match(lines[1]!, /^production: 25%/);
    assert.ok(lines.some(line => line.startsWith('Introduced 40 days ago (2026-09-22, Ann')));
    assert.ok(lines.some(line => line.startsWith('Rolling out: 25%')));
    assert.match(lines.at(-1)!, /^Defined in flags\/shop\.flagd\.json/);
    assert.ok(lines.length <= 12);
  });

  it('never grows beyond twelve lines', async () => {
    const environments = Array.from(
      { length: 9 },
      (_, index) =>
        `//- /flags/e${index}.flagd.json\n{"flags": {"k": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "on"}}}\n`,
    );
    const calls = Array.from({ length: 30 }, () => "client.getBooleanValue('k', false);\n");
    const world = await worldOf(
      `${environments.join('')}//- /pay.ts\n${CLIENT}\nclient.getBooleanValue('$0k', false);\n${calls.join('')}`,
    );
    assert.ok(hoverLines(world.snapshot, world).length <= 12);
  });

  it('lists the flags a dynamic key can mean', async () => {
    const world = await worldOf(
      `${FLAGS}//- /pay.ts\n${CLIENT}\nexport const f = (team: string) => client.getBooleanValue(\`team-$0\${team}\`, false);\n`,
    );
    assert.deepEqual(hoverLines(world.snapshot, world), ['Dynamic flag key that starts with team-', '· team-blue']);
  });

  it('says nothing where there is nothing of ours', async () => {
    const world = await worldOf(`${FLAGS}//- /pay.ts\n${CLIENT}\nconst te$0xt = 'new-checkout';\n`);
    assert.equal(hover(world.snapshot, 'pay.ts', world.fixture.cursor!.offset), null);
  });
});

describe('inlay hints', () => {
  it('say state, age and staleness in at most 24 characters, and nothing of what they do not know', async () => {
    const world = await worldOf(`${FLAGS}//- /pay.ts
${CLIENT}
export const f = (name: string) => [
  client.getBooleanValue('new-checkout', false),
  client.getBooleanValue('old-search', false),
  client.getStringValue('copy', ''),
  client.getBooleanValue('nowhere', false),
  client.getBooleanValue(name, false),
  client.getBooleanValue(\`team-\${name}\`, false),
  client.getBooleanValue('a-very-long-key-prefix-that-goes-on-and-on-' + name, false),
];
`);
    const snapshot = withAges(world, {
      'new-checkout': '2026-10-02T09:00:00Z',
      'old-search': '2025-01-01T00:00:00Z',
      copy: '2026-10-31T08:00:00Z',
    });
    const labels = inlayHints(snapshot, 'pay.ts', { start: 0, end: 9999 }).map(hint => hint.label);
    assert.deepEqual(labels, [
      '25% · 30d',
      'on · 669d · stale',
      'Buy · 1d',
      'unknown flag',
      'team-… · 1 flag',
      'a-very-long-key-prefix-…',
    ]);
    for (const label of labels) assert.ok(label.length <= MAX_HINT_LENGTH);
  });

  it('stand right behind the call, and only in the range asked for', async () => {
    const text = `${CLIENT}\nclient.getBooleanValue('new-checkout', false);\nclient.getBooleanValue('copy', false);\n`;
    const world = await worldOf(`${FLAGS}//- /pay.ts\n${text}`);
    const end = text.indexOf(';', text.indexOf('new-checkout'));
    const hints = inlayHints(world.snapshot, 'pay.ts', { start: 0, end: end });
    assert.deepEqual(
      hints.map(hint => hint.offset),
      [end],
    );
  });
});

describe('navigation', () => {
  it('goes from a constant through its check to the flag file', async () => {
    const world = await worldOf(
      `${FLAGS}//- /keys.ts\nexport const KEY = 'copy';\n//- /pay.ts\nimport { KEY } from './keys';\n${CLIENT}\nclient.getStringValue(K$0EY, '');\n`,
    );
    const [target] = definitions(world.snapshot, 'pay.ts', world.fixture.cursor!.offset).map(
      definition => definition.target,
    );
    assert.equal(`${target!.path} ${textAt(world, target!)}`, 'flags/shop.flagd.json copy');
  });

  it('finds every use of a flag from its flag file', async () => {
    const world = await worldOf(`//- /flags/a.flagd.json
{"flags": {"co$0py": {"state": "ENABLED", "variants": {"a": "1"}, "defaultVariant": "a"}}}
//- /keys.ts
export const KEY = 'copy';
export const KEYS = { copy: KEY };
//- /pay.ts
import { KEY, KEYS } from './keys';
${CLIENT}
client.getStringValue(KEY, '');
client.getStringValue(KEYS.copy, '');
client.getStringValue('copy', '');
`);
    const places = references(world.snapshot, 'flags/a.flagd.json', world.fixture.cursor!.offset, 'with-definitions');
    assert.deepEqual(
      places.map(place => `${place.path} ${textAt(world, place)}`),
      ['flags/a.flagd.json copy', 'keys.ts copy', 'pay.ts KEY', 'pay.ts copy', 'pay.ts copy'],
    );
  });

  it('links annotations to headings of runbooks, and to incidents', async () => {
    const world = await worldOf(`
//- /docs/runbooks/pay.md
# Payments
## Time-outs
//- /docs/incidents/inc-42.md
---
id: INC-42
---
# Double charges
//- /pay.ts
// runbook: docs/runbooks/pay.md#time-outs
// incident: INC-42
export const x = require('@openfeature/server-sdk');
`);
    const targets = documentLinks(world.snapshot, 'pay.ts').map(({ target }) =>
      target.kind === 'place' ? `${target.path} ${textAt(world, target)}` : target.url,
    );
    assert.deepEqual(targets, ['docs/runbooks/pay.md ## Time-outs', 'docs/incidents/inc-42.md # Double charges']);
  });
});

describe('completion', () => {
  it('offers every known key inside the quotes of a check, and nowhere else', async () => {
    const world = await worldOf(
      `${FLAGS}//- /pay.ts\n${CLIENT}\nclient.getBooleanValue('$0', false);\nconst other = '';\n`,
    );
    const offset = world.fixture.cursor!.offset;
    const found = completions(world.snapshot, 'pay.ts', offset);
    assert.deepEqual(
      found.map(item => [item.key, item.detail]),
      [
        ['copy', 'Buy'],
        ['new-checkout', '25%'],
        ['old-search', 'on'],
        ['team-blue', 'off'],
      ],
    );
    assert.deepEqual(found[0]?.span, { start: offset, end: offset });
    assert.deepEqual(completions(world.snapshot, 'pay.ts', offset + 40), []);
  });
});

describe('diagnostics', () => {
  it('marks unknown flags with the key that was probably meant, and a fix', async () => {
    const world = await worldOf(`${FLAGS}//- /pay.ts\n${CLIENT}\nclient.getBooleanValue('new-chekout', false);\n`);
    const [finding, ...rest] = diagnostics(world.snapshot, 'pay.ts');
    assert.deepEqual(rest, []);
    assert.equal(finding?.code, 'unknown-flag');
    assert.match(finding!.message, /Did you mean “new-checkout”\?$/);
    const [fix] = codeActions(world.snapshot, 'pay.ts', finding!.span);
    assert.equal(fix?.edit.text, "'new-checkout'");
  });

  it('knows no unknown flags where no flags are known', async () => {
    const world = await worldOf(`//- /pay.ts\n${CLIENT}\nclient.getBooleanValue('anything', false);\n`);
    assert.deepEqual(diagnostics(world.snapshot, 'pay.ts'), []);
  });

  it('reports staleness as a hint, drift as information, a wrong type as a warning', async () => {
    const world = await worldOf(
      `${FLAGS}//- /pay.ts\n${CLIENT}\nclient.getBooleanValue('old-search', false);\nclient.getBooleanValue('copy', false);\n`,
    );
    const snapshot = withAges(world, { 'old-search': '2025-01-01T00:00:00Z', copy: '2026-10-31T00:00:00Z' });
    assert.deepEqual(
      diagnostics(snapshot, 'pay.ts').map(({ code, severity }) => [code, severity]),
      [
        ['stale-flag', 'hint'],
        ['default-drift', 'information'],
        ['type-mismatch', 'warning'],
      ],
    );
  });

  it('is silent where a comment says so, for that code only', async () => {
    const codes = async (text: string) => {
      const world = await worldOf(`${FLAGS}//- /pay.ts\n${CLIENT}\n${text}\n`);
      return diagnostics(world.snapshot, 'pay.ts').map(finding => finding.code);
    };
    const call = "client.getBooleanValue('nowhere', false);";
    assert.deepEqual(await codes(call), ['unknown-flag']);
    assert.deepEqual(await codes(`${call} // flagbook-ignore`), []);
    assert.deepEqual(await codes(`${call} // flagbook-ignore unknown-flag`), []);
    assert.deepEqual(await codes(`// flagbook-ignore unknown-flag, stale-flag\n${call}`), []);
    assert.deepEqual(await codes(`${call} // flagbook-ignore stale-flag`), ['unknown-flag']);
    assert.deepEqual(await codes(`${call.replace('false', 'true')} // flagbook-ignore\n${call}`), ['unknown-flag']);
  });

  it('are silenced by quick fixes one by one, all by one comment', async () => {
    const call = "client.getBooleanValue('copy', true);";
    let text = `${CLIENT}\nclient.getBooleanValue('nowhere', false); ${call}\n`;
    const silenced: string[] = [];
    for (;;) {
      const { snapshot } = await worldOf(`${FLAGS}//- /pay.ts\n${text}`);
      const [finding] = diagnostics(snapshot, 'pay.ts');
      if (finding === undefined) break;
      const fix = codeActions(snapshot, 'pay.ts', finding.span).find(({ title }) => title.startsWith('Silence'))!;
      text = text.slice(0, fix.edit.span.start) + fix.edit.text + text.slice(fix.edit.span.end);
      silenced.push(finding.code);
      assert.ok(silenced.length < 5, text);
    }
    assert.deepEqual(silenced, ['unknown-flag', 'type-mismatch']);
    assert.match(text, /^\/\/ flagbook-ignore unknown-flag, type-mismatch\nclient/m);
  });

  it('are silenced among JSX elements by a comment that is not shown on the page', async () => {
    const comments = async (body: string) => {
      const head = "import { useBooleanFlagValue as use } from '@openfeature/react-sdk';\n";
      const { snapshot } = await worldOf(`${FLAGS}//- /Page.tsx\n${head}export function Page() {\n${body}\n}\n`);
      const [finding] = diagnostics(snapshot, 'Page.tsx');
      const fix = codeActions(snapshot, 'Page.tsx', finding!.span).find(({ title }) => title.startsWith('Silence'))!;
      return fix.edit.text.trim();
    };
    const inText = '{/* flagbook-ignore unknown-flag */}';
    const inCode = '// flagbook-ignore unknown-flag';
    assert.equal(await comments("return <p>\n  {use('nowhere', false) && <b/>}\n</p>;"), inText);
    assert.equal(await comments("return <p>\n  Hello\n  {use('nowhere', false) && <b/>}\n</p>;"), inText);
    assert.equal(await comments("return <p>\n  {1}\n  <b title={use('nowhere', false)}/>\n</p>;"), inText);
    assert.equal(await comments("return <>\n  {use('nowhere', false) && <b/>}\n</>;"), inText);
    assert.equal(await comments("return (\n  <b title={use('nowhere', false)}/>\n);"), inCode);
    assert.equal(await comments("return <p>{1 &&\n  <b title={use('nowhere', false)}/>}\n</p>;"), inCode);
    assert.equal(await comments("return <p>{[1].map(each =>\n  <b title={use('nowhere', false)}/>)}\n</p>;"), inCode);
    assert.equal(await comments("return <p\n  title={use('nowhere', false)}/>;"), inCode);
    assert.equal(await comments("const x = use('nowhere', false);\nreturn <p>{x}</p>;"), inCode);
  });

  it('are silenced in the comments of each language', async () => {
    const files: readonly (readonly [path: string, text: string, comment: string])[] = [
      ['Gemfile', "gem 'flipper'\n", ''],
      [
        'flipper.json',
        '{ "version": 1, "features": { "on": { "boolean": "true", "percentage_of_actors": null } } }\n',
        '',
      ],
      ['flags.json', '{ "on": true }\n', ''],
      ['flagbook.json', '{ "flagSystems": [{ "kind": "pennant", "files": ["flags.json"], "keys": "*" }] }\n', ''],
      ['a.rb', 'Flipper.enabled?(:nowhere)\n', '# flagbook-ignore unknown-flag'],
      ['a.html.erb', '<%= Flipper.enabled?(:nowhere) %>\n', '<%# flagbook-ignore unknown-flag %>'],
      [
        'a.php',
        "<?php\nuse Laravel\\Pennant\\Feature;\nFeature::active('nowhere');\n",
        '// flagbook-ignore unknown-flag',
      ],
    ];
    for (const [path, text, comment] of files) {
      const worldWith = (own: string) =>
        worldOf(`${FLAGS}${files.map(file => `//- /${file[0]}\n${file[0] === path ? own : file[1]}`).join('')}`);
      const { snapshot } = await worldWith(text);
      const [finding] = diagnostics(snapshot, path);
      if (comment === '') continue;
      const { edit } = codeActions(snapshot, path, finding!.span).find(({ title }) => title.startsWith('Silence'))!;
      assert.equal(edit.text.trim(), comment);
      const silenced = await worldWith(text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end));
      assert.deepEqual(diagnostics(silenced.snapshot, path), []);
    }
  });

  it('call no flag unknown whose library keeps its flags where no file here tells of them', async () => {
    const ruby = "//- /Gemfile\ngem 'flipper'\n//- /a.rb\nFlipper.enabled?(:nowhere)\n";
    const php = "//- /a.php\n<?php\nuse Laravel\\Pennant\\Feature;\nFeature::active('nowhere');\n";
    const { snapshot } = await worldOf(`${FLAGS}${ruby}${php}`);
    assert.equal(snapshot.checks.size, 1);
    assert.deepEqual([...diagnostics(snapshot, 'a.rb'), ...diagnostics(snapshot, 'a.php')], []);
  });

  it('reports a broken pattern of the configuration where it stands', async () => {
    const world = await worldOf(
      `//- /flagbook.json\n{ "checks": [{ "pattern": "no hole(" }], "lifetimes": { "release": "soon" } }\n`,
    );
    const codes = diagnostics(world.snapshot, 'flagbook.json').map(({ code, span }) => [
      code,
      world.fixture.files.get('flagbook.json')!.slice(span.start, span.end),
    ]);
    assert.deepEqual(codes, [
      ['configuration', '"no hole("'],
      ['configuration', '"soon"'],
    ]);
  });
});

describe('silencing', () => {
  it('is offered in the comments of the place: front matter, Markdown, YAML', async () => {
    const world = await worldOf(`
//- /docs/incidents/inc-1.md
---
id: INC-1
runbooks: [docs/runbooks/gone.md]
---
# Title
//- /monitoring/a.rules.yml
groups:
  - name: a
    rules:
      - alert: A
        expr: up == 0
        annotations:
          runbook_url: docs/runbooks/gone.md
`);
    for (const [path, comment] of [
      ['docs/incidents/inc-1.md', '# flagbook-ignore broken-runbook\n'],
      ['monitoring/a.rules.yml', '          # flagbook-ignore broken-runbook\n'],
    ] as const) {
      const [finding] = diagnostics(world.snapshot, path);
      const actions = codeActions(world.snapshot, path, finding!.span);
      const { edit } = actions.find(action => action.title.startsWith('Silence'))!;
      assert.equal(edit.text, comment);
      const text = world.fixture.files.get(path)!;
      world.host.setText(path, text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end));
      assert.deepEqual(diagnostics(world.host.snapshot(NOW), path), []);
    }
  });
});

describe('decorations', () => {
  it('tell checks, stale ones, unknown ones and annotations apart', async () => {
    const world = await worldOf(`${FLAGS}//- /pay.ts
${CLIENT}
// runbook: docs/runbooks/pay.md
client.getBooleanValue('new-checkout', false);
client.getBooleanValue('old-search', false);
client.getBooleanValue('nowhere', false);
`);
    const snapshot = withAges(world, { 'old-search': '2025-01-01T00:00:00Z' });
    assert.deepEqual(
      decorations(snapshot, 'pay.ts').map(({ span, style }) => [textAt(world, { path: 'pay.ts', span }), style]),
      [
        ['docs/runbooks/pay.md', 'runbook'],
        ["'new-checkout'", 'check'],
        ["'old-search'", 'stale'],
        ["'nowhere'", 'unknown'],
      ],
    );
  });
});

function hoverLines(snapshot: Snapshot, world: World): readonly string[] {
  const { path, offset } = world.fixture.cursor!;
  const found = hover(snapshot, path, offset);
  assert.ok(found !== null, 'there is a hover');
  return found.lines.map(plainText);
}

function textAt(
  world: World,
  place: { readonly path: string; readonly span: { readonly start: number; readonly end: number } | null },
): string {
  return world.fixture.files.get(place.path)!.slice(place.span?.start ?? 0, place.span?.end ?? 0);
}
