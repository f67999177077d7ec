/**
 * Discord's limits, in UTF-16 units where they count characters. Sources: D = Discord's documentation, T = other
 * clients and libraries that enforce it, K = common knowledge. T and K are kept because staying below costs nothing.
 */
export const LIMITS = {
  message: {
    /** All components of a message, nested ones included (D). */
    components: 40,
    /** All text displays of a message together (T). */
    characters: 4_000,
    /** (K) */
    files: 10,
    /** One file in bytes, where the interaction does not say otherwise (D). */
    fileBytes: 10 * 1024 * 1024,
    /** Alternative text of a file (D). */
    alt: 1_024,
  },
  row: { buttons: 5 },
  button: { label: 80 },
  customId: 100,
  select: { options: 25, label: 100, value: 100, description: 100, placeholder: 150 },
  /** Top-level components of a modal: T; the others D. */
  modal: { title: 45, components: 5, label: 45, value: 4_000, placeholder: 100 },
  command: {
    /** Characters of names, descriptions and choice values of one command with all its sub-commands (D). */
    budget: 8_000,
    description: 100,
    options: 25,
    choices: 25,
    subcommands: 25,
    /** Longest value of a string option (D). */
    value: 6_000,
  },
  autocomplete: { choices: 25, name: 100, value: 100 },
  /** How long a first answer may take, in ms (D). */
  deadline: 3_000,
} as const

/** What the renderer allows itself: choices of this project, not limits of Discord. */
export const HABITS = {
  /** Messages one reply may become before the rest goes into a file. */
  messages: 5,
  /** Code longer than this becomes a file with a preview. */
  code: 2_800,
  /** Lines of that preview. */
  preview: 12,
  title: 200,
  /** Longest single text display. */
  text: 3_000,
} as const
