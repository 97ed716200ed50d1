// How each language writes down what an SDK's data describes: an import, a client out of it, a call with its arguments.

import type { SdkSurface } from '../../../../../server/src/core/flags/sdk.ts';
import type { LanguageId } from '../../../../../server/src/core/languages/facts.ts';
import type { ValueType } from '../../../../../server/src/core/model.ts';

export interface Writer {
  readonly extension: string;
  /** How named arguments are written, where the language has them. */
  readonly named?: (name: string, value: string) => string;
  /** Arguments that have a label are never given without it. */
  readonly labelled?: true;
  readonly list: (items: readonly string[]) => string;
  /** An object whose keys are texts of their own. */
  readonly entries: (entries: readonly (readonly [key: string, value: string])[]) => string;
  /** An object, or a construction, with fields. */
  readonly fields: (fields: readonly (readonly [name: string, value: string])[]) => string;
  readonly literals: Readonly<Record<ValueType, string>>;
  /** Statements, the calls of an imported function, and what stands before a declaration, in a file that imports the package. */
  readonly file: (surface: SdkSurface, specifier: string, body: Body) => Written;
}

export interface Body {
  /** Names that the file imports to call them by themselves. */
  readonly functions: readonly string[];
  readonly statements: readonly string[];
  /** Decorators and attributes, with their sign. */
  readonly decorators: readonly string[];
}

/** A file's lines; what proves where its names come from stands in `imports`. */
export interface Written {
  readonly imports: readonly string[];
  readonly lines: readonly string[];
}

/** What the client is called in all statements, and what stands where an argument does not matter. */
export const CLIENT = 'client';
export const ANYTHING = 'ctx';

const js = (types: boolean): Writer => ({
  extension: types ? 'ts' : 'js',
  list: items => `[${items.join(', ')}]`,
  entries: entries => `{ ${entries.map(([key, value]) => `'${key}': ${value}`).join(', ')} }`,
  fields: fields => `{ ${fields.map(([name, value]) => `${name}: ${value}`).join(', ')} }`,
  literals: { boolean: 'true', string: "'x'", number: '3', object: '{}' },
  file: (_, specifier, { functions, statements, decorators }) => ({
    imports: [
      types
        ? `import { ${['Client', ...functions].join(', ')} } from '${specifier}';`
        : `const { ${['Client', ...functions].join(', ')} } = require('${specifier}');`,
    ],
    lines: [
      types ? `export function use(client: Client, ctx: unknown) {` : 'const client = new Client(options);',
      ...statements.map(text => `${text};`),
      types ? '}' : '',
      ...decorators.flatMap((text, at) => [`class C${at} {`, `${text} m() {}`, '}']),
    ],
  }),
});

const jvmType = ({ types = ['Client'] }: SdkSurface): string => types[0]!;

/** In the JVM's languages a package may be given by one of its classes. */
const jvmImport = (specifier: string, name: string): string =>
  /\.[A-Z]\w*$/.test(specifier) ? specifier : `${specifier}.${name}`;

const lower = { boolean: 'true', string: '"x"', number: '3' } as const;

const nameOf = (surface: SdkSurface): string => surface.types?.[0] ?? 'Client';

const phpArray = (pairs: readonly (readonly [string, string])[]): string =>
  `[${pairs.map(([key, value]) => `'${key}' => ${value}`).join(', ')}]`;

