// One example for every name that the SDKs' data gives to a call: how it is written down, and which check it must be.

import type { ArgumentAt, SdkCall, SdkSurface } from '../../../../../server/src/core/flags/sdk.ts';
import type { LanguageId } from '../../../../../server/src/core/languages/facts.ts';
import type { JsonValue, Role, ValueType } from '../../../../../server/src/core/model.ts';
import { ANYTHING, CLIENT, WRITERS, type Writer } from './writers.ts';

export interface Example {
  readonly name: string;
  readonly key: string;
  readonly code: string;
  readonly form: SdkCall['form'];
  readonly type: ValueType | null;
  readonly role: Role;
  /** Undefined where the call has none. */
  readonly fallback: JsonValue | undefined;
}

const VALUES: Readonly<Record<ValueType, JsonValue | undefined>> = {
  boolean: true,
  string: 'x',
  number: 3,
  object: undefined,
};

/** The examples of a surface in one of its languages; keys are numbered. A call with names for its arguments has a second one. */
export function examplesOf(surface: SdkSurface, language: LanguageId): readonly Example[] {
  const writer = WRITERS[language];
  if (writer === undefined) return [];
  const examples: Example[] = [];
  for (const call of surface.calls) {
    for (const [name, type] of Object.entries(call.names)) {
      for (const style of stylesOf(call, writer)) {
        const example = exampleOf(call, name, type, writer, `key-${examples.length}`, style, language);
        if (example !== null) examples.push(example);
      }
    }
  }
  return examples;
}

type Style = 'positions' | 'names';

function stylesOf({ key }: SdkCall, writer: Writer): readonly Style[] {
  if (writer.named === undefined || key.names === undefined) return ['positions'];
  return writer.labelled === true ? ['names'] : ['positions', 'names'];
}

function exampleOf(
  call: SdkCall,
  name: string,
  type: ValueType | null,
  writer: Writer,
  key: string,
  style: Style,
  language: LanguageId,
): Example | null {
  // A flag that is asked itself: its example stands beside the objects that make flags.
  if (call.key.receiver === true) return null;
  const written = type ?? 'boolean';
  const text = `${quoted(key, language)}`;
  const fallback = call.fallback === null ? undefined : VALUES[written];
  const args =
    call.key.receiver === 'asked' ? '' : argumentsOf(call, text, key, writer.literals[written], writer, style);
  const asked = askedOn(call, text, language);
  const dot = language === 'php' ? '->' : '.';
  const callee = call.form === 'method' ? `${asked}${dot}${name}` : call.form === 'decorator' ? `@${name}` : name;
  const code = `${constructs(call, name, language) ? 'new ' : ''}${callee}(${args})`;
  return { name, key, code, form: call.form, type: type ?? null, role: call.role ?? 'check', fallback };
}

/** What the method is called on: the client, or what the client hands out. */
function askedOn({ on, key }: SdkCall, text: string, language: LanguageId): string {
  if (on === undefined) return CLIENT;
  const arrow = language === 'php' ? '->' : '.';
  if (key.receiver === 'asked') return on.includes('[]') ? `${CLIENT}[${text}]` : `${CLIENT}${arrow}${on[0]}(${text})`;
  return `${CLIENT}${arrow}${on[0]}${language === 'php' ? '()' : ''}`;
}

function constructs({ form }: SdkCall, name: string, language: LanguageId): boolean {
  return form === 'function' && /^[A-Z]/.test(name) && ['typescript', 'tsx', 'javascript', 'csharp'].includes(language);
}

function argumentsOf(
  { key, fallback }: SdkCall,
  text: string,
  plain: string,
  literal: string,
  writer: Writer,
  style: Style,
): string {
  const held = fallback !== null && fallback.property !== undefined && fallback.position === key.position;
  const fields: (readonly [string, string])[] = held ? [[fallback.property!, literal]] : [];
  const value = keyValue(key, text, plain, fields, writer);
  const given: { at: ArgumentAt; value: string }[] = [{ at: key, value }];
  if (fallback !== null && !held) {
    const wrapped = fallback.property === undefined ? literal : writer.fields([[fallback.property, literal]]);
    given.push({ at: fallback, value: wrapped });
  }
  const positional: string[] = [];
  const named: string[] = [];
  for (const { at, value: code } of given) {
    if (at.option !== undefined) {
      positional.push(`sdk.${at.option}(${code})`);
      continue;
    }
    const name = at.names?.[0];
    const byName = writer.named !== undefined && name !== undefined && (style === 'names' || at.position === Infinity);
    if (byName) named.push(writer.named!(name, code));
    else positional[at.position] = code;
  }
  const filled = Array.from(positional, code => code ?? ANYTHING);
  return [...filled, ...named].join(', ');
}

function keyValue(
  { property, several }: ArgumentAt,
  text: string,
  plain: string,
  fields: readonly (readonly [string, string])[],
  writer: Writer,
): string {
  let value = text;
  if (several === 'items') value = writer.list([text]);
  else if (several === 'names') value = writer.entries([[plain, writer.literals.boolean]]);
  else if (typeof several === 'object') value = writer.list([writer.fields([[several.property, text]])]);
  return property === undefined ? value : writer.fields([[property, value], ...fields]);
}

function quoted(key: string, language: LanguageId): string {
  return ['typescript', 'tsx', 'javascript', 'ruby', 'php'].includes(language) ? `'${key}'` : `"${key}"`;
}
