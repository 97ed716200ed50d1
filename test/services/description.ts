/**
 * An HTTP interface described by an OpenAPI document (3.1, 3.0 or Swagger 2.0), and what breaks it: a request or an answer against
 * the operation it belongs to, in sentences. Schemas are checked by ajv. Objects are closed: a field that the description does
 * not have is a fault, so that no fixture of ours can invent one.
 */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface Exchange {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Undefined where there is none. */
  readonly body: Json | undefined;
}

export interface Answer {
  readonly status: number;
  /** Undefined where there is none. */
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Description {
  /** What is named in sentences, such as `LaunchDarkly REST API 2.0`. */
  readonly name: string;
  /** Paths that are described, as written there. */
  readonly paths: readonly string[];
  requestFaults(request: Exchange): readonly string[];
  answerFaults(request: Exchange, answer: Answer): readonly string[];
}

/**
 * Reads a description. `base` is cut from the paths of requests before they are looked up, for documents whose paths begin
 * below an address.
 */
export function describeInterface(document: unknown, base = ''): Description {
  const root = asObject(document as Json);
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, formats: FORMATS });
  const compiled = new Map<string, ValidateFunction>();
  const faultsOf = (identity: string, schema: Json | undefined, side: Side, value: unknown): readonly string[] => {
    if (schema === undefined) return [];
    const key = `${side} ${identity}`;
    const validate =
      compiled.get(key) ?? ajv.compile(prepared(schema, { root, side, inside: 'alone', open: [] }) as object);
    compiled.set(key, validate);
    return validate(value) ? [] : sentences(validate.errors ?? []);
  };
  const paths = asObject(root.paths);
  const find = (request: Exchange): Operation | string => {
    const path = request.path.startsWith(base) ? request.path.slice(base.length) : request.path;
    const known = Object.keys(paths).filter(template => matches(template, path));
    // A literal path goes before one with holes.
    const template = known.sort((a, b) => holes(a) - holes(b))[0];
    if (template === undefined) return `no path ${path}`;
    const item = asObject(paths[template]);
    const operation = item[request.method.toLowerCase()];
    if (operation === undefined) return `${template} has no ${request.method}`;
    const parameters = [...asArray(item.parameters), ...asArray(asObject(operation).parameters)];
    return {
      template,
      path,
      operation: asObject(operation),
      parameters: parameters.map(each => asObject(resolved(each, root))),
    };
  };
  return {
    name: `${String(asObject(root.info).title)} ${String(asObject(root.info).version)}`,
    paths: Object.keys(paths),
    requestFaults(request) {
      const found = find(request);
      if (typeof found === 'string') return [found];
      const identity = `${request.method} ${found.template}`;
      const check = (name: string, schema: Json | undefined, value: unknown) =>
        faultsOf(`${identity} ${name}`, schema, 'request', value).map(fault => `${name}: ${fault}`);
      return [...parameterFaults(found, request, check), ...bodyFaults(found, request, root, check)];
    },
    answerFaults(request, answer) {
      const found = find(request);
      if (typeof found === 'string') return [found];
      const responses = asObject(found.operation.responses);
      const response =
        responses[String(answer.status)] ?? responses[`${Math.floor(answer.status / 100)}XX`] ?? responses.default;
      if (response === undefined) return answer.status >= 400 ? [] : [`no answer ${answer.status} is described`];
      const schema = contentSchema(asObject(resolved(response, root)));
      if (schema === undefined)
        return answer.body === undefined || answer.status >= 400 ? [] : ['the answer has no content'];
      if (answer.body === undefined) return ['the answer needs content'];
      return faultsOf(`${request.method} ${found.template} ${answer.status}`, schema, 'answer', answer.body);
    },
  };
}

type Side = 'request' | 'answer';
type Check = (name: string, schema: Json | undefined, value: unknown) => readonly string[];

interface Operation {
  readonly template: string;
  readonly path: string;
  readonly operation: JsonObject;
  readonly parameters: readonly JsonObject[];
}

function parameterFaults(found: Operation, request: Exchange, check: Check): readonly string[] {
  const faults: string[] = [];
  const segments = found.path.split('/');
  for (const parameter of found.parameters) {
    const name = String(parameter.name);
    const schema = parameter.schema ?? (parameter.type === undefined ? undefined : parameter);
    if (parameter.in === 'path') {
      const at = found.template.split('/').indexOf(`{${name}}`);
      if (at >= 0)
        faults.push(...check(`path ${name}`, schema, coerced(decodeURIComponent(segments[at] ?? ''), schema)));
    }
    if (parameter.in === 'header') {
      const value = request.headers[name.toLowerCase()];
      if (value === undefined && parameter.required === true) faults.push(`header ${name} is missing`);
      if (value !== undefined) faults.push(...check(`header ${name}`, schema, coerced(value, schema)));
    }
    if (parameter.in === 'query') {
      const values = request.query.getAll(name);
      if (values.length === 0 && parameter.required === true) faults.push(`query ${name} is missing`);
      for (const value of values) faults.push(...check(`query ${name}`, schema, coerced(value, schema)));
    }
  }
  const known = new Set(found.parameters.filter(each => each.in === 'query').map(each => String(each.name)));
  for (const name of new Set(request.query.keys())) if (!known.has(name)) faults.push(`query ${name} is not described`);
  return faults;
}

