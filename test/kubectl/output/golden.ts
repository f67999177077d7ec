import { readFileSync } from 'node:fs'

/** What the real client's libraries print for a list of inputs, kept as data. */
export const golden = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../golden/kubectl/${name}.json`, import.meta.url), 'utf8')) as T
