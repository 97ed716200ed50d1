/**
 * What can be done to a flag from the editor, and how it is asked before it is done: offers for each place that defines it, and none
 * where the service or the format can't do it. Pure; doing it is the business of `perform.ts`.
 */

import { flagsOf, productionChecksOf } from '../../core/flags/verdicts/flagIndex.ts';
import { snapshotOfFlag } from '../../core/flags/verdicts/projects.ts';
import { verdictOf } from '../../core/flags/verdicts/staleness.ts';
import type { EnvironmentState, Flag } from '../../core/model.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { ConfiguredSource } from '../flag-servers/configured.ts';
import { serverName } from '../flag-servers/mapping.ts';
import type { FlagAction } from '../flag-servers/service.ts';
import { flagFileEdits } from '../flag-systems/fileEdits.ts';

/** Where something is done. */
export type OfferPlace =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'server'; readonly source: ConfiguredSource };

export interface FlagOffer {
  /** Says all of the offer but a percentage: the same for the same offer later. */
  readonly id: string;
  /** `Turn off in PRODUCTION`. */
  readonly title: string;
  /** Where: the file, or the service with its address and project. */
  readonly where: string;
  /** What is so now, in words; null where there is nothing yet. */
  readonly now: string | null;
  /** The percentage is still to be asked for, `now` being 0 to 100 where known. */
  readonly percentage: { readonly now: number | null } | null;
  /** What is asked before it is done; null for files, whose edits are the editor's own and can be undone there. */
  readonly question: string | null;
  readonly place: OfferPlace;
  /** With a percentage of 0 where that is still to be asked for. */
  readonly action: FlagAction;
}

/**
 * What is known of a project. `sources` is empty where nobody may be asked, as in a restricted workspace. Those that don't answer where
 * the snapshot was taken are left out.
 */
export interface OfferContext {
  readonly snapshot: Snapshot;
  readonly sources: readonly ConfiguredSource[];
}

/** Everything that can be done to a flag, servers first, in the order of its environments. */
export function flagOffers(context: OfferContext, key: string): readonly FlagOffer[] {
  const flags = flagsOf(context.snapshot, key);
  // A server that has not said anything yet is not known to be for others.
  const isHere = ({ service, target }: ConfiguredSource) =>
    context.snapshot.holds === undefined ||
    context.snapshot.sources.some(each => each.system === service.kind && each.server === serverName(target));
  const served = context.sources.filter(isHere).flatMap(source => {
    const flag = flags.find(each => each.system === source.service.kind && each.server === serverName(source.target));
    return flag === undefined ? creation(context, source, key) : serverOffers(context, source, flag);
  });
  const inFiles = flags.flatMap(flag =>
    flag.declaration === null ? [] : fileOffers(context, flag, flag.declaration.path),
  );
  return [...served, ...inFiles];
}

/** Servers in which a flag of this key can be made. */
export function creatableIn(context: OfferContext, key: string): readonly FlagOffer[] {
  return flagOffers(context, key).filter(offer => offer.action.kind === 'create');
}

/** Capitals are for where real users are: as the service says, or as the name does. */
export function environmentText({
  environment,
  production,
}: Pick<EnvironmentState, 'environment' | 'production'>): string {
  return (production ?? /^(?:prod|production|live)$/i.test(environment)) ? environment.toUpperCase() : environment;
}

function creation({ snapshot }: OfferContext, source: ConfiguredSource, key: string): readonly FlagOffer[] {
  const state = snapshot.sources.find(
    each => each.system === source.service.kind && each.server === serverName(source.target),
  );
  // A server that has not said its flags may well have this one.
  if (state?.asOf == null || !can(source, 'create')) return [];
  const { title } = source.service;
  const action: FlagAction = { kind: 'create', key, type: null, description: '' };
  const question = `Create the flag ${key} in ${title}? It is off in every environment at first.`;
  return [serverOffer(source, `Create in ${title}`, null, question, action)];
}

