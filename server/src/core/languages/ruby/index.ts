/**
 * Ruby: what one top-level statement says. How each construct becomes a fact:
 *
 * - `require 'a'` and a Gemfile's `gem 'a'` import everything of `a` (local name `*`): Ruby's constants are names of the whole
 *   program. `require_relative 'a'` comes from `./a`.
 * - A class or module is a type; what it includes is among its bases. Its name is as written (`A::B`). Constants, methods
 *   (`def self.x` too), `@x`, `@@x` and `self.x = …` are its members; outside any class they are names of the file.
 * - `A = Struct.new(:x)`, `A = Data.define(:x)` and a class that extends one are types with the fields that they list.
 * - `@x` is the member `@x` of `self`. `attr_reader :x` is a method that returns it. `delegate :a, to: :b` and `alias_method`
 *   are members with the value they stand for.
 * - `a.b` without arguments is a member access, unless its name ends with `?` or `!`: then, or with arguments or a block, it
 *   is a call. `A.new` constructs. A name by itself is a name, be it a local or a method.
 * - Symbols are strings. `to_s`, `to_sym`, `freeze` stand for what they are called on, `h.fetch(:k)` for `h[:k]`.
 * - A block is a function without a name; in `define_method(:x) { … }` and RSpec's `let(:x) { … }` it has that name.
 * - A method returns what its last statement is worth; `if`, `case` and `||` are worth any of their options.
 * - `allow(A).to receive(:b).with(1)` is a call of `A.b(1)` too, whose name stands at `:b`.
 * - `Some.thing.name = value` is a name of the program, dots and all.
 */
import type { Language } from '../language.ts';
import { createSink, type FactSink, type TreeSource } from '../language.ts';
import { type PlainShape, readPlainTree } from '../plainTree.ts';
import { appendInOrder } from '../sinkOrder.ts';
import { fileContext } from './context.ts';
import { ANCHORS, walkWithErrors } from './statements.ts';

export const ruby: Language = {
  id: 'ruby',
  grammar: 'tree-sitter-ruby',
  extensions: ['.rb', '.rake', '.jbuilder', '.ru', '.gemspec', '.thor', '.podspec'],
  fileNames: ['Gemfile', 'Rakefile'],
  errorIsOneChunk: true,
  extractChunk: (node, text, sink) => extractRubyChunk(node, text, sink, /$/),
};

/** The facts of a chunk of Ruby, be it a file's own or a template's. `trailer` is what may stand behind a comment's text. */
export function extractRubyChunk(node: TreeSource, text: string, sink: FactSink, trailer: RegExp): void {
  const { root, comments } = readPlainTree(node, SHAPE);
  const found = createSink();
  for (const comment of comments) {
    const leader = /^(?:#+!?|=begin[^\n]*\n?)/.exec(text.slice(comment.start, comment.end))?.[0].length ?? 0;
    const start = comment.start + leader;
    const end = start + text.slice(start, comment.end).search(trailer);
    found.comments.push({ text: text.slice(start, end), span: { start, end } });
  }
  walkWithErrors(root, fileContext(text, found));
  appendInOrder(found, sink);
}

const SHAPE: PlainShape = {
  anchors: ANCHORS,
  /** Nodes without parts that matter: an escape is decoded from the text. */
  leaves: new Set([
    'identifier',
    'constant',
    'instance_variable',
    'class_variable',
    'global_variable',
    'simple_symbol',
    'hash_key_symbol',
    'string_content',
    'escape_sequence',
    'heredoc_content',
    'heredoc_beginning',
    'heredoc_end',
    'integer',
    'float',
    'rational',
    'complex',
    'character',
    'true',
    'false',
    'nil',
    'self',
    'comment',
    'uninterpreted',
    'operator',
  ]),
};
