/** ConfigCat's management API as far as Flagbook uses it: what it answers, and a description of ours. */
import type { Answer, Description, Json, JsonObject } from './description.ts';
import { pathValues, type Service } from './emulator.ts';
import {
  anything,
  boolean,
  integer,
  list,
  object,
  oneOf,
  orNull,
  ownDescription,
  text,
  time,
} from './ownDescription.ts';
import { publishedDescription } from './published.ts';

const settingType = oneOf('boolean', 'string', 'int', 'double');
const setting = object(
  { settingId: integer, key: text, name: text, settingType },
  { hint: orNull(text), createdAt: orNull(time), creatorEmail: orNull(text), creatorFullName: orNull(text) },
);
const common = {
  setting,
  updatedAt: orNull(time),
  lastUpdaterUserEmail: orNull(text),
  lastUpdaterUserFullName: orNull(text),
  settingTags: list(object({ name: text })),
};
const value = object(
  {},
  {
    boolValue: orNull(boolean),
    stringValue: orNull(text),
    intValue: orNull(integer),
    doubleValue: orNull({ type: 'number' }),
  },
);
const condition = object(
  {},
  {
    userCondition: orNull(
      object({
        comparisonAttribute: text,
        comparator: text,
        comparisonValue: object(
          {},
          {
            stringValue: orNull(text),
            doubleValue: orNull({ type: 'number' }),
            listValue: orNull(list(object({ value: text }))),
          },
        ),
      }),
    ),
    segmentCondition: orNull(object({ segmentId: text, comparator: oneOf('isIn', 'isNotIn') })),
    prerequisiteFlagCondition: orNull(
      object({ prerequisiteSettingId: integer, comparator: text, prerequisiteComparisonValue: value }),
    ),
  },
);
const formula = object({
  ...common,
  lastVersionId: text,
  defaultValue: value,
  percentageEvaluationAttribute: orNull(text),
  targetingRules: list(
    object(
      { conditions: list(condition), percentageOptions: list(object({ percentage: integer, value })) },
      { value: orNull(value) },
    ),
  ),
});
const oldValue = object({
  ...common,
  value: anything,
  rolloutRules: list(
    object(
      { value: anything },
      {
        comparisonAttribute: text,
        comparator: text,
        comparisonValue: text,
        segmentId: orNull(text),
        segmentComparator: text,
      },
    ),
  ),
  rolloutPercentageItems: list(object({ percentage: integer, value: anything })),
});
const values = '/configs/{config}/environments/{environment}/values';
const entry = object({
  auditLogId: integer,
  auditLogDateTime: time,
  auditLogTypeEnum: text,
  changeSetId: orNull(text),
  truncated: boolean,
  auditLogType: orNull(text),
  userEmail: orNull(text),
  userName: orNull(text),
  where: orNull(text),
  why: orNull(text),
  actionTarget: orNull(text),
  details: orNull(text),
});
const patch = list(object({ op: oneOf('replace'), path: text, value: boolean }));

const ours = ownDescription('ConfigCat', {
  'GET /v1/products/{product}/configs': {
    answers: {
      200: list(object({ configId: text, name: text, order: integer }, { evaluationVersion: oneOf('v1', 'v2') })),
    },
  },
  'GET /v1/products/{product}/environments': {
    answers: { 200: list(object({ environmentId: text, name: text, order: integer })) },
  },
  'GET /v1/products/{product}/segments': { answers: { 200: list(object({ segmentId: text, name: text })) } },
  'GET /v1/products/{product}/auditlogs': { answers: { 200: list(entry) } },
  [`GET /v1${values}`]: { answers: { 200: object({ readOnly: boolean, settingValues: list(oldValue) }) } },
  [`GET /v2${values}`]: { answers: { 200: object({ readOnly: boolean, settingFormulas: list(formula) }) } },
  'PATCH /v1/environments/{environment}/settings/{setting}/value': { body: patch, answers: { 200: anything } },
  'PATCH /v2/environments/{environment}/settings/{setting}/value': { body: patch, answers: { 200: anything } },
  'POST /v1/configs/{config}/settings': {
    body: object({ key: text, name: text, hint: text, settingType }),
    answers: { 201: object({ settingId: integer, key: text }) },
  },
});

