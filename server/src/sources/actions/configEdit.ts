/** A flag server written into flagbook.json: comments and what else stands there are kept. */
import { applyEdits, modify, parse } from 'jsonc-parser';
import { serviceOf } from '../flag-servers/registry.ts';
import type { Replacement } from '../flag-systems/fileEdits.ts';

export interface NewServer {
  readonly system: string;
  readonly url: string;
  readonly project: string | null;
}

/** What adds the server to a configuration; none where it names the same one already. @param text empty for a new file. */
export async function serverEdits(text: string, { system, url, project }: NewServer): Promise<readonly Replacement[]> {
  const isOwn = (await serviceOf(system))?.defaultUrl === url && project !== null;
  const entry = { kind: system, ...(isOwn ? {} : { url }), ...(project === null ? {} : { project }) };
  if (text.trim() === '') {
    const whole = `${JSON.stringify({ flagSystems: [entry] }, null, 2)}\n`;
    return [{ span: { start: 0, end: text.length }, text: whole }];
  }
  const systems: unknown = (parse(text) as { flagSystems?: unknown } | undefined)?.flagSystems;
  const known = Array.isArray(systems) ? systems : [];
  if (known.some(each => JSON.stringify(pick(each)) === JSON.stringify(pick(entry)))) return [];
  const formattingOptions = { insertSpaces: true, tabSize: 2 };
  const edits = Array.isArray(systems)
    ? modify(text, ['flagSystems', known.length], entry, { formattingOptions, isArrayInsertion: true })
    : modify(text, ['flagSystems'], [entry], { formattingOptions });
  // What can't be changed here is left alone.
  try {
    applyEdits(text, edits);
  } catch {
    return [];
  }
  return edits.map(({ offset, length, content }) => ({ span: { start: offset, end: offset + length }, text: content }));
}

function pick(entry: unknown): unknown {
  const { kind, url, project } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  return [kind, typeof url === 'string' ? url.replace(/(?<!\/)\/+$/, '') : null, project ?? null];
}
