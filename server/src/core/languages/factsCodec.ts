/**
 * Facts as bytes, for keeping them on a disk and for sending them between threads: small, read at several times the speed of
 * JSON, and equal to what was written down to which expressions are one and the same object. Any plain data can be written,
 * so that a fact that gets another field needs no word here. Where bytes are kept, and whether they can be trusted, is not
 * decided here: reading bytes that were not written here throws or gives nonsense.
 */
import { createShapes, type ShapeOf } from './codecShapes.ts';
import type { FileFacts } from './facts.ts';
import { FILE_SCOPE } from './language.ts';

/** The facts as bytes. */
export function encodeFacts(facts: FileFacts): Uint8Array {
  return encode(facts, null);
}

/** The facts as bytes that leave out where anything stands, and apart from them the places: starts and ends in turn, UTF-16. */
export function encodeApart(facts: FileFacts): { readonly bytes: Uint8Array; readonly places: readonly number[] } {
  const places: number[] = [];
  return { bytes: encode(facts, places), places };
}

function encode(facts: FileFacts, places: number[] | null): Uint8Array {
  const shapes: (readonly string[])[] = [];
  const writing: Writing = {
    places,
    bytes: new Uint8Array(16 * 1024),
    length: 0,
    texts: new Map(),
    shapes,
    shapeOf: createShapes(shapes),
    numbers: new Map(),
    position: 0,
  };
  writeValue(facts, writing);
  const head = new TextEncoder().encode(JSON.stringify([[...writing.texts.keys()], writing.shapes]));
  const all = new Uint8Array(4 + head.length + writing.length);
  new DataView(all.buffer).setUint32(0, head.length);
  all.set(head, 4);
  all.set(writing.bytes.subarray(0, writing.length), 4 + head.length);
  return all;
}

/** The facts that these bytes were made of. */
export function decodeFacts(bytes: Uint8Array): FileFacts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 4 + view.getUint32(0);
  const [texts, shapes] = JSON.parse(UTF_8.decode(bytes.subarray(4, start))) as [string[], string[][]];
  const readers = shapes.map(readerOf);
  return readValue({ bytes, at: start, texts, readers, objects: [], position: 0 }) as FileFacts;
}

/** Making a decoder costs more than most facts do. It holds nothing from one text to the next. */
const UTF_8 = new TextDecoder();

/** What stands before a value. Numbers from `FIRST_SHAPE` on are objects with the keys of that shape. */
const NULL = 0;
const UNDEFINED = 1;
const TRUE = 2;
const FALSE = 3;
const TEXT = 4;
const WHOLE_NUMBER = 5;
const OTHER_NUMBER = 6;
const LIST = 7;
const SPAN = 8;
const FILE = 9;
/** An object that was read before, by how many were read to their end before it. */
const KNOWN = 10;
const FIRST_SHAPE = 11;

interface Writing {
  /** Where places are kept apart; null where they stand among the bytes. */
  readonly places: number[] | null;
  bytes: Uint8Array;
  length: number;
  readonly texts: Map<string, number>;
  /** The keys of each shape. */
  readonly shapes: readonly (readonly string[])[];
  /** The number of the shape with these keys. */
  readonly shapeOf: ShapeOf;
  /** The objects that were written to their end, in that order. */
  readonly numbers: Map<object, number>;
  /** Where the last span started: the next one is near. */
  position: number;
}

/** Every call of it writes one value, and all that is below it. */
function writeValue(value: unknown, writing: Writing): void {
  if (value === null) writeNumber(NULL, writing);
  else if (value === undefined) writeNumber(UNDEFINED, writing);
  else if (typeof value === 'boolean') writeNumber(value ? TRUE : FALSE, writing);
  else if (typeof value === 'string') {
    writeNumber(TEXT, writing);
    writeNumber(numberOf(value, writing.texts), writing);
  } else if (typeof value === 'number') writeAnyNumber(value, writing);
  else if (typeof value === 'object') writeObject(value, writing);
  else throw new TypeError(`facts hold no ${typeof value}`);
}

