/** Formats whose rules are told by their decoders alone: what stands where in them, and what their fields say. */
import type { FlagLanguage } from '../../../core/flags/flagLanguage.ts';
import type { FormatLanguage } from './formatLanguage.ts';

/** Flagsmith's environment document, after the engine's models. */
export const flagsmithLanguage = language('flagsmith', {
  flags: [{ at: 'feature_states/[]', key: 'feature/name' }],
  names: [
    { at: 'project/segments/[]/id', part: 'value', role: 'segment', label: 'name' },
    ...['project/segments/[]', 'identity_overrides/[]'].flatMap(at =>
      ['feature_states', 'identity_features'].map(list => ({
        at: `${at}/${list}/[]/feature/name`,
        part: 'value' as const,
        role: 'flag-mention' as const,
      })),
    ),
  ],
  fields: [
    {
      at: '@',
      fields: {
        feature: 'The feature: its name is the key.',
        enabled: 'Whether it is on.',
        feature_state_value: 'The value it has besides.',
        multivariate_feature_state_values: 'Values and their shares.',
        updated_at: 'When it was changed.',
      },
    },
    { at: '@/multivariate_feature_state_values/[]', fields: { percentage_allocation: 'The share, 0 to 100.' } },
  ],
  values: [{ at: '@/enabled', values: { true: 'on', false: 'off' }, bare: true }],
});

/** Statsig's bootstrap values, after its SDKs' evaluation. */
export const statsigLanguage = language('statsig', {
  flags: ['feature_gates', 'dynamic_configs'].flatMap(at => [{ at: `${at}/[]`, key: 'name' }, { at: `${at}/{}` }]),
  names: [],
  fields: [
    {
      at: '@',
      fields: {
        name: 'The key.',
        type: 'feature_gate or dynamic_config.',
        enabled: 'Whether the rules decide.',
        defaultValue: 'What everyone gets whom no rule concerns.',
        rules: 'Asked in order; who meets one goes on to no other.',
        salt: 'Text that makes it divide users in its own way.',
        idType: 'What divides users.',
        entity: 'What it is: feature_gate, experiment, dynamic_config.',
      },
    },
    {
      at: '@/rules/[]',
      fields: {
        name: 'What the rule is called.',
        passPercentage: 'The share of those it concerns, 0 to 100; the others get the default.',
        conditions: 'All of them must hold.',
        returnValue: 'What they get.',
        idType: 'What divides users.',
      },
    },
  ],
  values: [{ at: '@/enabled', values: { true: 'the rules decide', false: 'the default is served' }, bare: true }],
});

/** Optimizely's datafile, after its SDKs' decision service. Audiences are its segments. */
export const optimizelyLanguage = language('optimizely', {
  flags: [{ at: 'featureFlags/[]', key: 'key' }],
  names: [
    ...['audiences/[]/id', 'typedAudiences/[]/id'].map(at => ({
      at,
      part: 'value' as const,
      role: 'segment' as const,
      label: 'name',
    })),
    ...['experiments/[]', 'rollouts/[]/experiments/[]', 'groups/[]/experiments/[]'].map(at => ({
      at: `${at}/audienceIds/[]`,
      part: 'value' as const,
      role: 'segment-reference' as const,
    })),
  ],
  fields: [
    {
      at: '@',
      fields: {
        key: 'The key.',
        experimentIds: 'Experiments, asked first.',
        rolloutId: 'The rollout that is asked next.',
        variables: 'Values that code may ask for.',
      },
    },
  ],
  values: [],
});

/** Flipper's export. */
export const flipperLanguage = language('flipper', {
  flags: [{ at: 'features/{}' }],
  names: [],
  fields: [
    {
      at: '@',
      fields: {
        boolean: 'On for everyone.',
        groups: 'On for these groups.',
        actors: 'On for these, one by one.',
        percentage_of_actors: 'On for a share, 0 to 100.',
        percentage_of_time: 'On for a share of the questions, by chance.',
        expression: 'On for whom it holds.',
      },
    },
  ],
  values: [],
});

const FILTERS = {
  'Microsoft.Percentage': 'a share, by chance',
  'Microsoft.TimeWindow': 'from one time to another',
  'Microsoft.Targeting': 'users, groups and a share',
  AlwaysOn: 'everyone',
};

