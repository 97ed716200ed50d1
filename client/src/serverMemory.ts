// How the server's process keeps its memory.

/**
 * Options of V8 for the server. While someone types, much is made that lasts for one keystroke: with twice the default room for what is
 * new (32 MB), it is gone before the collector looks at it a second time, and half as many keystrokes wait for the collector.
 */
export const serverMemory: readonly string[] = ['--max-semi-space-size=32'];