function serverOffers({ snapshot }: OfferContext, source: ConfiguredSource, flag: Flag): readonly FlagOffer[] {
  const { key } = flag;
  const { title } = source.service;
  const offer = (word: string, state: EnvironmentState | null, question: string, action: FlagAction) =>
    serverOffer(source, word, state, question, action);
  if (flag.archived) {
    const question = `Bring the archived flag ${key} back in ${title}?`;
    return can(source, 'revive') ? [offer('Bring back', null, question, { kind: 'revive', key })] : [];
  }
  const offers: FlagOffer[] = [];
  for (const state of flag.environments) {
    const environment = environmentText(state);
    const at = { key, environment: state.environment };
    for (const to of ['on', 'off'] as const) {
      if (!can(source, 'turn') || (state.state === 'off') === (to === 'off')) continue;
      const question = `Turn ${to} ${key} in ${environment} of ${title}?`;
      offers.push(offer(`Turn ${to} in ${environment}`, state, question, { kind: 'turn', ...at, to }));
    }
    // Where one number would lie, setting one would too.
    if (can(source, 'percentage') && state.percentage !== null && state.state !== 'unknown') {
      const question = `Set ${key} to $PERCENTAGE% in ${environment} of ${title}?`;
      const action: FlagAction = { kind: 'percentage', ...at, percentage: 0 };
      offers.push({
        ...offer(`Set percentage in ${environment}…`, state, question, action),
        percentage: { now: state.percentage },
      });
    }
  }
  const here = snapshotOfFlag(snapshot, flag);
  const isUnchecked = snapshot.completeness === 'complete' && productionChecksOf(here, key).length === 0;
  if (flag.markedStale && can(source, 'unmark-stale')) {
    offers.push(
      offer('Take the stale mark off', null, `Mark ${key} as not stale in ${title}?`, { kind: 'unmark-stale', key }),
    );
  } else if (can(source, 'mark-stale') && (isUnchecked || verdictOf(here, key).stale)) {
    offers.push(offer('Mark as stale', null, `Mark ${key} as stale in ${title}?`, { kind: 'mark-stale', key }));
  }
  if (isUnchecked && can(source, 'archive')) {
    const question = `Archive ${key} in ${title}? No code of this workspace checks it; other repositories may.`;
    offers.push(offer('Archive', null, question, { kind: 'archive', key }));
  }
  return offers;
}

function serverOffer(
  source: ConfiguredSource,
  title: string,
  state: EnvironmentState | null,
  question: string,
  action: FlagAction,
): FlagOffer {
  const { service, target, origin } = source;
  const project = target.project === null ? '' : `, ${service.projectWord ?? 'project'} ${target.project}`;
  return {
    id: JSON.stringify([source.id, action]),
    title,
    where: `${service.title} at ${origin}${project}`,
    now: state?.summary ?? null,
    percentage: null,
    question,
    place: { kind: 'server', source },
    action,
  };
}

function can(source: ConfiguredSource, kind: FlagAction['kind']): boolean {
  return source.service.actions?.kinds.includes(kind) === true;
}

/** A share that hardly any flag has: whether a percentage can be set at all is tried with it. */
const TRIED_PERCENTAGE = 37;

function fileOffers({ snapshot }: OfferContext, flag: Flag, path: string): readonly FlagOffer[] {
  const text = snapshot.files.get(path)?.text;
  if (text === undefined) return [];
  const file = { path, text, config: snapshot.config, now: snapshot.now };
  return flag.environments.flatMap(state => {
    const at = { key: flag.key, environment: state.environment };
    const where = environmentText(state);
    const offer = (title: string, action: FlagAction, percentage: FlagOffer['percentage'] = null): FlagOffer => ({
      id: JSON.stringify([path, action]),
      title,
      where: path,
      now: state.summary,
      percentage,
      question: null,
      place: { kind: 'file', path },
      action,
    });
    const to = state.state === 'off' ? 'on' : 'off';
    const turn =
      flagFileEdits(file, flag.key, state.environment, { kind: 'turn', to }) === null
        ? []
        : [offer(`Turn ${to} in ${where}`, { kind: 'turn', ...at, to })];
    const percentage = { kind: 'percentage', percentage: TRIED_PERCENTAGE } as const;
    const share =
      flagFileEdits(file, flag.key, state.environment, percentage) === null
        ? []
        : [
            offer(
              `Set percentage in ${where}…`,
              { kind: 'percentage', ...at, percentage: 0 },
              { now: state.percentage },
            ),
          ];
    return [...turn, ...share];
  });
}
