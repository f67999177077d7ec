/** The namespace that the words of a command line name with `-n`; undefined if they name none. */
export function typedNamespace(words: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    if (word === '--') return undefined
    const [, attached] = /^(?:-n=?|--namespace=)(.+)$/.exec(word) ?? []
    if (attached !== undefined) return attached
    if (word === '-n' || word === '--namespace') return words[index + 1]
  }
  return undefined
}
