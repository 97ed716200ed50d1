/** Formats without rules: what stands where in them, and what their fields say. */
import type { FlagLanguage } from '../../../core/flags/files/flagLanguage.ts';
import type { FormatLanguage } from './formatLanguage.ts';

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

function language(system: string, description: FlagLanguage): FormatLanguage {
  return { system, description, readRules: null };
}
