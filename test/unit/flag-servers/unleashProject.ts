// A small Unleash project, in the shapes of the admin API.

export const environments = [
  { name: 'development', type: 'development', sortOrder: 2, enabled: true },
  { name: 'production', type: 'production', sortOrder: 3, enabled: true },
];

const base = { project: 'default', favorite: false, archivedAt: null, impressionData: false, stale: false };
const inBoth = (development: boolean, production: boolean, seen: string | null = null) => [
  { name: 'development', enabled: development, type: 'development', sortOrder: 2, lastSeenAt: null },
  { name: 'production', enabled: production, type: 'production', sortOrder: 3, lastSeenAt: seen },
];

export const features = [
  {
    ...base,
    name: 'checkout',
    type: 'release',
    description: 'The new checkout',
    createdAt: '2026-03-01T10:00:00.000Z',
    environments: inBoth(true, true, '2026-05-30T08:00:00.000Z'),
    tags: [
      { type: 'team', value: 'payments' },
      { type: 'simple', value: 'q4' },
    ],
    lifecycle: { stage: 'live', enteredStageAt: '2026-04-01T00:00:00.000Z' },
    createdBy: { id: 1, name: 'Kim' },
  },
  {
    ...base,
    name: 'button-color',
    type: 'experiment',
    createdAt: '2026-03-02T10:00:00.000Z',
    environments: inBoth(false, true),
  },
  {
    ...base,
    name: 'old-search',
    type: 'release',
    stale: true,
    createdAt: '2025-03-02T10:00:00.000Z',
    environments: inBoth(false, true),
  },
];

export const archived = [
  {
    ...base,
    name: 'gone',
    type: 'release',
    createdAt: '2025-01-01T00:00:00.000Z',
    archivedAt: '2026-01-01T00:00:00.000Z',
    environments: inBoth(false, false),
  },
];

const rollout = (id: string, percentage: string, more: object = {}) => ({
  id,
  name: 'flexibleRollout',
  parameters: { groupId: id, rollout: percentage, stickiness: 'default' },
  constraints: [] as unknown[],
  variants: [] as unknown[],
  segments: [] as number[],
  disabled: false,
  ...more,
});

const country = { contextName: 'country', operator: 'IN', values: ['NO', 'SE'], inverted: false };
const variants = [
  { name: 'blue', weight: 500, stickiness: 'userId', weightType: 'variable' },
  { name: 'red', weight: 500, payload: { type: 'string', value: '#f00' }, weightType: 'variable' },
];

const detailOf = (name: string, development: unknown[], production: unknown[], more: object = {}) => {
  const entry = features.find(each => each.name === name)!;
  const [first, second] = entry.environments;
  return {
    ...entry,
    environments: [
      { ...first!, strategies: development },
      { ...second!, strategies: production },
    ],
    dependencies: [] as unknown[],
    ...more,
  };
};

/** `GET /projects/default/features/{name}`. */
export const details: Readonly<Record<string, unknown>> = {
  checkout: detailOf(
    'checkout',
    [rollout('s1', '100')],
    [rollout('s2', '25', { constraints: [country] }), rollout('s3', '5', { segments: [7] })],
    { dependencies: [{ feature: 'old-search', enabled: true }] },
  ),
  'button-color': detailOf('button-color', [], [rollout('s4', '100', { variants })]),
  'old-search': detailOf('old-search', [], [rollout('s5', '100')]),
};

export const segments = [{ id: 7, name: 'staff', constraints: [] }];

const event = (id: number, type: string, createdAt: string, featureName: string | null, more: object = {}) => ({
  ...{
    id,
    type,
    createdAt,
    featureName,
    createdBy: 'kim',
    project: 'default',
    environment: null,
    data: null,
    preData: null,
  },
  ...more,
});
const production = { environment: 'production' };

/** `GET /search/events`, newest first. */
export const events = [
  event(22, 'feature-tagged', '2026-05-20T00:00:00.000Z', 'checkout', { data: { type: 'simple', value: 'q4' } }),
  event(21, 'feature-strategy-add', '2026-05-12T00:00:00.000Z', 'checkout', {
    ...production,
    data: rollout('s3', '5', { segments: [7] }),
  }),
  event(20, 'feature-strategy-update', '2026-05-10T00:00:00.000Z', 'checkout', {
    ...production,
    preData: rollout('s2', '10'),
    data: rollout('s2', '25', { constraints: [country] }),
  }),
  event(19, 'feature-environment-enabled', '2026-05-01T00:00:00.000Z', 'checkout', production),
  event(18, 'feature-strategy-remove', '2026-04-20T00:00:00.000Z', 'checkout', {
    ...production,
    preData: rollout('s0', '1'),
  }),
  event(17, 'segment-updated', '2026-04-10T00:00:00.000Z', null),
  event(16, 'feature-archived', '2026-01-01T00:00:00.000Z', 'gone'),
];
