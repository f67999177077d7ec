/**
 * Slack's limits, in UTF-16 units where they count characters. Sources: S = Slack's documentation or types, T = other
 * clients and bug reports, K = common knowledge. T and K are kept because staying below costs nothing.
 */
export const LIMITS = {
  message: {
    /** (S, T) */
    blocks: 50,
    /** The JSON of all blocks in bytes: seen to fail from about 13,200 (T). */
    bytes: 12_000,
    /** Plain text beside the blocks, for notifications (K). */
    text: 4_000,
    /** Table blocks (K). */
    tables: 1,
  },
  /** Blocks of a modal or Home tab (S). */
  view: { blocks: 100, bytes: 200_000 },
  /** (S) */
  header: 150,
  plainText: 3_000,
  actions: { elements: 25 },
  button: { text: 75 },
  actionId: 255,
  select: { options: 100, text: 75, value: 150, description: 75, placeholder: 150 },
  /** A table with its header (S); its JSON in bytes and the characters of a cell (T). */
  table: { rows: 100, columns: 20, bytes: 8_000, cell: 1_000 },
  modal: { title: 24, submit: 24, metadata: 3_000, callbackId: 255, label: 2_000, placeholder: 150, value: 3_000 },
  /** Alternative text of a picture (S). */
  alt: 1_000,
  command: { name: 32, description: 2_000, usage: 1_000, commands: 50 },
  /** Least time between two messages into one channel, in ms (S). */
  interval: 1_000,
  /** Uses of a response URL and how long it lives in ms (T). */
  responseUrl: { uses: 5, life: 30 * 60_000 },
} as const

/** What the renderer allows itself: choices of this project, not limits of Slack. */
export const HABITS = {
  /** Messages one reply may become before the rest goes into a file: fewer than a response URL has uses. */
  messages: 4,
  /** Lines that are shown of code that became a file. */
  preview: 12,
  /** Longest text of one block; at three bytes each it is still below the limit of a message. Longer code is a file. */
  text: 2_500,
} as const
