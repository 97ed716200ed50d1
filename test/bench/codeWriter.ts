// Code in the three families of languages, as dull as real code is: functions with conditions, calls, literals and comments.
// Whoever writes a file decides where flags are checked; nothing in here mentions one.
import type { Random } from './random.ts';

const NOUNS =
  'account address audit basket batch budget cart catalog claim coupon currency customer delivery discount draft event export feed filter gateway import index invoice item ledger letter limit listing member message order page parcel partner payment period plan price product profile quote range rate receipt record refund region report request return review rule sale schedule search segment seller shelf shipment slot stock store supplier tax ticket token total track transfer trial user vendor visit voucher warehouse window'.split(
    ' ',
  );
const VERBS =
  'add apply archive assign build cancel check clear close collect compare compute confirm copy count create decode describe drop encode estimate expand fetch find format group join list load lock log map match merge move normalize notify open order parse pick plan prepare publish pull push queue read rebuild reduce refresh remove render replace reserve reset resolve restore retry round save schedule select send sort split start stop store sum trim update validate verify write'.split(
    ' ',
  );
const WORDS =
  'a after all and are as because before below between can column count default each empty every field file first fresh from given has if in into is it keep known last list longest may more name never new next no not number of old one only or order other our out own path place price range read rest row same say second seen should since some still stock such text that the their then there these time to too two unless until up upper used value was what when where which while whole with without yet'.split(
    ' ',
  );

export function nounOf(random: Random): string {
  return random.pick(NOUNS);
}

export function camelName(random: Random): string {
  return `${random.pick(VERBS)}${capital(random.pick(NOUNS))}${capital(random.pick(NOUNS))}`;
}

export function snakeName(random: Random): string {
  return `${random.pick(VERBS)}_${random.pick(NOUNS)}_${random.pick(NOUNS)}`;
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export function sentence(random: Random): string {
  const words = Array.from({ length: 6 + random.below(9) }, () => random.pick(WORDS));
  return `${capital(words.join(' '))}.`;
}

/** A function of TypeScript or, without types, of JavaScript. `check` stands in its middle: an expression that is true or false. */
export function ecmaScriptFunction(random: Random, form: 'typed' | 'plain', check: string | null): readonly string[] {
  const [name, input, limit, item, field] = [camelName, nounOf, nounOf, nounOf, nounOf].map(make => make(random)) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const typed = (annotation: string): string => (form === 'typed' ? annotation : '');
  return [
    `/** ${sentence(random)} */`,
    `export async function ${name}(${input}s${typed(': readonly Row[]')}, max${capital(limit)} = ${random.below(500)})${typed(': Promise<number>')} {`,
    `  let total = ${random.below(10)};`,
    `  for (const ${item}Row of ${input}s) {`,
    `    if (${item}Row.${field} === undefined || ${item}Row.${field}.length > max${capital(limit)}) continue;`,
    `    // ${sentence(random)}`,
    ...(check === null
      ? []
      : [
          `    if (${check}) {`,
          `      total += ${camelName(random)}(${item}Row, { strict: true });`,
          '    } else {',
          `      total -= ${random.below(9)};`,
          '    }',
        ]),
    `    const parts = ${item}Row.${field}.split('${random.pick(WORDS)}').map(part => part.trim());`,
    `    total += parts.filter(part => part !== '' && !part.startsWith('${random.pick(WORDS)}')).length * ${1 + random.below(40)};`,
    `    logger.debug(\`${random.pick(VERBS)} \${${item}Row.id}: \${total}\`, { ${field}: ${item}Row.${field}, at: Date.now() });`,
    '  }',
    `  return total > max${capital(limit)} ? Math.round(total / ${1 + random.below(20)}) : total;`,
    '}',
    '',
  ];
}

export function pythonFunction(random: Random, check: string | null): readonly string[] {
  const [name, input, limit, item, field] = [snakeName, nounOf, nounOf, nounOf, nounOf].map(make => make(random)) as [
    string,
    string,
    string,
    string,
    string,
  ];
  return [
    `def ${name}(${input}s: list[Row], max_${limit}: int = ${random.below(500)}) -> int:`,
    `    """${sentence(random)}"""`,
    `    total = ${random.below(10)}`,
    `    for ${item}_row in ${input}s:`,
    `        if ${item}_row.${field} is None or len(${item}_row.${field}) > max_${limit}:`,
    '            continue',
    `        # ${sentence(random)}`,
    ...(check === null
      ? []
      : [
          `        if ${check}:`,
          `            total += ${snakeName(random)}(${item}_row, strict=True)`,
          '        else:',
          `            total -= ${random.below(9)}`,
        ]),
    `        parts = [part.strip() for part in ${item}_row.${field}.split("${random.pick(WORDS)}")]`,
    `        total += len([part for part in parts if part and not part.startswith("${random.pick(WORDS)}")]) * ${1 + random.below(40)}`,
    `        logger.debug("${random.pick(VERBS)} %s: %d", ${item}_row.id, total, extra={"${field}": ${item}_row.${field}})`,
    `    return round(total / ${1 + random.below(20)}) if total > max_${limit} else total`,
    '',
    '',
  ];
}

export function goFunction(random: Random, check: string | null): readonly string[] {
  const [name, input, limit, item, field] = [camelName, nounOf, nounOf, nounOf, nounOf].map(make => make(random)) as [
    string,
    string,
    string,
    string,
    string,
  ];
  return [
    `// ${capital(name)} ${sentence(random)}`,
    `func ${capital(name)}(ctx context.Context, ${input}s []Row, max${capital(limit)} int) (int, error) {`,
    `\ttotal := ${random.below(10)}`,
    `\tfor _, ${item}Row := range ${input}s {`,
    `\t\tif ${item}Row.${capital(field)} == "" || len(${item}Row.${capital(field)}) > max${capital(limit)} {`,
    '\t\t\tcontinue',
    '\t\t}',
    `\t\t// ${sentence(random)}`,
    ...(check === null
      ? []
      : [
          `\t\tif ${check} {`,
          `\t\t\ttotal += ${camelName(random)}(ctx, ${item}Row, true)`,
          '\t\t} else {',
          `\t\t\ttotal -= ${random.below(9)}`,
          '\t\t}',
        ]),
    `\t\tfor _, part := range strings.Split(${item}Row.${capital(field)}, "${random.pick(WORDS)}") {`,
    `\t\t\tif part = strings.TrimSpace(part); part != "" && !strings.HasPrefix(part, "${random.pick(WORDS)}") {`,
    `\t\t\t\ttotal += ${1 + random.below(40)}`,
    '\t\t\t}',
    '\t\t}',
    `\t\tslog.Debug("${random.pick(VERBS)}", "id", ${item}Row.ID, "total", total, "${field}", ${item}Row.${capital(field)})`,
    '\t}',
    `\treturn total / ${1 + random.below(20)}, nil`,
    '}',
    '',
  ];
}
