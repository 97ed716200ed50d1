import assert from 'node:assert/strict';
import { describeInterface, type Json } from '../../services/description.ts';
import { type Emulator, page, pathValues, type Service, startEmulator } from '../../services/emulator.ts';
import { boolean, integer, list, object, ownDescription, text } from '../../services/ownDescription.ts';

const description = ownDescription('Shop', {
  'GET /flags': {
    query: { 'project!': text, limit: integer, offset: integer },
    headers: { 'X-Version': '2' },
    answers: { 200: object({ items: list(object({ key: text }, { on: boolean })) }) },
  },
  'PATCH /flags/{key}': {
    body: object({ on: boolean }),
    bodyType: 'application/json',
    answers: { 200: object({ key: text, on: boolean }), 204: null },
  },
});

describe('the emulator of flag services', () => {
  let emulator: Emulator;
  let service: Service = () => null;
  const headers = { 'X-Version': '2' };

  before(async () => {
    emulator = await startEmulator(request => service(request), [description]);
  });
  after(() => emulator.close());

  const ask = async (path: string, init: RequestInit = { headers }): Promise<{ status: number; faults: string }> => {
    const before = emulator.faults.length;
    const response = await fetch(`${emulator.url}${path}`, init);
    await response.text();
    return { status: response.status, faults: emulator.faults.slice(before).join('\n') };
  };

  it('answers what fits its description', async () => {
    service = request => ({
      status: 200,
      body: { items: page<Json>([{ key: 'a' }, { key: 'b', on: true }], request, 20) },
    });
    assert.deepEqual(await ask('/flags?project=shop&limit=1&offset=1'), { status: 200, faults: '' });
  });

  const wrongRequests: readonly [string, string, RequestInit, RegExp][] = [
    ['a path', '/flogs?project=shop', { headers }, /no path \/flogs/],
    ['a method', '/flags?project=shop', { headers, method: 'DELETE' }, /has no DELETE/],
    ['a query that is not described', '/flags?project=shop&page=2', { headers }, /query page is not described/],
    ['a query that is missing', '/flags', { headers }, /query project is missing/],
    ['a query of another type', '/flags?project=shop&limit=many', { headers }, /query limit: it must be integer/],
    ['a header', '/flags?project=shop', {}, /header X-Version is missing/],
    [
      'a header of another value',
      '/flags?project=shop',
      { headers: { ...headers, 'X-Version': '1' } },
      /header X-Version: it must be equal/,
    ],
    ['a body that is missing', '/flags/a', { headers, method: 'PATCH' }, /the body is missing/],
    [
      'a field of a body',
      '/flags/a',
      {
        headers: { ...headers, 'content-type': 'application/json' },
        method: 'PATCH',
        body: '{"on":true,"off":false}',
      },
      /body: it must NOT have additional properties "off"/,
    ],
    [
      'a content type',
      '/flags/a',
      { headers: { ...headers, 'content-type': 'text/plain' }, method: 'PATCH', body: '{"on":true}' },
      /content-type text\/plain is not described/,
    ],
  ];
  for (const [what, path, init, fault] of wrongRequests) {
    it(`refuses ${what} that is wrong`, async () => {
      service = () => assert.fail('a wrong request must not be answered');
      const { status, faults } = await ask(path, init);
      assert.equal(status, 422);
      assert.match(faults, fault);
    });
  }

  const wrongAnswers: readonly [string, unknown, RegExp][] = [
    ['a field too many', { items: [{ key: 'a', name: 'A' }] }, /items\/0 must NOT have additional properties "name"/],
    ['a field too few', { items: [{ on: true }] }, /must have required property 'key'/],
    ['another type', { items: [{ key: 1 }] }, /key must be string/],
    ['nothing', undefined, /the answer needs content/],
  ];
  for (const [what, body, fault] of wrongAnswers) {
    it(`never answers with ${what}`, async () => {
      service = () => ({ status: 200, body: body as never });
      const { status, faults } = await ask('/flags?project=shop');
      assert.equal(status, 500);
      assert.match(faults, fault);
    });
  }

  it('never answers with a status that is not described', async () => {
    service = () => ({ status: 201, body: { items: [] } });
    assert.match((await ask('/flags?project=shop')).faults, /no answer 201 is described/);
  });

  it('finds the values of a path', () => {
    assert.deepEqual(pathValues('/a/{x}/b', '/a/1%2F2/b'), { x: '1/2' });
    assert.equal(pathValues('/a/{x}/b', '/a/1/c'), null);
  });
});

describe('a published description', () => {
  const request = (body: unknown) => ({
    method: 'POST',
    path: '/flags',
    query: new URLSearchParams(),
    headers: { 'content-type': 'application/json' },
    body: body as never,
  });
  const answering = (schema: unknown, version = '3.0.3') =>
    describeInterface({
      openapi: version,
      info: { title: 'X', version: '1' },
      components: {
        schemas: {
          Base: { type: 'object', properties: { id: { type: 'integer', readOnly: true } }, required: ['id'] },
          Tree: { type: 'object', properties: { child: { $ref: '#/components/schemas/Tree' } } },
        },
      },
      paths: {
        '/flags': {
          post: {
            requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Base' } } } },
            responses: { 200: { content: { 'application/json': { schema } } } },
          },
        },
      },
    });
  const both = {
    allOf: [
      { $ref: '#/components/schemas/Base' },
      { type: 'object', properties: { name: { type: 'string', nullable: true } }, additionalProperties: false },
    ],
  };

  it('closes objects that are put together', () => {
    const faults = (body: unknown) =>
      answering(both)
        .answerFaults(request({}), { status: 200, body: body as never })
        .join();
    assert.equal(faults({ id: 1, name: null }), '');
    assert.match(faults({ id: 1, title: 'x' }), /unevaluated properties "title"/);
    assert.match(faults({ name: 'x' }), /required property 'id'/);
  });

  it('asks no request for a field that only answers have', () => {
    assert.deepEqual(answering(both).requestFaults(request({})), []);
    assert.match(
      answering(both)
        .requestFaults(request({ name: 'x' }))
        .join(),
      /unevaluated properties "name"/,
    );
  });

  it('reads a schema that holds itself', () => {
    const tree = answering({ $ref: '#/components/schemas/Tree' });
    assert.deepEqual(tree.answerFaults(request({}), { status: 200, body: { child: { child: {} } } }), []);
    assert.equal(tree.answerFaults(request({}), { status: 200, body: { branch: {} } }).length, 1);
  });

  it('reads Swagger 2.0', () => {
    const swagger = describeInterface({
      swagger: '2.0',
      info: { title: 'X', version: '1' },
      definitions: { Ask: { type: 'object', properties: { flags: { type: 'array', items: { type: 'string' } } } } },
      paths: {
        '/flags': {
          post: {
            parameters: [{ in: 'body', name: 'data', required: true, schema: { $ref: '#/definitions/Ask' } }],
            responses: { 200: { schema: { $ref: '#/definitions/Ask' } } },
          },
        },
      },
    });
    assert.deepEqual(swagger.requestFaults(request({ flags: ['a'] })), []);
    assert.match(swagger.requestFaults(request({ flags: [1] })).join(), /must be string/);
    assert.match(swagger.answerFaults(request({}), { status: 200, body: { flags: 1 } }).join(), /must be array/);
  });
});
