/**
 * Builders for tests: a snapshot and its parts from the few facts a test is about, everything else at a plain default. They
 * build data by hand, without parsers: a test that wants real parsing goes through the host.
 */
import { type Config, decodeConfig, defaultConfig } from '../../server/src/core/config.ts';
import { readDirectives } from '../../server/src/core/flags/verdicts/directives.ts';
import type { FlagSource } from '../../server/src/core/flags/verdicts/flagSource.ts';
import {
  type Absence,
  type Alert,
  type Annotation,
  type Check,
  type CommitMoment,
  type EnvironmentState,
  type Flag,
  type FlagChange,
  type FlagFile,
  flagIdentity,
  type History,
  type Incident,
  type Introduced,
  type Notice,
  type Runbook,
} from '../../server/src/core/model.ts';
import type { FileView, Snapshot } from '../../server/src/core/snapshot.ts';
import { indexLines } from '../../server/src/core/text.ts';

/** The clock of tests that don't set one. */
export const TEST_NOW = '2026-06-01T12:00:00Z';

export interface SnapshotParts {
  /** Path → text. Files that checks, flags, runbooks … name exist too, with empty text. */
  readonly files?: Readonly<Record<string, string>>;
  readonly flags?: readonly Flag[];
  /** Decoded flag files; their flags join `flags`. */
  readonly flagFiles?: readonly FlagFile[];
  readonly checks?: readonly Check[];
  readonly annotations?: readonly Annotation[];
  /** RFC 3339. */
  readonly now?: string;
  readonly sources?: readonly FlagSource[];
  readonly history?: History;
  /** A decoded configuration, or the text of a `flagbook.json`. */
  readonly config?: Config | string;
  readonly runbooks?: readonly Runbook[];
  readonly incidents?: readonly Incident[];
  readonly alerts?: readonly Alert[];
  readonly notices?: readonly Notice[];
  readonly revision?: number;
  readonly completeness?: Snapshot['completeness'];
  /** Paths that exist beside `files`. */
  readonly paths?: readonly string[];
}

/** A snapshot of the given parts. Checks and flags are also filed under their paths. */
export function snapshotOf(parts: SnapshotParts = {}): Snapshot {
  const flags = [...(parts.flags ?? []), ...(parts.flagFiles ?? []).flatMap(file => file.flags)];
  const checks = parts.checks ?? [];
  const decoded = decodedConfig(parts.config);
  const files = new Map<string, FileView>();
  const paths = new Set([
    ...Object.keys(parts.files ?? {}),
    ...(parts.flagFiles ?? []).map(file => file.path),
    ...checks.map(check => check.path),
    ...(parts.annotations ?? []).map(annotation => annotation.path),
    ...flags.flatMap(flag => (flag.declaration === null ? [] : [flag.declaration.path])),
  ]);
  for (const path of paths) files.set(path, fileView(path, parts));
  return {
    revision: parts.revision ?? 1,
    completeness: parts.completeness ?? 'complete',
    now: Date.parse(parts.now ?? TEST_NOW),
    config: decoded.config,
    configProblems: decoded.problems,
    files,
    paths: new Set([
      ...paths,
      ...(parts.paths ?? []),
      ...(parts.runbooks ?? []).map(runbook => runbook.path),
      ...(parts.incidents ?? []).map(incident => incident.path),
      ...(parts.alerts ?? []).map(alert => alert.path),
    ]),
    flags: groupBy(flags, flag => flag.key),
    checks: groupBy(
      checks.filter(check => check.key !== null),
      check => check.key!,
    ),
    dynamicChecks: checks.filter(check => check.key === null && check.keyPrefix !== null),
    sources: parts.sources ?? [],
    history: parts.history ?? historyOf(),
    runbooks: parts.runbooks ?? [],
    incidents: parts.incidents ?? [],
    alerts: parts.alerts ?? [],
    notices: parts.notices ?? [],
  };
}

/** A check of `key` at the start of `src/app.ts`, boolean, fallback false, through OpenFeature. */
export function checkOf(key: string | null, overrides: Partial<Check> = {}): Check {
  const length = (key ?? overrides.keyPrefix ?? '').length;
  return {
    path: 'src/app.ts',
    language: 'typescript',
    span: { start: 0, end: 25 + length },
    nameSpan: { start: 0, end: 15 },
    keySpan: { start: 16, end: 18 + length },
    key,
    keyPrefix: null,
    keyPlace: null,
    system: 'openfeature',
    method: 'getBooleanValue',
    type: 'boolean',
    fallback: false,
    fallbackSpan: { start: 20 + length, end: 25 + length },
    via: ['literal'],
    role: 'check',
    function: null,
    test: false,
    confidence: 'certain',
    ...overrides,
  };
}

