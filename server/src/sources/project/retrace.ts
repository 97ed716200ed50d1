/** Traces of obfuscated builds, retraced with the mapping file of R8 or ProGuard that the repository holds. */
import type { ParsedTraces } from '../../core/traces/model.ts';
import { parseR8Mapping, type R8Mapping } from '../../core/traces/r8Mapping.ts';
import { isObfuscated, mappingFit, retraceTraces } from '../../core/traces/retrace.ts';
import type { FileAccess } from '../files/access.ts';

/** What mapping files are called by the tools that write and upload them. */
const MAPPING_FILE =
  /(?:^|\/)(?:[\w.-]{0,80}[-_.])?(?:mapping|proguard[-_.]?map(?:ping)?|r8[-_.]?map(?:ping)?)(?:[-_.][\w.-]{1,80})?\.(?:txt|map|pro)$|(?:^|\/)proguard\.map$/i;

/** Builds write theirs where git doesn't look. */
const BUILD_OUTPUTS = ['app/build/outputs/mapping/release/mapping.txt', 'build/outputs/mapping/release/mapping.txt'];

const MOST_FILES = 20;

/** The traces as they are, or retraced where they look obfuscated and one mapping fits clearly better than all others. */
export async function retraceWithRepository(
  parsed: ParsedTraces,
  paths: ReadonlySet<string>,
  access: FileAccess,
): Promise<ParsedTraces> {
  if (!parsed.traces.some(isObfuscated)) return parsed;
  const files = [...paths].filter(path => MAPPING_FILE.test(path)).slice(0, MOST_FILES);
  const fits: { readonly mapping: R8Mapping; readonly fit: number }[] = [];
  for (const path of [...new Set([...files, ...BUILD_OUTPUTS])]) {
    const content = await access.read(path);
    const mapping = content.kind === 'text' ? parseR8Mapping(content.text) : null;
    if (mapping) fits.push({ mapping, fit: mappingFit(parsed, mapping) });
  }
  fits.sort((left, right) => right.fit - left.fit);
  const [best, next] = fits;
  return best && best.fit > 0 && best.fit !== next?.fit ? retraceTraces(parsed, best.mapping) : parsed;
}
