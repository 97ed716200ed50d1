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

const rollout = (featureName: string, percentage: string, more: object = {}) => ({
  name: 'flexibleRollout',
  featureName,
  parameters: { groupId: featureName, rollout: percentage, stickiness: 'default' },
  constraints: [],
  variants: [],
  segments: [],
  disabled: false,
  ...more,
});

/** What `features-batch/export` gives for one environment. */
export function exported(environment: string) {
  const isProduction = environment === 'production';
  const country = { contextName: 'country', operator: 'IN', values: ['NO', 'SE'], inverted: false };
  const variants = [
    { name: 'blue', weight: 500, stickiness: 'userId', weightType: 'variable' },
    { name: 'red', weight: 500, payload: { type: 'string', value: '#f00' }, weightType: 'variable' },
  ];
  return {
    features: features.map(({ name }) => ({ name })),
    featureStrategies: isProduction
      ? [
          rollout('checkout', '25', { constraints: [country] }),
          rollout('button-color', '100', { variants }),
          rollout('old-search', '100'),
        ]
      : [rollout('checkout', '100')],
    featureEnvironments: features.map(({ name, environments: all }) => ({
      featureName: name,
      name,
      environment,
      enabled: all.find(each => each.name === environment)!.enabled,
      variants: [],
    })),
    segments: [],
    dependencies: [{ feature: 'checkout', dependencies: [{ feature: 'old-search', enabled: true }] }],
  };
}
