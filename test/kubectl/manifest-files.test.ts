import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Session } from './transcript.ts'

/** Manifests with every sort of mistake, and what the real client and API server say of them, one after the other. */
const { files, cases } = JSON.parse(
  readFileSync(new URL('../golden/manifest-files.json', import.meta.url), 'utf8'),
) as {
  files: Record<string, string>
  cases: { line: string; stdin?: string; exitCode: number; stdout: string; stderr: string }[]
}

describe('manifests in files are understood and refused as the real client does (R-ERR-2, R-ERR-3, R-ERR-4, R-ERR-7)', () => {
  const session = new Session()
  session.files = files

  for (const { line, stdin = '', ...expected } of cases)
    test(`${line} ${stdin}`, () => {
      const { exitCode, stdout, stderr } = session.run(line, stdin)
      expect({ exitCode, stdout, stderr }).toEqual(expected)
    })
})
