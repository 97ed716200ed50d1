/**
 * Masks what must not leave the team with a trace: mails, tokens, addresses, ids, names of users in paths, credentials in URLs.
 * What was masked is said in its place (`<email>`), so that a message stays readable. Frames, files and lines stay.
 *
 * Every pattern is bounded; time is linear in the text. It errs on the side of masking.
 */
import type { AnalysedFrame, TraceAnalysis } from './analyse.ts';

type Masking = readonly [RegExp, string | ((...groups: string[]) => string)];

const SECRET_NAME = String.raw`(?:[\w.-]{0,40}(?:api[_-]?key|access[_-]?key|secret|token|passw(?:or)?d|passwd|pwd|credential|authorization|auth|cookie|session(?:[_-]?id)?|signature|private[_-]?key)[\w.-]{0,20})`;

/** In this order: what is longer and surer first. */
const MASKINGS: readonly Masking[] = [
  [/-----BEGIN [A-Z ]{1,40}-----[\s\S]{0,8000}?(?:-----END [A-Z ]{1,40}-----|$)/g, '<private key>'],
  // https://user:password@host
  [
    /\b([a-z][a-z0-9+.-]{1,30}:\/\/)[^\s/@:'"<>]{0,200}:[^\s/@'"<>]{1,400}@/gi,
    (_, scheme) => `${scheme}<credentials>@`,
  ],
  [/\b(?:ey[\w-]{8,4000}\.){1,2}[\w-]{4,4000}(?:\.[\w-]{4,4000})?/g, '<token>'],
  [/\b(Bearer|Basic|Digest|Token|ApiKey)\s{1,4}[\w.+/=~:-]{6,4000}/gi, (_, scheme) => `${scheme} <token>`],
  [
    new RegExp(
      String.raw`(?<![\w.-])(${SECRET_NAME})(["']?\s{0,4}(?:=>|[:=])\s{0,4})("(?:[^"\\]|\\.){0,2000}"|'(?:[^'\\]|\\.){0,2000}'|[^\s,;&)}\]"'<]{1,2000})`,
      'gi',
    ),
    (_, name, divider) => `${name}${divider}<secret>`,
  ],
  [/\b(?:AKIA|ASIA|AROA|AIDA|AGPA|ANPA)[A-Z0-9]{12,20}\b/g, '<aws key>'],
  [
    /\b(?:gh[pousr]_\w{20,255}|github_pat_\w{20,255}|glpat-[\w-]{16,64}|xox[abeoprs]-[\w-]{8,255}|[spr]k_(?:live|test)_\w{8,255}|AIza[\w-]{30,60}|npm_\w{30,60}|pypi-[\w-]{30,400}|dop_v1_\w{30,80}|SG\.[\w-]{16,40}\.[\w-]{30,60}|sk-[\w-]{20,200}|whsec_\w{20,80}|hooks\.slack\.com\/services\/\w{1,20}\/\w{1,20}\/\w{1,40})/g,
    '<token>',
  ],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<uuid>'],
  [
    /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,8}\.\p{L}{2,24}(?![\p{L}\p{N}@/])/gu,
    '<email>',
  ],
  [/\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b/gi, '<mac>'],
  [/(?<![\w.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\w.]*\d\.|\w)/g, '<ip>'],
  [
    /(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,7}(?:%\w{1,16})?(?![\w:])/gi,
    whole => (isAddress(whole!) ? '<ip>' : whole!),
  ],
  [
    /(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4})?(?![\w:])|(?<![\w:])::(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4}(?![\w:])/gi,
    '<ip>',
  ],
  // Long words of letters and digits mixed: hashes, session ids, keys.
  [
    /(?<![\w/.+-])(?=[\w+/-]{0,200}\d)(?=[\w+/-]{0,200}[A-Za-z])[A-Za-z0-9_-]{24,2000}(?:={1,2})?(?![\w/.-]*[/.]\w)/g,
    whole => (isRandom(whole!) ? '<token>' : whole!),
  ],
  [/\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?\b/g, whole => (isIban(whole!) ? '<iban>' : whole!)],
  [/(?<![\w.-])(?:\d[ -]?){12,18}\d(?![\w.])/g, '<number>'],
  // With the country in front, or written as in North America.
  [
    /(?<![\w.+])\+\d{1,3}(?:[ .-]?(?:\(\d{1,5}\)|\d{1,5})){2,6}(?![\w])/g,
    whole => (isPhone(whole!) ? '<phone>' : whole!),
  ],
  [/(?<![\w.+-])(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w.-])/g, '<phone>'],
  [/(?<![\w.-])\d{3}-\d{2}-\d{4}(?![\w.-])/g, '<number>'],
  [/(?<![\w.])\+?\d{5,30}(?![\w]|\.\d)/g, '<number>'],
];