// A description of 2022: it has nothing of version 2, and takes a patch for an object where its own client sends a list.
const published = publishedDescription('configcat.json', {
  '/components/schemas/ConfigModel/properties': {
    configId: text,
    name: text,
    description: text,
    order: integer,
    product: {},
    evaluationVersion: text,
  },
  '/components/schemas/JsonPatch': {},
});
export const configcatDescriptions: readonly Description[] = published === null ? [ours] : [ours, onlyKnown(published)];

function onlyKnown(description: Description): Description {
  const isNew = (path: string) => path.startsWith('/v2/');
  return {
    ...description,
    requestFaults: request => (isNew(request.path) ? [] : description.requestFaults(request)),
    answerFaults: (request, answer) => (isNew(request.path) ? [] : description.answerFaults(request, answer)),
  };
}

const id = (at: number) => `08d5a03c-feb7-af1e-a1fa-40b3329f8b${at}`;
export const [CONFIG, OLD_CONFIG, PRODUCTION, TEST, STAFF, PRODUCT] = [
  id(10),
  id(11),
  id(12),
  id(13),
  id(14),
  id(15),
] as const;

export function settingOf(settingId: number, key: string, type: string, more: JsonObject): JsonObject {
  return {
    setting: {
      settingId,
      key,
      name: key,
      hint: 'One page',
      settingType: type,
      createdAt: '2025-11-03T08:00:00Z',
      creatorEmail: 'ada@example.com',
      creatorFullName: 'Ada Berg',
    },
    updatedAt: '2026-02-10T08:00:00Z',
    lastUpdaterUserEmail: 'bo@example.com',
    lastUpdaterUserFullName: 'Bo Lund',
    settingTags: [{ name: 'payments' }],
    ...more,
  };
}

/** An entry of the log with what each has. */
export function entryOf(auditLogTypeEnum: string, actionTarget: string, more: JsonObject = {}): JsonObject {
  return {
    auditLogId: 1,
    auditLogDateTime: '2026-02-10T08:00:00Z',
    auditLogTypeEnum,
    changeSetId: null,
    truncated: false,
    auditLogType: auditLogTypeEnum,
    userEmail: 'bo@example.com',
    userName: 'Bo Lund',
    where: 'Main / Production',
    why: null,
    actionTarget,
    details: null,
    ...more,
  };
}

/** Values by config and environment: `${config} ${environment}`. */
export function configcat(
  configs: readonly JsonObject[],
  given: Readonly<Record<string, readonly Json[]>>,
  log: readonly Json[] = [],
): Service {
  return ({ path }): Answer | null => {
    const ok = (body: Json): Answer => ({ status: 200, body });
    if (path === `/v1/products/${PRODUCT}/configs`) return ok(configs);
    if (path === `/v1/products/${PRODUCT}/environments`) {
      return ok([
        { environmentId: PRODUCTION, name: 'Production', order: 0 },
        { environmentId: TEST, name: 'Test', order: 1 },
      ]);
    }
    if (path === `/v1/products/${PRODUCT}/segments`) return ok([{ segmentId: STAFF, name: 'Staff' }]);
    if (path === `/v1/products/${PRODUCT}/auditlogs`) return ok(log);
    const [, version = ''] = /^\/(v[12])\//.exec(path) ?? [];
    const asked = pathValues(`/${version}${values}`, path);
    if (asked !== null) {
      const list = given[`${asked.config} ${asked.environment}`] ?? [];
      return ok({ readOnly: false, [version === 'v2' ? 'settingFormulas' : 'settingValues']: list });
    }
    if (pathValues('/v1/configs/{config}/settings', path) !== null)
      return { status: 201, body: { settingId: 9, key: 'brand-new' } };
    return pathValues(`/${version}/environments/{environment}/settings/{setting}/value`, path) === null ? null : ok({});
  };
}