/** Microsoft.FeatureManagement's sections of `appsettings*.json`, both schemas. */
export const dotnetLanguage = language('dotnet', {
  flags: [
    { at: 'FeatureManagement/{}' },
    { at: 'feature_management/feature_flags/[]', key: 'id' },
    { at: 'FeatureManagement/feature_flags/[]', key: 'id' },
  ],
  names: [
    { at: '@/variants/[]/name', part: 'value', role: 'variation' },
    ...[
      'default_when_enabled',
      'default_when_disabled',
      'percentile/[]/variant',
      'user/[]/variant',
      'group/[]/variant',
    ].map(at => ({
      at: `@/allocation/${at}`,
      part: 'value' as const,
      role: 'variation-reference' as const,
    })),
  ],
  fields: [
    {
      at: '@',
      fields: {
        EnabledFor: 'Filters that let users through.',
        RequirementType: 'Whether any filter or all must let them through.',
        id: 'The key.',
        description: 'What it is for.',
        enabled: 'Whether the filters decide.',
        conditions: 'Filters and how they are joined.',
        variants: 'Values that code may ask for.',
        allocation: 'Who gets which variant.',
      },
    },
    { at: '@/EnabledFor/[]', fields: { Name: 'Which filter.', Parameters: 'What it needs.' } },
    {
      at: '@/EnabledFor/[]/Parameters',
      fields: {
        Value: 'Percentage: 0 to 100.',
        Start: 'TimeWindow: from when.',
        End: 'TimeWindow: until when.',
        Audience: 'Targeting: who.',
      },
    },
    {
      at: '@/conditions',
      fields: { requirement_type: 'Any or All.', client_filters: 'Filters that let users through.' },
    },
    { at: '@/conditions/client_filters/[]', fields: { name: 'Which filter.', parameters: 'What it needs.' } },
  ],
  values: [
    ...['@/EnabledFor/[]/Name', '@/conditions/client_filters/[]/name'].map(at => ({ at, values: FILTERS })),
    ...['@/RequirementType', '@/conditions/requirement_type'].map(at => ({
      at,
      values: { Any: 'one filter is enough', All: 'every filter counts' },
    })),
  ],
});

/** GitLab's own feature flag definitions, one file a flag. */
export const gitlabLanguage = language('gitlab', {
  flags: [{ at: '', key: 'name' }],
  names: [],
  fields: [
    {
      at: '@',
      fields: {
        name: 'The key; the file has the same name.',
        description: 'What it is for.',
        feature_issue_url: 'The issue of the feature.',
        introduced_by_url: 'The merge request that introduced it.',
        rollout_issue_url: 'The issue that tells how it is rolled out.',
        milestone: 'The milestone that introduced it.',
        group: 'The group that looks after it.',
        type: 'What the flag is for.',
        default_enabled: 'What an installation has that nobody changed.',
        intended_to_rollout_by: 'When it is due to be rolled out.',
      },
    },
  ],
  values: [
    {
      at: '@/type',
      values: {
        gitlab_com_derisk: 'short-lived, for GitLab.com',
        wip: 'not finished',
        beta: 'ready to be tried',
        ops: 'operational',
        experiment: 'an experiment',
        worker: 'a background worker',
        development: 'short-lived',
      },
    },
    { at: '@/default_enabled', values: { true: 'on', false: 'off' }, bare: true },
  ],
  key: { pattern: '[a-z0-9_]+', words: 'small letters, digits and "_"' },
});

/** Kubernetes' list of feature gates. */
export const kubernetesLanguage = language('kubernetes', {
  flags: [{ at: '[]', key: 'name' }],
  names: [],
  fields: [
    { at: '@', fields: { name: 'The gate.', versionedSpecs: 'What holds from which version on.' } },
    {
      at: '@/versionedSpecs/[]',
      fields: {
        default: 'Whether it is on unless somebody says otherwise.',
        lockToDefault: 'Whether nobody can say otherwise.',
        preRelease: 'Alpha, Beta, GA or Deprecated.',
        version: 'From which version on.',
      },
    },
  ],
  values: [
    {
      at: '@/versionedSpecs/[]/preRelease',
      values: { Alpha: 'off by default', Beta: 'mostly on', GA: 'here to stay', Deprecated: 'about to go' },
    },
    ...['default', 'lockToDefault'].map(field => ({
      at: `@/versionedSpecs/[]/${field}`,
      values: { true: '', false: '' },
      bare: true as const,
    })),
  ],
  key: { pattern: '[A-Za-z][A-Za-z0-9]*', words: 'letters and digits' },
});

/** Chromium's flag metadata. */
export const chromiumLanguage = language('chromium', {
  flags: [{ at: '[]', key: 'name' }],
  names: [],
  fields: [
    {
      at: '@',
      fields: {
        name: 'The name in chrome://flags.',
        owners: 'Who looks after it.',
        expiry_milestone: 'The milestone behind which it is gone; -1 for never.',
      },
    },
  ],
  values: [],
});

/** Split's localhost files in YAML. */
export const splitLanguage = language('split', {
  flags: [{ at: '[]/{}' }],
  names: [],
  fields: [
    {
      at: '@',
      fields: {
        treatment: 'What is served.',
        keys: 'To whom; everyone else when left out.',
        config: 'A value that comes with it, as a text.',
      },
    },
  ],
  values: [],
});

function language(system: string, description: FlagLanguage): FormatLanguage {
  return { system, description, readRules: null };
}