function bodyFaults(found: Operation, request: Exchange, root: JsonObject, check: Check): readonly string[] {
  const swagger = found.parameters.find(each => each.in === 'body');
  const described = found.operation.requestBody;
  if (swagger === undefined && described === undefined)
    return request.body === undefined ? [] : ['a body is not described'];
  const body = swagger ?? asObject(resolved(described!, root));
  if (request.body === undefined) return body.required === true ? ['the body is missing'] : [];
  const content = asObject(body.content);
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim();
  if (swagger === undefined && !Object.keys(content).some(each => each.split(';')[0] === type || each === '*/*')) {
    return [`content-type ${type === '' ? 'is missing' : `${type} is not described`}`];
  }
  return check('body', swagger === undefined ? contentSchema(body, type) : swagger.schema, request.body);
}

function contentSchema(holder: JsonObject, wanted = 'application/json'): Json | undefined {
  if (holder.schema !== undefined) return holder.schema;
  const content = asObject(holder.content);
  const name = Object.keys(content).find(each => each.split(';')[0] === wanted) ?? Object.keys(content)[0];
  return name === undefined ? undefined : asObject(content[name]).schema;
}

/** A text of a query or a path as the type that its schema asks for. */
function coerced(text: string, schema: Json | undefined): unknown {
  const types = typesOf(schema);
  if ((types.includes('integer') || types.includes('number')) && text !== '' && !Number.isNaN(Number(text)))
    return Number(text);
  if (types.includes('boolean') && /^(true|false|0|1)$/.test(text)) return text === 'true' || text === '1';
  return types.includes('array') ? [text] : text;
}

function typesOf(schema: Json | undefined): readonly string[] {
  const { type } = asObject(schema);
  return typeof type === 'string' ? [type] : asArray(type).map(String);
}

function matches(template: string, path: string): boolean {
  const wanted = template.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((each, at) => (/^\{.*\}$/.test(each) ? given[at] !== '' : each === given[at]))
  );
}

function holes(template: string): number {
  return template.split('{').length;
}

interface Preparing {
  readonly root: JsonObject;
  readonly side: Side;
  /** Schemas inside `allOf` and its like are closed together, by the one around them. */
  readonly inside: 'alone' | 'together';
  /** References that are being resolved: a schema that holds itself is not followed further. */
  readonly open: readonly string[];
}

/** One schema in the dialect of JSON Schema 2020-12, references resolved and objects closed. */
function prepared(schema: Json, state: Preparing): Json {
  if (typeof schema === 'boolean') return schema;
  const plain = asObject(schema);
  if (typeof plain.$ref === 'string') {
    if (state.open.includes(plain.$ref)) return true;
    return prepared(resolved(plain, state.root), { ...state, open: [...state.open, plain.$ref] });
  }
  const result: Record<string, Json> = {};
  const alone = { ...state, inside: 'alone' } as const;
  const together = { ...state, inside: 'together' } as const;
  for (const [key, value] of Object.entries(plain)) {
    if (key === 'properties' || key === 'patternProperties') {
      result[key] = Object.fromEntries(
        Object.entries(asObject(value)).map(([name, each]) => [name, prepared(each, alone)]),
      );
    } else if (key === 'items' || key === 'additionalProperties') {
      result[key] = typeof value === 'boolean' ? value : prepared(value, alone);
    } else if (key === 'allOf' || key === 'oneOf' || key === 'anyOf') {
      // Several of them may fit once objects are closed from outside only: one is enough.
      result[key === 'oneOf' ? 'anyOf' : key] = asArray(value).map(each => prepared(each, together));
    } else if (VALIDATING.has(key)) result[key] = value;
  }
  if (plain.nullable === true && result.type !== undefined) result.type = [...typesOf(plain), 'null'];
  if (plain.nullable === true && Array.isArray(result.enum)) result.enum = [...result.enum, null];
  const hidden = state.side === 'request' ? 'readOnly' : 'writeOnly';
  if (result.required !== undefined) {
    const properties = asObject(plain.properties);
    const kept = asArray(result.required).filter(
      name => asObject(resolved(properties[String(name)] ?? {}, state.root))[hidden] !== true,
    );
    result.required = kept;
  }
  const shaped = result.properties !== undefined || result.allOf !== undefined || result.anyOf !== undefined;
  if (result.additionalProperties === false && state.inside === 'together') delete result.additionalProperties;
  if (shaped && state.inside === 'alone' && result.additionalProperties === undefined) {
    result.unevaluatedProperties = false;
    delete result.additionalProperties;
  }
  return plain.nullable === true && result.type === undefined ? { anyOf: [result, { type: 'null' }] } : result;
}

const VALIDATING = new Set([
  'type',
  'enum',
  'const',
  'required',
  'format',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'multipleOf',
  'not',
]); // prettier-ignore

const FORMATS: Readonly<Record<string, RegExp | true>> = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  uuid: /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i,
  uri: /^[a-z][a-z\d+.-]*:\S+$/i,
  email: /^[^@\s]+@[^@\s]+$/,
};

function resolved(schema: Json, root: JsonObject): Json {
  let current = schema;
  for (let hop = 0; hop < 20; hop++) {
    const reference = asObject(current).$ref;
    if (typeof reference !== 'string') return current;
    const steps = reference
      .replace(/^#\//, '')
      .split('/')
      .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    current = steps.reduce<Json>((value, step) => asObject(value)[decodeURIComponent(step)] ?? {}, root);
  }
  return {};
}

function sentences(errors: readonly ErrorObject[]): readonly string[] {
  return errors.slice(0, 8).map(error => {
    const detail = Object.values(error.params as Record<string, unknown>)
      .map(value => JSON.stringify(value))
      .join(' ');
    return `${error.instancePath === '' ? 'it' : error.instancePath} ${error.message ?? 'is wrong'} ${detail}`.slice(
      0,
      200,
    );
  });
}

function asObject(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function asArray(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
