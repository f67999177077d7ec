/**
 * Cuts a text into pieces of at most `limit` UTF-16 units: between lines where possible, else between words, else
 * anywhere but inside a surrogate pair. Joined with line breaks the pieces give the same lines again, unless a line had
 * to be cut.
 */
export function splitText(text: string, limit: number): string[] {
  const pieces: string[] = []
  let piece: string | undefined
  for (const line of text.split('\n').flatMap((long) => splitLine(long, limit))) {
    if (piece === undefined) piece = line
    else if (piece.length + 1 + line.length <= limit) piece += `\n${line}`
    else {
      pieces.push(piece)
      piece = line
    }
  }
  if (piece !== undefined) pieces.push(piece)
  return pieces
}

function splitLine(line: string, limit: number): string[] {
  const parts: string[] = []
  let rest = line
  while (rest.length > limit) {
    const blank = rest.lastIndexOf(' ', limit)
    const end = blank > limit / 2 ? blank : wholeCharacters(rest, limit)
    parts.push(rest.slice(0, end))
    rest = rest.slice(blank > limit / 2 ? end + 1 : end)
  }
  return [...parts, rest]
}

/** The largest cut of at most `limit` units that leaves no half surrogate pair. */
const wholeCharacters = (text: string, limit: number): number =>
  limit > 1 && /[\ud800-\udbff]/.test(text[limit - 1] ?? '') ? limit - 1 : limit