/** A boolean flagd flag in `flags/shop.flagd.json`, variations on and off, on for everyone in production. */
export function flagOf(key: string, overrides: Partial<Flag> = {}): Flag {
  return {
    key,
    system: 'flagd',
    name: null,
    description: null,
    kind: 'boolean',
    type: null,
    owner: null,
    tags: [],
    variations: [
      { name: 'on', value: true, span: null },
      { name: 'off', value: false, span: null },
    ],
    offValue: undefined,
    environments: [environmentOf({ state: 'on' })],
    prerequisites: [],
    created: null,
    expires: null,
    archived: false,
    declaration: {
      path: 'flags/shop.flagd.json',
      span: { start: 0, end: 40 },
      keySpan: { start: 1, end: key.length + 1 },
    },
    url: null,
    ...overrides,
  };
}

/** A state in production; what it serves, its percentage and its summary follow from `state` unless given. */
export function environmentOf(overrides: Partial<EnvironmentState> = {}): EnvironmentState {
  const state = overrides.state ?? 'on';
  const simple = state === 'on' || state === 'off';
  return {
    environment: 'production',
    state,
    percentage: state === 'on' ? 100 : state === 'off' ? 0 : null,
    serves: simple ? state === 'on' : undefined,
    summary: simple ? `${state} for everyone` : state,
    asOf: null,
    ...overrides,
  };
}

/** A moment in git. */
export function momentOf(time: string, overrides: Partial<CommitMoment> = {}): CommitMoment {
  const commit = '4f1c2d3e5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d';
  return { time, commit, author: 'Ann Example', subject: 'Add the flag', ...overrides };
}

export interface HistoryParts {
  /** Key → RFC 3339 time, or why it is unknown. */
  readonly introduced?: Readonly<Record<string, string | { readonly reason: string }>>;
  /** Key → when it came back, a day after it was removed. */
  readonly returned?: Readonly<Record<string, string>>;
  /** Changes of flags, newest first. */
  readonly changes?: readonly {
    readonly flag: Flag;
    readonly time: string;
    readonly what?: string;
    readonly environment?: string;
  }[];
  readonly limit?: string;
}

/** A known history. */
export function historyOf(parts: HistoryParts = {}): History {
  const introduced = new Map<string, Introduced>();
  for (const [key, value] of Object.entries(parts.introduced ?? {})) {
    introduced.set(
      key,
      typeof value === 'string'
        ? { kind: 'known', moment: momentOf(value), absences: absencesOf(parts.returned?.[key]) }
        : { kind: 'unknown', reason: value.reason },
    );
  }
  const changes = new Map<string, FlagChange[]>();
  for (const { flag, time, what, environment } of parts.changes ?? []) {
    const change: FlagChange = {
      moment: momentOf(time, { subject: 'Change the rollout' }),
      environment: environment ?? flag.environments[0]?.environment ?? 'production',
      what: what ?? 'off → on',
    };
    const identity = flagIdentity(flag);
    changes.set(identity, [...(changes.get(identity) ?? []), change]);
  }
  return {
    kind: 'known',
    head: '00112233445566778899aabbccddeeff00112233',
    introduced,
    changes,
    limit: parts.limit ?? null,
  };
}

function absencesOf(returned: string | undefined): readonly Absence[] {
  if (returned === undefined) return [];
  const removed = new Date(Date.parse(returned) - 86_400_000).toISOString();
  return [{ removed: momentOf(removed), returned: momentOf(returned) }];
}

function decodedConfig(config: Config | string | undefined) {
  if (typeof config === 'string') return decodeConfig(config, 'flagbook.json');
  return { config: config ?? defaultConfig(), problems: [] };
}

function fileView(path: string, parts: SnapshotParts): FileView {
  const text = parts.files?.[path] ?? '';
  return {
    path,
    lines: indexLines(text),
    directives: readDirectives(text, indexLines(text)),
    text,
    facts: null,
    checks: (parts.checks ?? []).filter(check => check.path === path).sort((a, b) => a.span.start - b.span.start),
    annotations: (parts.annotations ?? []).filter(annotation => annotation.path === path),
    flagFile: (parts.flagFiles ?? []).find(file => file.path === path) ?? null,
  };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
