import { basics } from './basic-programs.ts'
import { curl } from './curl.ts'
import { files } from './file-programs.ts'
import { filters } from './filters.ts'
import { nc, nslookup, ping } from './network-programs.ts'
import { processes } from './process-programs.ts'
import type { ShellProgram } from './shell-program.ts'
import { wget } from './wget.ts'

/** Programs that not every image with a shell contains. */
export const networkPrograms: Readonly<Record<string, ShellProgram>> = { curl, nc, nslookup, ping, wget }

/** The programs that the small shell knows. Whether an image contains one is another question. */
export const programs: Readonly<Record<string, ShellProgram>> = {
  ...basics,
  ...files,
  ...filters,
  ...processes,
  ...networkPrograms,
}

const OF_IMAGES = new Set(
  'apk apt apt-get awk base64 chmod chown cp cut df du find less ln md5sum more mount mv nohup sed sha256sum stat tar tee top tr umask vi watch which xargs'.split(
    ' ',
  ),
)

/** True for programs that images with a shell contain as a rule, and that the small shell does not know. */
export const isOfImages = (name: string): boolean => OF_IMAGES.has(name)
