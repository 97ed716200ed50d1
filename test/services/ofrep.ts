/** OFREP's bulk evaluation: what a server answers, and a description of ours. */
import type { Answer, Json } from './description.ts';
import type { Service } from './emulator.ts';
import { anything, list, mapOf, object, oneOf, ownDescription, text } from './ownDescription.ts';
import { publishedDescription } from './published.ts';

const ours = ownDescription('OFREP', {
  'POST /ofrep/v1/evaluate/flags': {
    body: object({ context: object({ targetingKey: text }) }),
    answers: {
      200: object({
        flags: list({
          anyOf: [
            object(
              { key: text, reason: oneOf('STATIC', 'TARGETING_MATCH', 'SPLIT', 'DISABLED', 'UNKNOWN') },
              { value: anything, variant: text, metadata: mapOf(anything) },
            ),
            object({ key: text, errorCode: text }, { errorDetails: text }),
          ],
        }),
      }),
    },
  },
});

const published = publishedDescription('ofrep.yaml');
export const ofrepDescriptions = published === null ? [ours] : [ours, published];

export function ofrep(flags: readonly Json[]): Service {
  return ({ path }): Answer | null => (path === '/ofrep/v1/evaluate/flags' ? { status: 200, body: { flags } } : null);
}