/** Names of people in home directories; only Windows' have blanks in them. */
const HOME = /((?:^|[\s"'(=:,[/\\])\/(?:home|Users|export\/home)\/)(?!<)([^\\/:"'<>|\s()[\],]{1,80})/g;
const WINDOWS_HOME =
  /(\b[A-Za-z]:[\\/]{1,2}(?:Users|Documents and Settings)[\\/]{1,2})(?!<)([^\\/:"'<>|\r\n]{1,80}(?=[\\/])|[^\\/:"'<>|\s()[\],]{1,80})/gi;
const SHARED_HOMES =
  /^(?:Public|Shared|Default|All Users|runner|ubuntu|node|app|circleci|vsts|jenkins|git|www-data|ec2-user|vagrant)$/i;

/** A message, a name or any other text with its values masked. */
export function redactText(text: string): string {
  let masked = redactHomes(text);
  for (const [pattern, replacement] of MASKINGS)
    masked =
      typeof replacement === 'string' ? masked.replace(pattern, replacement) : masked.replace(pattern, replacement);
  return masked;
}

/** A path or URL as a frame prints it: user names, credentials and query strings are masked, the path itself stays. */
export function redactPath(path: string): string {
  return redactHomes(path)
    .replace(/^([a-z][a-z0-9+.-]{1,30}:\/\/)[^\s/@]{1,400}@/i, '$1<credentials>@')
    .replace(/\?[^#]{1,4000}/, query => (/^\?[\w.-]{0,40}$/.test(query) ? query : '?<query>'));
}

/** The analysis with everything masked that came from the input and is no name, file or line of code. */
export function redactAnalysis(analysis: TraceAnalysis): TraceAnalysis {
  return {
    ...analysis,
    traces: analysis.traces.map(trace => ({
      ...trace,
      guessedMappings: trace.guessedMappings.map(mapping => ({ ...mapping, from: redactPath(mapping.from) })),
      threads: trace.threads.map(thread => ({
        ...thread,
        name: thread.name === null ? null : redactText(thread.name),
        errors: thread.errors.map(error => ({
          ...error,
          message: error.message === null ? null : redactText(error.message),
          frames: error.frames.map(redactFrame),
        })),
      })),
    })),
  };
}

function redactFrame(frame: AnalysedFrame): AnalysedFrame {
  return {
    ...frame,
    function: frame.function === null ? null : withoutValues(frame.function),
    file: frame.file === null ? null : redactPath(frame.file),
    quotedSource: frame.quotedSource === null ? null : redactText(frame.quotedSource),
  };
}

/** Arguments with their values; the types in a C++ or Swift name stay. */
function withoutValues(name: string): string {
  return name.replace(/\(([^()]{0,4000})\)/g, (whole, inside: string) =>
    /[="']|0x[0-9a-f]/.test(inside) ? '(…)' : whole,
  );
}

function redactHomes(text: string): string {
  const mask = (whole: string, start: string, user: string) => (SHARED_HOMES.test(user) ? whole : `${start}<user>`);
  return text.replace(HOME, mask).replace(WINDOWS_HOME, mask);
}

/** Times (`10:20:30`) look like addresses without letters. */
function isAddress(text: string): boolean {
  return /[a-f]/i.test(text) || text.includes('::') || text.split(':').length === 8;
}

/** By its check digits: names of code in capitals are none. */
function isIban(text: string): boolean {
  const digits = text
    .replaceAll(' ', '')
    .replace(/^(.{4})(.*)$/, '$2$1')
    .replace(/[A-Z]/g, letter => String(letter.charCodeAt(0) - 55));
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  return digits >= 8 && digits <= 15;
}

/** Names of code have words in them; what was drawn at random changes between letters and digits often, or is all hexadecimal. */
function isRandom(text: string): boolean {
  if (/^[0-9a-f]+$/i.test(text)) return true;
  const changes = text.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  return changes >= 3;
}
