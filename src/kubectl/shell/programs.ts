import { basics } from './basic-programs.ts'
import { curl } from './curl.ts'
import { files } from './file-programs.ts'
import { filters } from './filters.ts'
import { nc, nslookup, ping } from './network-programs.ts'
import { processes } from './process-programs.ts'
import type { ShellProgram } from './shell-program.ts'
import { wget } from './wget.ts'

/** The programs that the small shell knows. Whether an image contains one is another question. */
export const programs: Readonly<Record<string, ShellProgram>> = {
  ...basics,
  ...files,
  ...filters,
  ...processes,
  curl,
  nc,
  nslookup,
  ping,
  wget,
}
