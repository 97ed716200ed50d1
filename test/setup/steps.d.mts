/** The repository's root. */
export const root: string;
/** Where set-up keeps stamps, logs and what it builds. */
export const cache: string;
export class SetupError extends Error {}
