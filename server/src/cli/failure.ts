/** What ends a command with status 2: arguments, a configuration or an input that can't be used. */

/** Its message is one line: what happened, where, and how to mend it. */
export class UnusableInput extends Error {}
