/**
 * Hover inside a flag file: the rule under the cursor in words, with who gets what; a variation and where it is served; a
 * segment; what a field means. A flag's own key is `hover.ts`'s business.
 */
import { cursorAt } from '../flags/files/cursor.ts';
import { matching } from '../flags/files/documentPath.ts';
import type { FlagPlace, RulePlace } from '../flags/files/flagLanguage.ts';
import { thingOf } from '../flags/files/flagPlaces.ts';
import { pathsFromFlag } from '../flags/files/languageCursor.ts';
import { countText, valueText } from '../flags/rollout/describe.ts';
import type { FlagFile } from '../model.ts';
import type { FileView, Snapshot } from '../snapshot.ts';
import { positionAt, type Span, touches } from '../text.ts';
import { flagFileSubject, flagNamed } from './flagFileNavigation.ts';
import { flagLines, MAX_LINES } from './flagLines.ts';
import type { Hover } from './hover.ts';
import { code, linkTo, plain, type RichLine, strong } from './richText.ts';

/** The hover at an offset of a flag file, or null. */
export function flagFileHover(snapshot: Snapshot, view: FileView, offset: number): Hover | null {
  const file = view.flagFile;
  if (file === null) return null;
  const subject = flagFileSubject(snapshot, view.path, offset);
  const rule = ruleAt(file, offset);
  if (subject !== null) {
    const { place } = subject;
    const key = flagNamed(place);
    if (key !== null) return { span: place.span, lines: flagLines(snapshot, key, null) };
    const lines = place.role.startsWith('segment') ? segmentLines(view, file, place) : variationLines(file, place);
    const around = rule === null || place.role === 'variation' ? [] : ruleLines(view, file, rule);
    return { span: place.span, lines: [...lines, ...around].slice(0, MAX_LINES) };
  }
  const field = fieldLine(view, file, offset);
  if (rule === null) {
    // Without a rule of its own a field still belongs to a flag that does something.
    return field === null ? null : { span: field.span, lines: [field.line, ...stateLines(file, offset)] };
  }
  const lines = ruleLines(view, file, rule);
  return { span: rule.span, lines: field === null ? lines : [...lines, field.line] };
}

/** The innermost rule around an offset. */
export function ruleAt(file: FlagFile, offset: number): RulePlace | null {
  let best: RulePlace | null = null;
  for (const rule of file.rules ?? []) {
    if (!touches(rule.span, offset)) continue;
    if (best === null || rule.span.end - rule.span.start < best.span.end - best.span.start) best = rule;
  }
  return best;
}

function ruleLines(view: FileView, file: FlagFile, rule: RulePlace): readonly RichLine[] {
  const flag = file.flags.find(({ key }) => key === rule.flag);
  const environment = rule.environment ?? file.environment;
  const lines: RichLine[] = [
    [strong(rule.title), plain(' of '), code(rule.flag), plain(` in ${environment}`)],
    [strong('Who'), plain(`: ${rule.who}`)],
    [strong('Gets'), plain(`: ${rule.gets}`)],
  ];
  if (rule.shadow !== null) {
    const line = positionAt(view.lines, rule.shadow.by.span.start).line + 1;
    const where = linkTo(`line ${line}`, rule.shadow.by.path, rule.shadow.by.span);
    lines.push([strong('Never applies'), plain(`: ${rule.shadow.words} (`), where, plain(')')]);
  }
  const state = flag?.environments.find(each => each.environment === environment) ?? flag?.environments[0];
  if (state !== undefined) lines.push([strong('All in all'), plain(`: ${state.summary}`)]);
  return lines;
}

function variationLines(file: FlagFile, place: FlagPlace): readonly RichLine[] {
  const title = place.role === 'environment' ? 'Environment' : 'Variation';
  const value = place.value === undefined || place.value === place.name ? '' : ` = ${valueText(place.value, 60)}`;
  const of = place.flag === null ? [] : [plain(' of '), code(place.flag)];
  const lines: RichLine[] = [[strong(`${title} ${place.name}`), plain(value), ...of]];
  const flag = file.flags.find(({ key }) => key === place.flag);
  if (place.role === 'environment') {
    const state = flag?.environments.find(({ environment }) => environment === place.id);
    return state === undefined ? lines : [...lines, [plain(state.summary)]];
  }
  for (const { environment, shares, summary } of flag?.environments ?? []) {
    const share = shares?.find(({ name }) => name === place.name);
    if (share !== undefined) lines.push([strong(environment), plain(`: ${share.percentage}% of all users`)]);
    else lines.push([strong(environment), plain(`: ${summary}`)]);
  }
  return lines.slice(0, 5);
}

function segmentLines(view: FileView, file: FlagFile, place: FlagPlace): readonly RichLine[] {
  const wanted = thingOf(place);
  const places = (file.places ?? []).filter(each => thingOf(each) === wanted);
  const name = places.find(({ role }) => role === 'segment')?.name ?? place.name;
  const users = places.filter(({ role }) => role === 'segment-reference');
  const keys = [...new Set(users.flatMap(({ flag }) => flag ?? []))];
  const title: RichLine = [strong(`Segment ${name}`), plain(`, used in ${countText(users.length, 'place')}`)];
  const rows = keys.slice(0, 5).map((key): RichLine => {
    const first = users.find(({ flag }) => flag === key)!;
    return [plain('· '), linkTo(key, view.path, first.span)];
  });
  return keys.length > 5 ? [title, ...rows, [plain(`and ${keys.length - 5} more flags`)]] : [title, ...rows];
}

function stateLines(file: FlagFile, offset: number): readonly RichLine[] {
  const place = (file.places ?? []).find(({ role, whole }) => role === 'flag' && touches(whole, offset));
  const flag = file.flags.find(({ key }) => key === place?.id);
  return (flag?.environments ?? [])
    .slice(0, 4)
    .map(({ environment, summary }) => [code(flag!.key), plain(` in ${environment}: ${summary}`)]);
}

/** What the field or the word under the cursor means in this format. */
function fieldLine(
  view: FileView,
  file: FlagFile,
  offset: number,
): { readonly span: Span; readonly line: RichLine } | null {
  const { language } = file;
  if (language === undefined) return null;
  const cursor = cursorAt(view.path, view.text, offset);
  if (cursor === null || cursor.span.start === cursor.span.end) return null;
  const word = view.text.slice(cursor.span.start, cursor.span.end);
  const paths = pathsFromFlag(language, cursor.path);
  const texts =
    cursor.part === 'key'
      ? paths.flatMap(({ path, rules }) => matching(rules.fields, path).map(({ fields }) => own(fields, word)))
      : paths.flatMap(({ path, rules }) => matching(rules.values, path).map(({ values }) => own(values, word)));
  const text = texts.find(each => each !== null);
  return text ? { span: cursor.span, line: [code(word), plain(`: ${text}`)] } : null;
}

function own(texts: Readonly<Record<string, string>>, word: string): string | null {
  return Object.hasOwn(texts, word) ? texts[word]! : null;
}
