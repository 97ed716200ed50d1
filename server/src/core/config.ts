/**
 * `flagbook.json`: one schema from which its defaults, its decoding and its published JSON schema come. Reading the file is a
 * source's business; this module turns its text into a `Config` and its problems.
 */
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import * as z from 'zod';
import type { FlagType, Place, Problem } from './model.ts';
import { nestsTooDeeply } from './nestingDepth.ts';

const duration = z
  .string()
  .regex(/^\d{1,5}[hdwmy]$/, 'a duration is a number and a unit, such as "40d", "6m" or "1y"')
  .describe('A duration: a number and h, d, w, m (30 days) or y (365 days).');

const globs = z.array(z.string().min(1).max(500)).max(200);

const registryPath = z
  .string()
  .max(300)
  .regex(
    /^(?:\*|[^.*\s]+)(?:\.(?:\*|[^.*\s]+)){0,12}$/,
    'a path is names and "*" for anything, with dots between, such as "features.*"',
  );

const projectPaths = z
  .array(
    z
      .string()
      .min(1)
      .max(500)
      .refine(
        glob => !/^(?:[\\/]|[a-z]:)|(?:^|\/)\.\.?(?:\/|$)/i.test(glob),
        'paths are relative to flagbook.json and stay below it, such as "apps/shop/**"',
      ),
  )
  .min(1)
  .max(50);

const flagSystemSchema = z
  .object({
    kind: z.string().min(1).describe('The flag system: "flagd", "launchdarkly", …'),
    files: globs.optional().describe('Flag files, as globs relative to the repository root.'),
    keys: registryPath
      .optional()
      .describe(
        'For a registry of your own: where the keys stand in its files. "features.*": the names in "features"; "flags.*.name": ' +
          'the names of a list; in code "FeatureFlags.*": the members of an enum, an object or a class.',
      ),
    state: registryPath
      .optional()
      .describe(
        'Where the state stands, seen from each flag: "enabled"; "environments.*.enabled" for several. Default: the value.',
      ),
    fields: z
      .object({
        percentage: registryPath.optional().describe('The share of users, 0 to 100.'),
        type: registryPath.optional(),
        owner: registryPath.optional(),
        description: registryPath.optional(),
        created: registryPath.optional(),
        expires: registryPath.optional(),
      })
      .optional()
      .describe('Where else to look in each flag of a registry of your own.'),
    url: z
      .url({ protocol: /^https?$/, error: 'the address of a flag server begins with https:// or http://' })
      .refine(url => !/^[a-z]+:\/\/[^/]*@/i.test(url), 'an address here holds no user and no password')
      .optional()
      .describe('Address of a flag server. Its token never stands in this file.'),
    project: z.string().optional().describe('Project on that server.'),
    period: z.number().int().min(5).max(3600).optional().describe('Seconds between two questions to that server.'),
    paths: projectPaths
      .optional()
      .describe(
        'Where this system answers, as globs relative to flagbook.json, such as "apps/shop/**": checks in other paths mean other flags. ' +
          'Default: everywhere.',
      ),
    environment: z.string().optional().describe('The environment the files stand for. Default: "production".'),
    environments: z.array(z.string()).optional().describe('Environments to show, most important first.'),
  })
  .describe('A flag system to read flags from.');

const checkPatternSchema = z
  .object({
    pattern: z
      .string()
      .min(1)
      .max(500)
      .describe('Code with holes: $KEY is the flag key, $_ any value, $$$ any arguments.'),
    languages: z.array(z.string()).optional().describe('Languages it applies to. Default: all that can parse it.'),
  })
  .describe('A flag check of your own library.');

const lifetime = duration.nullable();

const lifetimeOverrideSchema = z
  .object({
    flags: globs.optional().describe('Keys it is for, as globs. Default: all.'),
    owner: z.string().optional().describe('The owner whose flags it is for. Default: any.'),
    lifetime: lifetime.describe('How long they may live; null: for ever.'),
  })
  .describe('A lifetime for some flags only.');

const configSchema = z
  .object({
    $schema: z.string().optional(),
    flagSystems: z.array(flagSystemSchema).default([]),
    checks: z.array(checkPatternSchema).default([]),
    exclude: globs
      .default([])
      .describe('Files in which no call is a check: the evaluator of a flag server, samples, copies of other code.'),
    lifetimes: z
      .object({
        release: lifetime.default('40d'),
        experiment: lifetime.default('40d'),
        operational: lifetime.default('7d'),
        'kill-switch': lifetime.default(null),
        permission: lifetime.default(null),
        overrides: z
          .array(lifetimeOverrideSchema)
          .max(200)
          .default([])
          .describe('Exceptions; the first that fits a flag counts.'),
      })
      .prefault({})
      .describe('How long a flag of each type may live; null: for ever.'),
    budget: z
      .object({
        flags: z.number().int().positive().optional(),
        perFunction: z.number().int().positive().optional(),
      })
      .prefault({}),
    runbooks: globs.default(['docs/runbooks/**/*.md', 'runbooks/**/*.md', '**/docs/runbooks/**/*.md']),
    incidents: globs.default([
      'docs/incidents/**/*.md',
      'incidents/**/*.md',
      'docs/postmortems/**/*.md',
      'postmortems/**/*.md',
    ]),
    alerts: globs.default(['**/*.rules.yml', '**/*.rules.yaml', '**/alerts/*.yml', '**/alerts/*.yaml']),
    traces: z.object({ mappings: z.array(z.object({ from: z.string(), to: z.string() })).default([]) }).prefault({}),
  })
  .describe('Configuration of Flagbook.');

