/** What programs take on their command line: its options are called flags, too. */
import type { FileIndex } from '../linking/fileIndex.ts';

/** Go: whether a file takes an option of this name: `flags.BoolVar(&insecure, "insecure", config.GetBoolFlag("insecure"), "…")`. */
export function isOptionOf({ calls, facts }: FileIndex, name: string): boolean {
  if (facts.language !== 'go') return false;
  for (const [called, all] of calls) {
    if (!TAKES_OPTION.test(called)) continue;
    if (all.some(({ args }) => args.slice(0, 2).some(({ value }) => value.kind === 'string' && value.value === name)))
      return true;
  }
  return false;
}

/** The functions of Go's own library and of pflag. */
const TAKES_OPTION =
  /^(?:Bool|Count|Duration|Float(?:32|64)|IP|Int(?:8|16|32|64)?|String|Text|Uint(?:8|16|32|64)?)(?:Array|Func|Net|Slice|ToInt|ToString)?(?:Var)?P?$/;
