import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { certificates } from '../../src/certificates.ts'
import { Session } from './transcript.ts'

interface Recorded {
  files: Record<string, string>
  cases: { line: string; stdin?: string; exitCode: number; stdout: string; stderr: string }[]
}

const recorded = (name: string): Recorded =>
  JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8'))

/** Runs lines one after the other against what the real client and API server say of them. */
function replay({ files, cases }: Recorded): void {
  const session = new Session()
  session.files = files
  session.certificates = certificates
  for (const { line, stdin = '', ...expected } of cases)
    test(`${line} ${stdin}`, () => {
      const { exitCode, stdout, stderr } = session.run(line, stdin)
      expect({ exitCode, stdout, stderr }).toEqual(expected)
    })
}

describe('manifests with every sort of mistake (R-ERR-2, R-ERR-3, R-ERR-4, R-ERR-7)', () => {
  replay(recorded('manifest-files.json'))
})

describe('files of the channel as data, certificates and patches (R-ING-50)', () => {
  replay(recorded('channel-files.json'))
})
