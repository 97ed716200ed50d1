/** The fields of a free `metadata` that Flagbook reads (`../metadata.ts`), for the formats that have one. */
import type { FieldsAt, ValuesAt } from '../../../core/flags/files/flagLanguage.ts';

export const METADATA_FIELDS: FieldsAt = {
  at: '@/metadata',
  fields: {
    owner: 'Who looks after the flag.',
    type: 'release, experiment, operational, kill-switch or permission.',
    description: 'What the flag is for.',
    tags: 'Words to find it by, separated by commas.',
    created: 'The day it was created, such as 2026-03-02.',
    expires: 'The day after which it should be gone.',
    lifetime: 'How long it may live, such as 90d.',
    url: 'A page about the flag.',
  },
};

export const TYPE_VALUES: ValuesAt = {
  at: '@/metadata/type',
  values: {
    release: 'gone when everyone has it',
    experiment: 'gone when it is decided',
    operational: 'short-lived, by operations',
    'kill-switch': 'permanent',
    permission: 'permanent',
  },
};