/** The decoded configuration, defaults filled in. */
export type Config = Readonly<z.output<typeof configSchema>>;
export type FlagSystemConfig = Config['flagSystems'][number];

/** The configuration of a repository that has no `flagbook.json`. */
export function defaultConfig(): Config {
  return configSchema.parse({});
}

/** The JSON schema of `flagbook.json` (draft 2020-12), for editors. */
export function configJsonSchema(): unknown {
  return z.toJSONSchema(configSchema, { io: 'input' });
}

/** The milliseconds of a duration such as `40d`; null for anything else. Months count 30 days, years 365. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,5})\s*(h|d|w|m|y|days?|weeks?|months?|years?)$/.exec(text.trim());
  if (match === null) return null;
  const hours = { h: 1, d: 24, w: 168, m: 720, y: 8760 }[match[2]!.charAt(0)];
  return hours === undefined ? null : Number(match[1]) * hours * 3_600_000;
}

/** Days a flag of this type may live, or null for no limit. */
export function lifetimeDays(config: Config, type: FlagType): number | null {
  const text = config.lifetimes[type];
  const milliseconds = text === null ? null : parseDuration(text);
  return milliseconds === null ? null : milliseconds / 86_400_000;
}

/**
 * Decodes the text of a `flagbook.json`; comments and trailing commas are allowed. What can't be used falls back to its
 * default and is reported where it stands, so that one wrong entry never silences the rest.
 */
export function decodeConfig(
  text: string,
  path: string,
): { readonly config: Config; readonly problems: readonly Problem[] } {
  const errors: ParseError[] = [];
  const body = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  // No configuration, or one that is only just being written.
  if (body.trim() === '') return { config: defaultConfig(), problems: [] };
  if (nestsTooDeeply(body)) return { config: defaultConfig(), problems: [nestedTooDeeply(path)] };
  const root = parseTree(body, errors, { allowTrailingComma: true });
  const problems: Problem[] = errors.slice(0, 5).map(error => ({
    code: 'config/syntax',
    severity: 'error',
    message: `${path} is not valid JSON here (${printParseErrorCode(error.error)}); mend it, or Flagbook uses its defaults for what follows.`,
    place: { path, span: { start: error.offset, end: error.offset + Math.max(1, error.length) } },
  }));
  if (root === undefined || root.type !== 'object') {
    if (errors.length === 0) problems.push(notAnObject(path, body.length));
    return { config: defaultConfig(), problems };
  }
  const value: unknown = getNodeValue(root);
  let candidate = value;
  for (let attempt = 0; attempt < 50; attempt++) {
    const result = configSchema.safeParse(candidate);
    if (result.success) return { config: result.data, problems };
    const issue = result.error.issues[0]!;
    problems.push(issueProblem(root, issue.path, issue.message, path));
    candidate = without(candidate, issue.path);
  }
  return { config: defaultConfig(), problems };
}

/** Where a value stands in the text of a `flagbook.json`: `['checks', 0, 'pattern']`. Null when it is not there. */
export function placeInConfig(text: string, path: string, where: readonly (string | number)[]): Place | null {
  const root = nestsTooDeeply(text) ? undefined : parseTree(text, [], { allowTrailingComma: true });
  const node = root === undefined ? undefined : findNodeAtLocation(root, [...where]);
  return node === undefined ? null : { path, span: { start: node.offset, end: node.offset + node.length } };
}

function nestedTooDeeply(path: string): Problem {
  const place = { path, span: { start: 0, end: 1 } };
  return { code: 'config/syntax', severity: 'error', message: `${path} is nested too deeply to be read.`, place };
}

function notAnObject(path: string, length: number): Problem {
  const span = { start: 0, end: length };
  return {
    code: 'config/shape',
    severity: 'error',
    message: `${path} must hold one JSON object.`,
    place: { path, span },
  };
}

function issueProblem(root: Node, where: readonly PropertyKey[], message: string, path: string): Problem {
  const keys = where.filter(part => typeof part !== 'symbol');
  const node = findNodeAtLocation(root, keys) ?? root;
  return {
    code: 'config/value',
    severity: 'error',
    message: `${keys.join('.') || path}: ${message}. This entry is left out.`,
    place: { path, span: { start: node.offset, end: node.offset + node.length } },
  };
}

/** The value without the entry at `where`; an array element's whole entry goes, since half a flag system is no flag system. */
function without(value: unknown, where: readonly PropertyKey[]): unknown {
  if (where.length === 0 || typeof value !== 'object' || value === null) return undefined;
  const [head, ...rest] = where;
  if (Array.isArray(value)) return value.filter((_, index) => index !== head);
  const copy: Record<PropertyKey, unknown> = { ...value };
  const inner = rest.length === 0 ? undefined : without(copy[head!], rest);
  if (inner === undefined) delete copy[head!];
  else copy[head!] = inner;
  return copy;
}
