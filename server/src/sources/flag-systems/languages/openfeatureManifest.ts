/** OpenFeature's flag manifest as a language (open-feature/cli, `schema/v0/flag-manifest.json`). It has no rules. */
import type { FormatLanguage } from './formatLanguage.ts';

export const openfeatureManifestLanguage: FormatLanguage = {
  system: 'openfeature-manifest',
  description: {
    flags: [{ at: 'flags/{}' }],
    names: [],
    fields: [
      { at: '', fields: { flags: 'The flags, by key.', $schema: "Where the manifest's schema is published." } },
      {
        at: '@',
        fields: {
          flagType: 'The type that generated code asks for.',
          defaultValue: 'The fallback that generated code passes.',
          description: 'What the flag is for; it becomes the documentation of generated code.',
        },
      },
    ],
    values: [
      {
        at: '@/flagType',
        values: {
          boolean: 'true or false',
          string: 'a text',
          integer: 'a whole number',
          float: 'a number',
          object: 'a JSON object',
        },
      },
    ],
  },
  readRules: null,
};