function writeAnyNumber(value: number, writing: Writing): void {
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 31 && !Object.is(value, -0)) {
    writeNumber(WHOLE_NUMBER, writing);
    writeNumber(value, writing);
  } else {
    writeNumber(OTHER_NUMBER, writing);
    writeNumber(numberOf(Object.is(value, -0) ? '-0' : String(value), writing.texts), writing);
  }
}

function writeObject(value: object, writing: Writing): void {
  const known = writing.numbers.get(value);
  if (known !== undefined) {
    writeNumber(KNOWN, writing);
    writeNumber(known, writing);
    return;
  }
  if (Array.isArray(value)) {
    writeNumber(LIST, writing);
    writeNumber(value.length, writing);
    // Whether two of these are one and the same depends on whether they were read before: the shapes of both are to be equal.
    if (value.length === 0) return;
    for (const item of value) writeValue(item, writing);
  } else {
    const keys = Object.keys(value);
    if (keys.length === 2 && keys[0] === 'start' && keys[1] === 'end') {
      if (writeSpan(value as { start: unknown; end: unknown }, writing) === 'whole file') return;
    } else writeShape(value, keys, writing);
  }
  writing.numbers.set(value, writing.numbers.size);
}

/** Nothing else has these two keys in this order, but numbers that are no offsets may stand there. */
function writeSpan(value: { readonly start: unknown; readonly end: unknown }, writing: Writing): 'whole file' | 'span' {
  const { start, end } = value;
  if (start === FILE_SCOPE.start && end === FILE_SCOPE.end) {
    writeNumber(FILE, writing);
    return 'whole file';
  }
  if (isOffset(start) && isOffset(end) && end >= start) {
    writeNumber(SPAN, writing);
    if (writing.places !== null) {
      writing.places.push(start, end);
      return 'span';
    }
    const delta = start - writing.position;
    writeNumber(delta < 0 ? -2 * delta - 1 : 2 * delta, writing);
    writeNumber(end - start, writing);
    writing.position = start;
  } else writeShape(value, ['start', 'end'], writing);
  return 'span';
}

function writeShape(value: object, keys: readonly string[], writing: Writing): void {
  writeNumber(FIRST_SHAPE + writing.shapeOf(keys), writing);
  for (const key of keys) writeValue((value as Record<string, unknown>)[key], writing);
}

function isOffset(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 29;
}

function numberOf(text: string, known: Map<string, number>): number {
  const existing = known.get(text);
  if (existing !== undefined) return existing;
  known.set(text, known.size);
  return known.size - 1;
}

