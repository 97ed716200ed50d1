/** What a product of ConfigCat has: configs, each with settings of its own, and environments. */
import * as z from 'zod';
import { fitting } from './mapping.ts';
import type { ServiceTarget } from './service.ts';

const configSchema = z.object({
  configId: z.string(),
  name: z.string().nullish(),
  evaluationVersion: z.string().nullish().catch(null),
});
const environmentSchema = z.object({ environmentId: z.string(), name: z.string() });
export type Config = z.output<typeof configSchema>;
export type Environment = z.output<typeof environmentSchema>;

/** The configs of a product. */
export function configsOf(answer: unknown): readonly Config[] {
  return fitting(configSchema, answer).items;
}

/** The configuration's environments in its order, else the product's. */
export function environmentsOf(answer: unknown, { environments }: ServiceTarget): readonly Environment[] {
  const all = fitting(environmentSchema, answer).items;
  if (environments.length === 0) return all;
  return environments.flatMap(name => all.find(each => each.name.toLowerCase() === name.toLowerCase()) ?? []);
}
