export const hostTests: string;
export function bundleHostTests(): Promise<readonly string[]>;
