/**
 * All flag file formats, and the choice among them for one file: what the configuration says of its path comes first, then
 * the shape of the text. A new format is one file and one line here.
 */

import type { Config, FlagSystemConfig } from '../../core/config.ts';
import { isTestPath } from '../../core/flags/names/testPaths.ts';
import { matchesGlob } from '../../core/glob.ts';
import type { Flag, FlagFile } from '../../core/model.ts';
import { chromiumDecoder } from './chromium.ts';
import { configcatDecoder } from './configcat.ts';
import type { FlagFileDecoder } from './decoder.ts';
import { dotnetDecoder } from './dotnet.ts';
import { edxTogglesDecoder } from './edxToggles.ts';
import { flagdDecoder } from './flagd.ts';
import { flagsmithDecoder } from './flagsmith.ts';
import { flipperDecoder } from './flipper.ts';
import { fliptDecoder } from './flipt.ts';
import { gitlabDecoder } from './gitlab.ts';
import { goFeatureFlagDecoder } from './goFeatureFlag.ts';
import { growthbookDecoder } from './growthbook.ts';
import { kubernetesDecoder } from './kubernetes.ts';
import { readLanguage } from './languages/formatLanguage.ts';
import { formatLanguageOf } from './languages/registry.ts';
import { launchdarklyFileDecoder } from './launchdarklyFile.ts';
import { mappedDecoder } from './mapped.ts';
import { openfeatureManifestDecoder } from './openfeatureManifest.ts';
import { optimizelyDecoder } from './optimizely.ts';
import { type FileShape, shapeOf } from './shape.ts';
import { splitDecoder } from './split.ts';
import { statsigDecoder } from './statsig.ts';
import { unleashExportDecoder } from './unleashExport.ts';

/** Every decoder; where two could claim a text, the one with the narrower shape stands first. */
export const flagFileDecoders: readonly FlagFileDecoder[] = [
  flagdDecoder,
  launchdarklyFileDecoder,
  unleashExportDecoder,
  openfeatureManifestDecoder,
  goFeatureFlagDecoder,
  fliptDecoder,
  configcatDecoder,
  splitDecoder,
  growthbookDecoder,
  flagsmithDecoder,
  statsigDecoder,
  optimizelyDecoder,
  flipperDecoder,
  dotnetDecoder,
  gitlabDecoder,
  kubernetesDecoder,
  chromiumDecoder,
  edxTogglesDecoder,
];

/**
 * Decodes a file if it is a flag file, else null.
 * @param path relative to the repository's root, with `/`.
 * @param now milliseconds since 1970; rules that look at the clock are read as of now.
 */
export function decodeFlagFile(path: string, text: string, config: Config, now: number): FlagFile | null {
  const { configured, named, decoder } = decoderFor(path, text, config);
  if (decoder === undefined) return null;
  const environment = configured?.environment ?? configured?.environments?.[0] ?? environmentOfPath(path);
  const { trees, ...decoded } = decoder.decode(path, text, { environment, now });
  const file: FlagFile = { ...decoded, ...readLanguage(formatLanguageOf(decoder.system), trees ?? [], decoded, now) };
  // A shape deep inside another document is not a flag file; a configured file is one whatever it holds.
  return named === undefined && file.flags.length === 0 && file.problems.length === 0 && configured === null
    ? null
    : file;
}

/** Whether a decoder would look at this text: a cheap test, before a large text is decoded elsewhere. */
export function hasFlagFileDecoder(path: string, text: string, config: Config): boolean {
  return decoderFor(path, text, config).decoder !== undefined;
}

/** What decodes a text, if anything does: a decoder that the configuration names, or one that recognises its shape. */
function decoderFor(path: string, text: string, config: Config) {
  const configured = systemOf(path, config);
  const shape = shapeOf(path, text);
  const recognising = recognisingDecoder(shape);
  // Code is never a vendor's file, whatever a glob of the configuration takes in.
  const named = shape.notation === 'code' ? recognising : configuredDecoder(configured);
  const decoder = named ?? recognising;
  // What tests import or export is served to nobody, unless the configuration says so.
  const isTests =
    configured === null && decoder !== undefined && isTestPath(path) && decoder.evenInTests?.(path) !== true;
  return { configured, named, decoder: isTests ? undefined : decoder };
}

/**
 * Decodes older texts of a flag file, as `decodeFlagFile` decodes its present one; null for a text that can't be read. Parts that an
 * earlier text held too are not decoded again, where the format allows. Of a path of then only the ending counts: whether it was JSON.
 */
