// What the SDKs' data names beside calls: objects of flags, properties that components are given, flags that are objects, fields of
// classes, elements and tags. Each is certain with its import, and not certain without.
import assert from 'node:assert/strict';
import type { SdkElement, SdkFlagObject, SdkSurface } from '../../../../../server/src/core/flags/sdk.ts';
import { FLAG_SDKS } from '../../../../../server/src/core/flags/sdks/registry.ts';
import type { LanguageId } from '../../../../../server/src/core/languages/facts.ts';
import { worldOf } from '../../../../support/world.ts';
import { concrete } from './concrete.ts';

interface Example {
  readonly what: string;
  readonly path: string;
  readonly imports: string;
  readonly code: string;
  /** A tag that is likely wherever it stands. */
  readonly byName?: true;
}

const SCRIPT: ReadonlySet<LanguageId> = new Set(['typescript', 'tsx', 'javascript']);

describe('everything else that the SDKs have', () => {
  for (const sdk of FLAG_SDKS) {
    for (const surface of sdk.surfaces) {
      for (const { what, path, imports, code, byName } of examplesOf(surface)) {
        it(`${sdk.id}: ${what}`, async () => {
          assert.deepEqual(await found(path, `${imports}\n${code}`), [`theKey ${sdk.id} certain`]);
        });

        it(`${sdk.id}: ${what}, no longer imported`, async () => {
          const without = await found(path, code);
          assert.deepEqual(
            without.filter(check => check.endsWith('certain')),
            [],
          );
          if (byName === true) assert.deepEqual(without, [`theKey ${sdk.id} likely`]);
        });
      }
    }
  }
});

async function found(path: string, text: string): Promise<readonly string[]> {
  const { snapshot } = await worldOf(`//- /${path}\n${text}\n`);
  const checks = [...snapshot.files.values()]
    .flatMap(file => file.checks)
    .filter(check => check.role !== 'declaration');
  return [...new Set(checks.map(({ key, system, confidence }) => `${key} ${system} ${confidence}`))];
}

function examplesOf(surface: SdkSurface): readonly Example[] {
  const language = surface.languages[0]!;
  const specifier = concrete(surface.packages[0]!, language);
  const imports = (...names: readonly string[]) => `import { ${names.join(', ')} } from '${specifier}';`;
  const examples: Example[] = [];
  for (const { function: name, below } of SCRIPT.has(language) ? surface.toggles : []) {
    const value = below === undefined ? 'flags' : `flags.${below}`;
    const code = /^use/.test(name)
      ? `export function Page() {\n  const flags = ${name}();\n  return ${value}.theKey;\n}`
      : `export async function page(client: Client) {\n  const flags = await client.${name}();\n  return ${value}['theKey'];\n}`;
    examples.push({ what: `${name}()`, path: 'src/use.tsx', imports: imports('Client', name), code });
  }
  for (const { function: name, property } of surface.injections ?? []) {
    const code = `function Page({ ${property} }) {\n  return ${property}.theKey;\n}\nexport default ${name}()(Page);`;
    examples.push({ what: name, path: 'src/use.tsx', imports: imports(name), code });
  }
  // Flags that their holders name have a table of their own: `rox.test.ts`.
  const objects = (surface.flagObjects ?? []).filter(object => object.heldBy === undefined);
  for (const object of objects) examples.push(...madeBy(object, language, specifier));
  for (const { name, base } of surface.fields ?? []) {
    const code = `class Page(${base}, View):\n    ${name} = "theKey"`;
    examples.push({
      what: `${name} of ${base}`,
      path: 'src/use.py',
      imports: `from ${specifier} import ${base}`,
      code,
    });
  }
  for (const element of surface.elements) examples.push(tagged(element, language, specifier));
  return examples;
}

/** An object that stands for a flag, asked in each of its ways. */
function madeBy(
  { names, key, called, methods }: SdkFlagObject,
  language: LanguageId,
  specifier: string,
): readonly Example[] {
  const asked = [...(called === true ? ['()'] : []), ...methods.map(method => `.${method}(ctx)`)];
  return Object.keys(names).flatMap(name =>
    asked.map((how): Example => {
      const what = `${name}${how}`;
      const args = [
        ...Array.from({ length: key.position }, () => 'ctx'),
        language === 'go' ? '"theKey", x' : '"theKey"',
      ];
      if (language === 'python') {
        const code = `FLAG = ${name}(${args.join(', ')})\n\ndef use(ctx):\n    return FLAG${how}`;
        return { what, path: 'src/use.py', imports: `from ${specifier} import ${name}`, code };
      }
      if (language === 'go') {
        const code = `var flag = sdk.${name}(${args.join(', ')})\nfunc use() bool { return flag${how} }`;
        return { what, path: 'src/use.go', imports: `package use\nimport sdk "${specifier}"`, code };
      }
      const code = `const held = ${name}({ ${key.property}: 'theKey' });\nexport const use = () => held${how};`;
      return { what, path: 'src/use.ts', imports: `import { ${name} } from '${specifier}';`, code };
    }),
  );
}

function tagged({ name, key, several }: SdkElement, language: LanguageId, specifier: string): Example {
  if (language === 'jinja') {
    const code = `{% ${name.slice(1)} "theKey" %}x{% end${name.slice(1)} %}`;
    return { what: name, path: 'src/templates/use.html', imports: `{% load ${specifier} %}`, code };
  }
  if (language === 'php') {
    const import_ =
      "//- /src/use.php\n<?php\nuse Laravel\\Pennant\\Feature;\nFeature::active('theKey');\n//- /src/use.blade.php";
    const code = `${name}('theKey')\nx\n@end${name.slice(1)}`;
    return { what: name, path: 'src/use.blade.php', imports: import_, code, byName: true };
  }
  if (language === 'csharp') {
    const code = `<${name} ${key}="theKey">x</${name}>`;
    return { what: `<${name}>`, path: 'src/use.cshtml', imports: `@addTagHelper *, ${specifier}.AspNetCore`, code };
  }
  const value = several === 'names' ? '{{ theKey: true }}' : several === 'items' ? "{['theKey']}" : '"theKey"';
  const code = `export const use = <${name} ${key}=${value}>x</${name}>;`;
  return { what: `<${name}>`, path: 'src/use.tsx', imports: `import { ${name} } from '${specifier}';`, code };
}