export const WRITERS: Partial<Record<LanguageId, Writer>> = {
  typescript: js(true),
  tsx: { ...js(true), extension: 'tsx' },
  javascript: js(false),
  python: {
    extension: 'py',
    named: (name, value) => `${name}=${value}`,
    list: items => `[${items.join(', ')}]`,
    entries: entries => `{${entries.map(([key, value]) => `"${key}": ${value}`).join(', ')}}`,
    fields: fields => `Request(${fields.map(([name, value]) => `${name}=${value}`).join(', ')})`,
    literals: { boolean: 'True', string: '"x"', number: '3', object: '{}' },
    file: (_, specifier, { functions, statements, decorators }) => ({
      imports: [`from ${specifier} import ${['Client', ...functions].join(', ')}`],
      lines: [
        'def use(client: Client, ctx):',
        '    pass',
        ...statements.map(text => `    ${text}`),
        ...decorators.flatMap((text, at) => [text, `def d${at}(): pass`]),
      ],
    }),
  },
  go: {
    extension: 'go',
    list: items => `[]string{${items.join(', ')}}`,
    entries: entries => `map[string]Flag{${entries.map(([key, value]) => `"${key}": ${value}`).join(', ')}}`,
    fields: fields => `sdk.Request{${fields.map(([name, value]) => `${name}: ${value}`).join(', ')}}`,
    literals: { ...lower, object: 'nil' },
    file: (_, specifier, { statements }) => ({
      imports: [`import sdk "${specifier}"`],
      lines: [
        'func use(client *sdk.Client) {',
        ...statements.map(text => (text.startsWith('client') ? text : `sdk.${text}`)),
        '}',
      ],
    }),
  },
  java: {
    extension: 'java',
    list: items => `List.of(${items.join(', ')})`,
    entries: entries => `Map.of(${entries.flatMap(([key, value]) => [`"${key}"`, value]).join(', ')})`,
    fields: () => '',
    literals: { ...lower, object: 'null' },
    file: (surface, specifier, { functions, statements, decorators }) => ({
      imports: [jvmType(surface), ...functions].map(name => `import ${jvmImport(specifier, name)};`),
      lines: [
        `class Use { void use(${jvmType(surface)} client, Object ctx) {`,
        ...statements.map(text => `${text};`),
        '}',
        ...decorators.map((text, at) => `${text} void m${at}() {}`),
        '}',
      ],
    }),
  },
  kotlin: {
    extension: 'kt',
    named: (name, value) => `${name} = ${value}`,
    list: items => `listOf(${items.join(', ')})`,
    entries: entries => `mapOf(${entries.map(([key, value]) => `"${key}" to ${value}`).join(', ')})`,
    fields: () => '',
    literals: { ...lower, object: 'null' },
    file: (surface, specifier, { functions, statements, decorators }) => ({
      imports: [jvmType(surface), ...functions].map(name => `import ${jvmImport(specifier, name)}`),
      lines: [
        `class Use(val client: ${jvmType(surface)}) { fun use(ctx: Any) {`,
        ...statements,
        '}',
        ...decorators.map((text, at) => `${text} fun m${at}() {}`),
        '}',
      ],
    }),
  },
  scala: {
    extension: 'scala',
    named: (name, value) => `${name} = ${value}`,
    list: items => `List(${items.join(', ')})`,
    entries: entries => `Map(${entries.map(([key, value]) => `"${key}" -> ${value}`).join(', ')})`,
    fields: () => '',
    literals: { ...lower, object: 'null' },
    file: (surface, specifier, { functions, statements, decorators }) => ({
      imports: [jvmType(surface), ...functions].map(name => `import ${jvmImport(specifier, name)}`),
      lines: [
        `class Use(client: ${jvmType(surface)}) {`,
        'def use(ctx: Any) = {',
        ...statements,
        '}',
        ...decorators.map((text, at) => `${text} def m${at}() = 1`),
        '}',
      ],
    }),
  },
  csharp: {
    extension: 'cs',
    named: (name, value) => `${name}: ${value}`,
    list: items => `new[] { ${items.join(', ')} }`,
    entries: () => '',
    fields: fields => `new Request { ${fields.map(([name, value]) => `${name} = ${value}`).join(', ')} }`,
    literals: { ...lower, object: 'null' },
    file: (surface, specifier, { statements, decorators }) => ({
      imports: [`using ${specifier};`],
      lines: [
        `class Use { void Run(${nameOf(surface)} client, object ctx) {`,
        ...statements.map(text => `${text};`),
        '}',
        ...decorators.map((text, at) => `[${text.slice(1)}] void M${at}() {}`),
        '}',
      ],
    }),
  },
  ruby: {
    extension: 'rb',
    named: (name, value) => `${name}: ${value}`,
    list: items => `[${items.join(', ')}]`,
    entries: entries => `{ ${entries.map(([key, value]) => `'${key}' => ${value}`).join(', ')} }`,
    fields: fields => `{ ${fields.map(([name, value]) => `${name}: ${value}`).join(', ')} }`,
    literals: { ...lower, object: '{}' },
    file: (surface, specifier, { statements }) => ({
      imports: [`require '${specifier}'`],
      lines: [`client = ${surface.globals![0]}::Client.new('key')`, ...statements],
    }),
  },
  php: {
    extension: 'php',
    named: (name, value) => `${name}: ${value}`,
    list: items => `[${items.join(', ')}]`,
    entries: phpArray,
    fields: phpArray,
    literals: { ...lower, object: '[]' },
    file: (surface, specifier, { functions, statements, decorators }) => ({
      imports: [nameOf(surface), ...functions].map(name => `use ${specifier}\\${name};`),
      lines: [
        `function demand(${nameOf(surface)} $client, $ctx) {`,
        ...statements.map(text => `${text.replace(/\bclient\b/, '$client').replace(/\bctx\b/g, '$ctx')};`),
        '}',
        ...decorators.flatMap((text, at) => [`class D${at} {`, `#[${text.slice(1)}] function m() {}`, '}']),
      ],
    }),
  },
  swift: {
    extension: 'swift',
    named: (name, value) => `${name}: ${value}`,
    labelled: true,
    list: items => `[${items.join(', ')}]`,
    entries: entries => `[${entries.map(([key, value]) => `"${key}": ${value}`).join(', ')}]`,
    fields: () => '',
    literals: { ...lower, object: '[:]' },
    file: (surface, specifier, { statements }) => ({
      imports: [`import ${specifier}`],
      lines: [`func use(client: ${nameOf(surface)}, ctx: Any) {`, ...statements, '}'],
    }),
  },
  rust: {
    extension: 'rs',
    list: items => `&[${items.join(', ')}]`,
    entries: () => '',
    fields: fields => `&Request { ${fields.map(([name, value]) => `${name}: ${value}.to_string()`).join(', ')} }`,
    literals: { ...lower, object: 'Value::Null' },
    file: (_, specifier, { statements }) => ({
      imports: [`use ${specifier.replaceAll('.', '::')}::Client;`],
      lines: ['fn run(client: &Client, ctx: &Context) {', ...statements.map(text => `${text};`), '}'],
    }),
  },
  cpp: {
    extension: 'cc',
    list: items => `{${items.join(', ')}}`,
    entries: () => '',
    fields: () => '',
    literals: { ...lower, object: 'nullptr' },
    file: (surface, specifier, { statements }) => ({
      imports: /[/]|\.h$/.test(specifier)
        ? [`#include <${specifier}>`]
        : [`using namespace ${specifier.replaceAll('.', '::')};`],
      lines: [`void Use(${nameOf(surface)}& client, Context ctx) {`, ...statements.map(text => `${text};`), '}'],
    }),
  },
};
