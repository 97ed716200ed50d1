/** Settings as any editor may send them: what is missing or of the wrong kind has its default, and the rest counts. */
import type { Settings } from './protocol.ts';

const SEVERITIES = ['hint', 'information', 'warning', 'off'] as const;

/** The settings in a value from outside. */
export function decodeSettings(given: unknown): Settings {
  const settings = fieldsOf(given);
  const inline = fieldsOf(settings.inline);
  const diagnostics = fieldsOf(settings.diagnostics);
  return {
    inline: { enabled: inline.enabled !== false },
    diagnostics: {
      enabled: diagnostics.enabled !== false,
      staleSeverity: SEVERITIES.find(severity => severity === diagnostics.staleSeverity) ?? 'hint',
    },
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
