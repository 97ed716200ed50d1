/** Names of flags as configurations have them, whose parts say that what follows are features: `features.new_nav`, `Feature.NewNav.Enabled`. */

/** The flag that an entry of a configuration is; null where it is another setting. Of one feature, only whether it is on is a flag. */
export function listedName(entry: string): string | null {
  const listed = LISTED.exec(entry)?.[1];
  if (listed !== undefined) return listed.replace(STATE, '');
  return OF_ONE.exec(entry)?.[1] ?? null;
}

const LISTED =
  /^(?:\w[\w-]*[.:])?(?:features|feature[-_]?flags?|feature[-_]?toggles?|toggles|[fF]eatures|[fF]eature(?:Flags?|Toggles?))[.:]([A-Za-z][\w.:-]*)$/;
const STATE = /[.:][eE]nabled$/;
const OF_ONE = /^[fF]eature[.:]([A-Za-z][\w.:-]*)[.:][eE]nabled$/;
