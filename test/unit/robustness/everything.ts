/** Asks a snapshot everything that an editor can ask about one of its files, and checks what holds for every answer. */
import assert from 'node:assert/strict';
import { codeActions } from '../../../server/src/core/features/codeActions.ts';
import { completions } from '../../../server/src/core/features/completion.ts';
import { decorations } from '../../../server/src/core/features/decorations.ts';
import { diagnostics } from '../../../server/src/core/features/diagnostics.ts';
import { documentLinks } from '../../../server/src/core/features/documentLinks.ts';
import { explain } from '../../../server/src/core/features/explain.ts';
import { flagLines, MAX_LINES } from '../../../server/src/core/features/flagLines.ts';
import { flagsView } from '../../../server/src/core/features/flagsView.ts';
import { hover } from '../../../server/src/core/features/hover.ts';
import { inlayHints, inlayHintTooltip, MAX_HINT_LENGTH } from '../../../server/src/core/features/inlayHints.ts';
import { definitions, references } from '../../../server/src/core/features/navigation.ts';
import { onCallView } from '../../../server/src/core/features/onCallView.ts';
import type { Check } from '../../../server/src/core/model.ts';
import type { Snapshot } from '../../../server/src/core/snapshot.ts';
import { encloses, type Span } from '../../../server/src/core/text.ts';

/** Asks about the whole file, and about `offsets` places spread over it. Throws when an answer is not well formed. */
export function askEverything(snapshot: Snapshot, path: string, offsets = 12): void {
  const file = snapshot.files.get(path);
  const text = file?.text ?? '';
  const whole = { start: 0, end: text.length };
  const inside = (span: Span, what: string): void => {
    assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, `${what}: ${JSON.stringify(span)}`);
  };
  for (const check of file?.checks ?? []) assertCheck(check, text, inside);
  assertInOrder(file?.checks.map(check => check.span) ?? []);
  for (const { span } of file?.annotations ?? []) inside(span, 'annotation');
  for (const hint of inlayHints(snapshot, path, whole)) {
    assert.ok(hint.offset <= text.length && hint.label.length <= MAX_HINT_LENGTH && hint.label !== '', hint.label);
    assert.ok(inlayHintTooltip(snapshot, hint.check).length <= MAX_LINES + 1);
  }
  const marked = decorations(snapshot, path).map(({ span }) => span);
  for (const span of marked) inside(span, 'decoration');
  assertInOrder(marked);
  const found = diagnostics(snapshot, path);
  for (const { span, message } of found) {
    inside(span, message);
    assert.notEqual(message, '');
  }
  for (const { edit } of codeActions(snapshot, path, whole)) inside(edit.span, 'edit');
  for (const { span } of documentLinks(snapshot, path)) inside(span, 'link');
  for (let index = 0; index <= offsets; index++)
    askAt(snapshot, path, Math.round((text.length * index) / offsets), inside);
  for (const check of file?.checks.slice(0, offsets) ?? [])
    askAt(snapshot, path, (check.keySpan ?? check.nameSpan).start + 1, inside);
  explain(snapshot, { path, line: 1 + (file?.lines.starts.length ?? 0), column: null }, []);
  for (const key of snapshot.flags.keys()) assert.ok(flagLines(snapshot, key, null).length <= MAX_LINES);
  flagsView(snapshot);
  onCallView(snapshot);
}

function askAt(snapshot: Snapshot, path: string, offset: number, inside: (span: Span, what: string) => void): void {
  const shown = hover(snapshot, path, offset);
  if (shown !== null) {
    inside(shown.span, 'hover');
    assert.ok(shown.lines.length <= MAX_LINES, 'the hover is too long');
  }
  for (const { span } of completions(snapshot, path, offset)) inside(span, 'completion');
  for (const { origin } of definitions(snapshot, path, offset)) inside(origin, 'definition');
  references(snapshot, path, offset, 'with-definitions');
}

function assertCheck(check: Check, text: string, inside: (span: Span, what: string) => void): void {
  inside(check.span, 'check');
  assert.ok(encloses(check.span, check.nameSpan), 'the name stands in its check');
  if (check.keySpan !== null) inside(check.keySpan, 'key');
  if (check.fallbackSpan !== null) inside(check.fallbackSpan, 'fallback');
  assert.ok(check.key === null || check.keyPrefix === null, 'a key is known or has a known start, not both');
  if (check.via.length === 1 && check.via[0] === 'literal' && check.keySpan !== null && check.key !== null) {
    assert.ok(
      check.keySpan.end - check.keySpan.start >= check.key.length,
      text.slice(check.keySpan.start, check.keySpan.end),
    );
  }
}

function assertInOrder(spans: readonly Span[]): void {
  spans.forEach((span, index) => {
    if (index > 0) assert.ok(spans[index - 1]!.start <= span.start, 'out of order');
  });
}
