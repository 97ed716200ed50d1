/** The newest .vsix, where `npm run package` writes it, or undefined. */
export function newestPackage(): string | undefined;
export const demoForPeople: string;
export const demoForTests: string;
