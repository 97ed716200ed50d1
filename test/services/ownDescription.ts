/**
 * Short ways to write a description of our own: the operations of a service that Flagbook uses, and no more of their fields
 * than fixtures hold. They keep the emulator honest where the vendor's description is not at hand; where it is, both are asked.
 */
import { type Description, describeInterface, type Json, type JsonObject } from './description.ts';

export interface OwnOperation {
  /** Query parameters by name; a name with `!` at its end is required. */
  readonly query?: JsonObject;
  /** Headers that must be there, in their exact form. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
  /** The content type of the body, if it is not plain JSON. */
  readonly bodyType?: string;
  /** Schemas by status; null for an answer without content. */
  readonly answers: Readonly<Record<number, Json | null>>;
}

export const text: Json = { type: 'string' };
export const integer: Json = { type: 'integer' };
export const number: Json = { type: 'number' };
export const boolean: Json = { type: 'boolean' };
export const time: Json = { type: 'string', format: 'date-time' };
export const anything: Json = {};

/** One of these texts or numbers. */
export function oneOf(...values: readonly Json[]): Json {
  return { enum: values };
}

export function list(items: Json): Json {
  return { type: 'array', items };
}

export function mapOf(values: Json): Json {
  return { type: 'object', additionalProperties: values };
}

export function orNull(schema: Json): Json {
  return { anyOf: [schema, { type: 'null' }] };
}

/** A closed object: the first are required, the others may be missing. */
export function object(required: JsonObject, optional: JsonObject = {}): Json {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

/** A description from operations such as `GET /api/v2/flags/{project}`. Errors (4xx, 5xx) may say what they like. */
export function ownDescription(name: string, operations: Readonly<Record<string, OwnOperation>>): Description {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [title, operation] of Object.entries(operations)) {
    const [method, path] = title.split(' ') as [string, string];
    const holes = [...path.matchAll(/\{([^}]+)\}/g)].map(match => match[1]!);
    paths[path] ??= {};
    paths[path][method.toLowerCase()] = {
      parameters: [
        ...holes.map(hole => ({ in: 'path', name: hole, required: true, schema: text })),
        ...Object.entries(operation.query ?? {}).map(([query, schema]) => ({
          in: 'query',
          name: query.replace(/!$/, ''),
          required: query.endsWith('!'),
          schema,
        })),
        ...Object.entries(operation.headers ?? {}).map(([header, value]) => ({
          in: 'header',
          name: header,
          required: true,
          schema: { const: value },
        })),
      ],
      ...(operation.body === undefined
        ? {}
        : {
            requestBody: {
              required: true,
              content: { [operation.bodyType ?? 'application/json']: { schema: operation.body } },
            },
          }),
      responses: Object.fromEntries(
        Object.entries(operation.answers).map(([status, schema]) => [
          status,
          (schema === null ? {} : { content: { 'application/json': { schema } } }) as Json,
        ]),
      ),
    };
  }
  return describeInterface({ openapi: '3.1.0', info: { title: name, version: '(ours)' }, paths });
}
