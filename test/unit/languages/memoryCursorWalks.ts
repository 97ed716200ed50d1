/**
 * Walks a file of a language, whole and broken, by both cursors, and says what they disagree in. A program of its own has a runtime of its
 * own: grammars that are made later in a program go by the first one's, and are then read as the library reads them.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Node } from 'web-tree-sitter';
import type { LanguageId } from '../../../server/src/core/languages/facts.ts';
import type { TreeSource } from '../../../server/src/core/languages/language.ts';
import { sourceOf } from '../../../server/src/core/languages/memoryCursor.ts';
import { focusedOn } from '../../../server/src/core/languages/parts.ts';
import { type PlainShape, readPlainTree } from '../../../server/src/core/languages/plainTree.ts';
import { loadGrammars } from '../../support/facts.ts';
import { randomNumbers } from '../project/changingFiles.ts';

export interface WalkedFile {
  readonly language: LanguageId;
  /** Relative to this folder. */
  readonly path: string;
  /** What stands before it. */
  readonly before: string;
}

export interface Walks {
  readonly language: LanguageId;
  readonly nodes: number;
  /** What is wrong, or null. */
  readonly wrong: string | null;
}

/** Every node that the cursor comes by, in words, and the same on the way back from inside of some of them. */
function walked(source: TreeSource): readonly string[] {
  const cursor = source.walk();
  const lines: string[] = [];
  const note = (level: number): void => {
    const { nodeType, nodeIsNamed, startIndex, endIndex, currentFieldName } = cursor;
    lines.push(`${level} ${nodeType} ${nodeIsNamed} ${startIndex}-${endIndex} ${currentFieldName ?? ''}`);
  };
  let level = 0;
  note(level);
  for (;;) {
    if (cursor.gotoFirstChild()) level++;
    else {
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) {
          cursor.delete();
          return lines;
        }
        level--;
        if (lines.length % 7 === 0) note(level);
      }
    }
    note(level);
  }
}

const SHAPES: readonly PlainShape[] = [
  { leaves: new Set(), anchors: new Set() },
  {
    leaves: new Set(['string', 'true', 'parameters', 'argument_list']),
    anchors: new Set(['block', 'class_body', 'function_definition', 'function_declaration', 'method_declaration']),
    passedTokens: new Set(['async', 'export', 'public', '(']),
  },
  { leaves: new Set(), anchors: new Set(['block']), errors: 'in place' },
];

/** A node that is read in one pass is what reading it with the library's cursor makes of it. */
function assertReadAlike(node: Node): void {
  const source = sourceOf(node);
  for (const shape of SHAPES) {
    const read = source.readPlain?.(shape);
    assert.ok(read, 'the node is not read where it lies');
    assert.deepEqual(read, readPlainTree({ walk: () => node.walk() }, shape));
  }
}

/** How many nodes were walked both ways. Throws where the walks differ. */
async function nodesOf({ language, path, before }: WalkedFile): Promise<number> {
  const grammars = await loadGrammars(language);
  const whole = before + (await readFile(new URL(path, import.meta.url), 'utf8'));
  const random = randomNumbers(whole.length);
  const broken = (text: string): string => {
    const at = random(text.length);
    const piece = ['', '(', '}', '"', 'if ', '\n@', '/*', 'é 漢 🎈', '`', ': '][random(10)]!;
    return text.slice(0, at) + piece + text.slice(at + random(12));
  };
  let nodes = 0;
  for (let round = 0; round < 12; round++) {
    const text = round === 0 ? whole : broken(broken(whole.slice(0, 6000)));
    const tree = grammars.parse(language, text, null);
    if (tree === null) continue;
    const root = tree.rootNode;
    assert.notEqual(sourceOf(root), root, 'the grammar is not known to lie where it is looked for');
    const known = walked(root);
    assert.deepEqual(walked(sourceOf(root)), known);
    assertReadAlike(root);
    nodes += known.length;
    for (const child of root.namedChildren) {
      if (child === null) continue;
      assert.deepEqual(walked(sourceOf(child)), walked(child));
      assertReadAlike(child);
      const spans = [{ start: child.startIndex + 200, end: child.startIndex + 400 }];
      assert.deepEqual(walked(focusedOn(sourceOf(child), spans)), walked(focusedOn(child, spans)));
    }
    tree.delete();
  }
  return nodes;
}

async function tell(files: readonly WalkedFile[]): Promise<void> {
  for (const file of files) {
    const { language } = file;
    const walks: Walks = await nodesOf(file).then(
      nodes => ({ language, nodes, wrong: null }),
      (error: unknown) => ({ language, nodes: 0, wrong: String(error) }),
    );
    process.stdout.write(`${JSON.stringify(walks)}\n`);
  }
}

void tell(JSON.parse(process.argv[2]!));