/** Seven bits a byte, the lowest first. */
function writeNumber(value: number, writing: Writing): void {
  if (writing.length + 5 > writing.bytes.length) {
    const longer = new Uint8Array(2 * writing.bytes.length);
    longer.set(writing.bytes);
    writing.bytes = longer;
  }
  let rest = value;
  while (rest >= 128) {
    writing.bytes[writing.length++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  writing.bytes[writing.length++] = rest;
}

interface Reading {
  readonly bytes: Uint8Array;
  at: number;
  readonly texts: readonly string[];
  readonly readers: readonly ReadShape[];
  /** In the order in which they were read to their end. */
  readonly objects: object[];
  position: number;
}

function readValue(reading: Reading): unknown {
  const kind = readNumber(reading);
  switch (kind) {
    case NULL:
      return null;
    case UNDEFINED:
      return undefined;
    case TRUE:
      return true;
    case FALSE:
      return false;
    case TEXT:
      return textAt(readNumber(reading), reading);
    case WHOLE_NUMBER:
      return readNumber(reading);
    case OTHER_NUMBER:
      return Number(textAt(readNumber(reading), reading));
    case KNOWN:
      return objectAt(readNumber(reading), reading);
    case LIST:
      return readList(reading);
    case SPAN: {
      const delta = readNumber(reading);
      const start = reading.position + (delta & 1 ? -((delta + 1) / 2) : delta / 2);
      reading.position = start;
      const span = { start, end: start + readNumber(reading) };
      reading.objects.push(span);
      return span;
    }
    case FILE:
      return FILE_SCOPE;
    default:
      return readShape(kind - FIRST_SHAPE, reading);
  }
}

/** A quarter of all lists hold nothing. */
const NOTHING: readonly unknown[] = [];

function readList(reading: Reading): readonly unknown[] {
  const length = readNumber(reading);
  if (length === 0) return NOTHING;
  // A list that grows keeps room for sixteen more, which most lists never need: facts live long, and are many.
  const list: unknown[] = length > reading.bytes.length ? [] : new Array(length);
  for (let index = 0; index < length; index++) list[index] = readValue(reading);
  reading.objects.push(list);
  return list;
}

function readShape(number: number, reading: Reading): object {
  const read = reading.readers[number];
  if (read === undefined) throw new RangeError('no such shape');
  const made = read(reading);
  reading.objects.push(made);
  return made;
}

type ReadShape = (reading: Reading) => object;

/** How objects with these keys are read: key by key, but those that code is full of at once. */
function readerOf(keys: readonly string[]): ReadShape {
  const frequent = FREQUENT.get(keys.join(' '));
  if (frequent !== undefined) return frequent;
  return reading => {
    const made: Record<string, unknown> = {};
    for (const key of keys) made[key] = readValue(reading);
    return made;
  };
}

/** What stands in braces is read from left to right. */
const FREQUENT: ReadonlyMap<string, ReadShape> = new Map<string, ReadShape>([
  ['kind span', r => ({ kind: readValue(r), span: readValue(r) })],
  ['kind name span', r => ({ kind: readValue(r), name: readValue(r), span: readValue(r) })],
  ['kind value span', r => ({ kind: readValue(r), value: readValue(r), span: readValue(r) })],
  ['name value spread', r => ({ name: readValue(r), value: readValue(r), spread: readValue(r) })],
  ['key keySpan value', r => ({ key: readValue(r), keySpan: readValue(r), value: readValue(r) })],
  [
    'condition consequent alternative',
    r => ({ condition: readValue(r), consequent: readValue(r), alternative: readValue(r) }),
  ],
  ['kind items span', r => ({ kind: readValue(r), items: readValue(r), span: readValue(r) })],
  [
    'name nameSpan owner value type form scope',
    r => ({
      name: readValue(r),
      nameSpan: readValue(r),
      owner: readValue(r),
      value: readValue(r),
      type: readValue(r),
      form: readValue(r),
      scope: readValue(r),
    }),
  ],
  [
    'name nameSpan position property type defaultValue',
    r => ({
      name: readValue(r),
      nameSpan: readValue(r),
      position: readValue(r),
      property: readValue(r),
      type: readValue(r),
      defaultValue: readValue(r),
    }),
  ],
  [
    'name nameSpan owner parameters returns span',
    r => ({
      name: readValue(r),
      nameSpan: readValue(r),
      owner: readValue(r),
      parameters: readValue(r),
      returns: readValue(r),
      span: readValue(r),
    }),
  ],
  [
    'kind object property propertySpan span',
    r => ({
      kind: readValue(r),
      object: readValue(r),
      property: readValue(r),
      propertySpan: readValue(r),
      span: readValue(r),
    }),
  ],
  [
    'kind callee args construct nameSpan span',
    r => ({
      kind: readValue(r),
      callee: readValue(r),
      args: readValue(r),
      construct: readValue(r),
      nameSpan: readValue(r),
      span: readValue(r),
    }),
  ],
]);

function objectAt(number: number, { objects }: Reading): object {
  const object = objects[number];
  if (object === undefined) throw new RangeError('no such object');
  return object;
}

function textAt(number: number, { texts }: Reading): string {
  const text = texts[number];
  if (text === undefined) throw new RangeError('no such text');
  return text;
}

function readNumber(reading: Reading): number {
  const { bytes } = reading;
  let byte = bytes[reading.at++];
  if (byte === undefined) throw new RangeError('the facts end too soon');
  if (byte < 128) return byte;
  let value = byte & 127;
  for (let shift = 7; byte >= 128; shift += 7) {
    byte = bytes[reading.at++];
    if (byte === undefined) throw new RangeError('the facts end too soon');
    value |= (byte & 127) << shift;
  }
  return value;
}
