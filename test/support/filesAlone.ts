/** What a project is told that knows its files and nothing else: no git, no ages, nothing to say of the workspace. */
export const FILES_ALONE = { readHistory: null, withoutHistory: '', past: null, notices: [] } as const;
