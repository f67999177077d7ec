/** What one piece of a message needs of the platform's limits. All counts, none negative. */
export interface Cost {
  components: number
  characters: number
  files: number
  tables: number
}

/** Divides pieces over as few messages as keep their order and stay within the limits of each. */
export function pack<Piece extends { cost: Cost }>(pieces: readonly Piece[], limits: Cost): Piece[][] {
  const messages: Piece[][] = []
  let open: { pieces: Piece[]; cost: Cost } | undefined
  for (const piece of pieces) {
    const together = open && add(open.cost, piece.cost)
    if (open && together && within(together, limits)) {
      open.pieces.push(piece)
      open.cost = together
    } else {
      open = { pieces: [piece], cost: piece.cost }
      messages.push(open.pieces)
    }
  }
  return messages
}

const add = (left: Cost, right: Cost): Cost => ({
  components: left.components + right.components,
  characters: left.characters + right.characters,
  files: left.files + right.files,
  tables: left.tables + right.tables,
})

const within = (cost: Cost, limits: Cost): boolean =>
  cost.components <= limits.components &&
  cost.characters <= limits.characters &&
  cost.files <= limits.files &&
  cost.tables <= limits.tables
