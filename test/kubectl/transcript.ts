import { splitWords } from '../../src/chat/words.ts'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { createCluster } from '../../src/cluster/create.ts'
import type { Certificates } from '../../src/cluster/network/certificate.ts'
import { Random } from '../../src/cluster/random.ts'
import { runKubectl } from '../../src/kubectl/run.ts'

/** One command of a transcript and what it must print. */
export interface Entry {
  line: string
  stdin: string | undefined
  expected: string
}

/**
 * Reads a transcript:
 *
 * - `$ kubectl …` is typed; `<< END` behind it begins what `-f -` reads, up to a line `END`
 * - the lines below are what is printed; those of standard error begin with `! `, the exit code is `[exit 1]`
 * - `{name}` stands for a word that the cluster chooses: the same word wherever the name stands again
 * - `{*}` stands for one word that does not matter, `{…}` for anything up to the end of the line
 * - where such a word stands, columns may be wider or narrower than they are written
 * - `# ` begins a remark
 */
export function readTranscript(text: string): Entry[] {
  const entries: Entry[] = []
  const lines = text.split('\n').filter((line) => !line.startsWith('# '))
  for (let at = 0; at < lines.length; ) {
    const [, typed, ending] = /^\$ (.*?)(?: << (\w+))?$/.exec(lines[at]!) ?? []
    at += 1
    if (typed === undefined) continue
    const stdinEnd = ending === undefined ? -1 : lines.indexOf(ending, at)
    const stdin = stdinEnd < 0 ? undefined : `${lines.slice(at, stdinEnd).join('\n')}\n`
    if (stdinEnd >= 0) at = stdinEnd + 1
    const from = at
    while (at < lines.length && !lines[at]!.startsWith('$ ')) at += 1
    entries.push({ line: typed, stdin, expected: lines.slice(from, at).join('\n').trimEnd() })
  }
  return entries
}

/** Runs kubectl lines against one cluster, each followed by what follows from it. */
export class Session {
  readonly cluster: Cluster
  namespace = 'default'
  files: Record<string, string> = {}
  certificates: Certificates | undefined

  constructor(cluster: Cluster = createCluster({ seed: 7, clock: Date.parse('2026-11-22T10:00:00Z') })) {
    this.cluster = cluster
  }

  run(line: string, stdin?: string) {
    this.cluster.begin({ author: 'you', line })
    const result = runKubectl(splitWords(line), {
      cluster: this.cluster,
      namespace: this.namespace,
      files: this.files,
      dice: new Random(1),
      user: 'you',
      ...(stdin !== undefined && { stdin }),
      ...(this.certificates && { certificates: this.certificates }),
    })
    if (result.namespace !== undefined) this.namespace = result.namespace
    this.cluster.settle()
    this.cluster.commit()
    return result
  }

  /** What a transcript shows of a line. */
  transcript(line: string, stdin?: string): string {
    const { exitCode, stdout, stderr } = this.run(line, stdin)
    const errors = stderr
      .replace(/\n$/, '')
      .split('\n')
      .map((each) => `! ${each}\n`)
    return `${stdout}${stderr === '' ? '' : errors.join('')}${exitCode === 0 ? '' : `[exit ${exitCode}]\n`}`.trimEnd()
  }
}

/** Words that the cluster has chosen, by the names that stand for them. */
export type Chosen = Map<string, string>

/** True if the text is what the pattern says; remembers the words that its names stand for. */
export function fits(pattern: string, text: string, chosen: Chosen): boolean {
  const names: string[] = []
  const parts = pattern.split(/(\{[\w…*-]+\})/)
  const source = parts
    .map((part) => {
      const name = /^\{([\w…*-]+)\}$/.exec(part)?.[1]
      const plain = part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      if (name === undefined) return parts.length > 1 ? plain.replace(/(?<=\S|^) {2,}/gm, ' {2,}') : plain
      if (name === '…') return '[^\\n]*'
      if (name === '*') return '[\\w.-]+?'
      const known = chosen.get(name)
      if (known !== undefined) return known.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      const index = names.indexOf(name)
      if (index >= 0) return `\\${index + 1}`
      names.push(name)
      return '([\\w.-]+?)'
    })
    .join('')
  const match = new RegExp(`^${source}$`).exec(text)
  if (!match) return false
  for (const [index, name] of names.entries()) chosen.set(name, match[index + 1]!)
  return true
}