export function versionsDecoder(
  file: Pick<FlagFile, 'path' | 'system' | 'environment'>,
  config: Config,
  now: number,
): (text: string, pathThen?: string) => readonly Flag[] | null {
  const { system, environment } = file;
  const decoder = flagFileDecoders.find(each => each.system === system);
  const { parts } = decoder ?? {};
  if (decoder === undefined || parts === undefined) {
    return (text, pathThen) => {
      const path = pathThen === undefined ? file.path : withEndingOf(pathThen, file.path);
      // Its own decoder first: what is left of a version without its unchanged flags may have the shape of several formats.
      const isOwn = decoder?.recognises(shapeOf(path, text)) === true;
      const decoded = isOwn
        ? decoder.decode(path, text, { environment, now })
        : decodeFlagFile(path, text, config, now);
      const isReadable =
        decoded !== null &&
        (decoded.flags.length > 0 || !decoded.problems.some(({ severity }) => severity === 'error'));
      return isReadable ? decoded.flags : null;
    };
  }
  const known = new Map<string, readonly Flag[]>();
  return text =>
    parts(text).flatMap(part => {
      const flags = known.get(part) ?? decoder.decode(file.path, part, { environment, now }).flags;
      known.set(part, flags);
      return flags;
    });
}

function withEndingOf(other: string, path: string): string {
  const ending = /\.(?:jsonc?|json5|ya?ml)$/i.exec(other)?.[0];
  return ending === undefined ? path : path.replace(/\.(?:jsonc?|json5|ya?ml)$/i, ending);
}

/**
 * Whether what a text says may depend on the day: flagd's `$flagd.timestamp`, the steps and dates of GO Feature Flag, the time windows of
 * .NET. No other format's decoder looks at the clock.
 */
export function mayReadClock(text: string): boolean {
  return /timestamp|scheduled|progressive|experimentation|TimeWindow/i.test(text);
}

/** Whether older texts of this file are decoded in parts. */
export function isReadPartwise({ system }: FlagFile): boolean {
  return flagFileDecoders.find(each => each.system === system)?.parts !== undefined;
}

/** The decoder that the configuration names: its own mapping, or a format by its name. */
function configuredDecoder(configured: FlagSystemConfig | null): FlagFileDecoder | undefined {
  if (configured?.keys !== undefined) return mappedDecoder({ ...configured, keys: configured.keys });
  return flagFileDecoders.find(each => each.system === configured?.kind);
}

/** The decoder that recognises the shape, or undefined. */
function recognisingDecoder(shape: FileShape): FlagFileDecoder | undefined {
  return shape.notation === 'none' ? undefined : flagFileDecoders.find(candidate => candidate.recognises(shape));
}

/** Whether a path may be a flag file at all: a cheap test before anything is read. */
export function mayBeFlagFile(path: string, config: Config): boolean {
  if (systemOf(path, config) !== null) return true;
  if (!/\.(json|jsonc|json5|ya?ml|split)$/i.test(path)) return false;
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return !NEVER_FLAGS.test(name) && !/(^|\/)(node_modules|\.git|dist|vendor)\//.test(path);
}

const NEVER_FLAGS =
  /^(package(-lock)?|npm-shrinkwrap|pnpm-lock|composer|tsconfig.*|jsconfig|biome|lerna|turbo|nx|\.?eslintrc|flagbook)\.(json|jsonc|ya?ml)$/;

/** The first flag system of the configuration whose globs match the path, or null. */
function systemOf(path: string, config: Config): FlagSystemConfig | null {
  return config.flagSystems.find(system => (system.files ?? []).some(glob => matchesGlob(glob, path))) ?? null;
}

/** An environment's own name in the file's name (`flags.staging.json`, `staging/flags.json`), else `production`. */
function environmentOfPath(path: string): string {
  const parts = path
    .toLowerCase()
    .split('/')
    .slice(-2)
    .flatMap(part => part.split(/[._-]/))
    .reverse();
  const found = parts.find(part => Object.hasOwn(ENVIRONMENTS, part));
  return found === undefined ? 'production' : ENVIRONMENTS[found]!;
}

const ENVIRONMENTS: Readonly<Record<string, string>> = {
  production: 'production',
  prod: 'production',
  staging: 'staging',
  stage: 'staging',
  development: 'development',
  dev: 'development',
  qa: 'qa',
};
