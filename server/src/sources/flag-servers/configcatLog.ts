/**
 * ConfigCat's log, `GET /v1/products/{product}/auditlogs`: the last seven days, as it answers when it is told no dates. An entry names what
 * it concerns in words for people (`actionTarget`, `where`), not by id: one that does not name exactly one setting is left out.
 */
import * as z from 'zod';
import { fitting, timeOf } from './mapping.ts';
import type { AuditEntry, MapContext } from './service.ts';

/** A setting as the log may call it. */
export interface NamedSetting {
  readonly id: number;
  readonly key: string;
  readonly name: string | null;
  /** Its config, by name; null where that has none. */
  readonly config: string | null;
}

/** What happened to settings, by their ids. */
export function settingChanges(
  list: unknown,
  settings: readonly NamedSetting[],
  environments: readonly string[],
  context: MapContext,
): ReadonlyMap<number, readonly AuditEntry[]> {
  const byName = new Map<string, NamedSetting[]>();
  for (const setting of settings) {
    for (const name of new Set([setting.key, setting.name ?? setting.key])) {
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [setting]);
      else known.push(setting);
    }
  }
  const changes = new Map<number, AuditEntry[]>();
  for (const entry of fitting(entrySchema, list).items) {
    const what = WORDS[entry.auditLogTypeEnum];
    const time = timeOf(entry.auditLogDateTime, context);
    const setting = settingOf(entry, byName);
    if (what === undefined || time === null || setting === null) continue;
    const named = environments.filter(name => wordsOf(entry.where).includes(name));
    const environment = named.length === 1 ? named[0]! : null;
    const place = environment === null ? '' : ` in ${environment}`;
    const reason = entry.why ? `: ${entry.why}` : '';
    const who = entry.userName || entry.userEmail || null;
    const own = changes.get(setting.id) ?? [];
    own.push({ time, who, what: `${what}${place}${reason}`, key: setting.key, environment });
    changes.set(setting.id, own);
  }
  return changes;
}

const entrySchema = z.object({
  auditLogDateTime: z.string(),
  auditLogTypeEnum: z.string(),
  userName: z.string().nullish().catch(null),
  userEmail: z.string().nullish().catch(null),
  where: z.string().nullish().catch(null),
  why: z.string().nullish().catch(null),
  actionTarget: z.string().nullish().catch(null),
});

/** Its kinds that concern a setting, in the past tense. */
const WORDS: Readonly<Record<string, string>> = {
  settingCreated: 'created',
  settingChanged: 'changed its name, description or tags',
  settingValueChanged: 'changed its value',
  predefinedVariationsChanged: 'changed its variations',
  settingConvertedToPredefinedVariations: 'gave it variations',
  settingConvertedToFreeFormValues: 'gave up its variations',
  settingTagAdded: 'added a tag',
  settingTagRemoved: 'removed a tag',
};

function settingOf(
  { actionTarget, where }: z.output<typeof entrySchema>,
  byName: ReadonlyMap<string, readonly NamedSetting[]>,
): NamedSetting | null {
  const found = new Set(wordsOf(actionTarget).flatMap(word => byName.get(word) ?? []));
  const places = wordsOf(where);
  const here =
    found.size > 1 ? [...found].filter(({ config }) => config !== null && places.includes(config)) : [...found];
  return here.length === 1 ? here[0]! : null;
}

/** A text as a whole, and the parts that people put between marks: `Main / Production`, `New checkout (new-checkout)`. */
function wordsOf(text: string | null | undefined): readonly string[] {
  if (!text) return [];
  const parts = text.slice(0, 2000).split(/[/>|→:,;()[\]"'“”]/);
  return [text, ...parts].map(part => part.trim());
}
