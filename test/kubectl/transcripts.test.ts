import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Chosen, fits, readTranscript, Session } from './transcript.ts'

const folder = new URL('./transcripts/', import.meta.url)
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .sort()

describe('transcripts', () => {
  for (const name of names) {
    const text = readFileSync(new URL(name, folder), 'utf8')
    const [, title = ''] = /^# (.*)/.exec(text) ?? []
    test(`${name}: ${title}`, () => {
      const session = new Session()
      const chosen: Chosen = new Map()
      for (const { line, stdin, expected } of readTranscript(text)) {
        const typed = line.replace(/^kubectl /, '').replace(/\{(\w+)\}/g, (all, word) => chosen.get(word) ?? all)
        const printed = session.transcript(typed, stdin)
        if (!fits(expected, printed, chosen)) expect(`$ ${line}\n${printed}`).toBe(`$ ${line}\n${expected}`)
      }
      expect(session.cluster.store.size).toBeGreaterThan(0)
    })
  }
})
