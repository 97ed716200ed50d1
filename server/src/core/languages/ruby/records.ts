/** Ruby's records: `Struct.new(:a, :b)` and `Data.define(:a)` make a class with the fields that they are given. */
import type { Span } from '../../text.ts';
import { childIn, type PlainNode, sourceOf } from '../plainTree.ts';
import { bindMember, type Context, type Owner } from './context.ts';
import { walkExpression } from './expressions.ts';
import { type NameAt, walkRecordBlock } from './functions.ts';

/** Whether a node makes a record. */
export function isRecord(node: PlainNode, context: Context): boolean {
  const receiver = childIn(node, 'receiver');
  const method = childIn(node, 'method');
  if (node.type !== 'call' || receiver === undefined || method === undefined) return false;
  const made = `${sourceOf(receiver, context).replace(/^::/, '')}.${sourceOf(method, context)}`;
  return made === 'Struct.new' || made === 'Data.define';
}

/** A constant that is given a record: a type of the constant's name, with what the record's block defines as its members. */
export function walkRecord(node: PlainNode, { name, span: nameSpan }: NameAt, span: Span, context: Context): void {
  const owner: Owner = { name, span, bases: [] };
  context.sink.types.push({ name, nameSpan, form: 'struct', bases: owner.bases, span });
  addRecordFields(node, owner, context);
  for (const child of argumentsOf(node))
    for (const part of child.type === 'pair' ? child.children : [child])
      if (part.type !== 'simple_symbol') walkExpression(part, context);
  const block = childIn(node, 'block');
  if (block !== undefined) walkRecordBlock(block, owner, context);
}

/** The fields that a record lists, as members of its type. */
export function addRecordFields(node: PlainNode, owner: Owner, context: Context): void {
  for (const child of argumentsOf(node)) {
    if (child.type !== 'simple_symbol') continue;
    const nameSpan = { start: child.start + 1, end: child.end };
    bindMember(context.text.slice(nameSpan.start, nameSpan.end), nameSpan, null, 'field', { ...context, owner });
  }
}

function argumentsOf(node: PlainNode): readonly PlainNode[] {
  return childIn(node, 'arguments')?.children ?? [];
}
