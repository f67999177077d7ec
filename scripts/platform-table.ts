import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { features } from './platform-features.ts'

const README = new URL('../README.md', import.meta.url)
const [BEGIN, END] = ['<!-- platforms:begin -->', '<!-- platforms:end -->'] as const
const PLATFORMS = ['discord', 'slack', 'console'] as const

interface Result {
  fullName: string
  status: string
}

/** The table, with a mark where the tests of a feature have passed. Throws where a test is missing or has failed. */
export const platformTable = (results: readonly Result[]): string =>
  [
    '| | Discord | Slack | Console |',
    '|---|---|---|---|',
    ...features.map(
      (feature) =>
        `| ${[feature.name, ...PLATFORMS.map((platform) => cell(feature[platform], results))].join(' | ')} |`,
    ),
  ].join('\n')

function cell(proof: readonly string[] | string, results: readonly Result[]): string {
  if (typeof proof === 'string') return proof
  for (const name of proof) {
    const found = results.filter(({ fullName }) => fullName.includes(name))
    if (found.length === 0) throw new Error(`no test is called "${name}"`)
    const failed = found.find(({ status }) => status !== 'passed')
    if (failed) throw new Error(`"${failed.fullName}" has ${failed.status}`)
  }
  return '✓'
}

/** The README with the table between its marks. */
export const withTable = (readme: string, table: string): string =>
  readme.replace(new RegExp(`${BEGIN}[\\s\\S]*${END}`), `${BEGIN}\n${table}\n${END}`)

/** Runs the tests of the platforms and writes what they show into the README. */
function write(): void {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', 'test/platforms', '--reporter=json']
  // A test that failed is told with its name below.
  const { stdout } = spawnSync(process.execPath, vitest, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const { testResults } = JSON.parse(stdout) as { testResults: { assertionResults: Result[] }[] }
  const table = platformTable(testResults.flatMap(({ assertionResults }) => assertionResults))
  writeFileSync(README, withTable(readFileSync(README, 'utf8'), table))
}

if (process.argv[1]?.match(/platform-table\.[jt]s$/)) write()
