import type { Command } from '../src/chat/command.ts'
import { cluster } from './cluster.ts'
import { curl } from './curl.ts'
import { kubectl } from './kubectl.ts'
import { lesson } from './lesson.ts'
import { nc } from './nc.ts'
import { nslookup } from './nslookup.ts'
import { ping } from './ping.ts'
import { progress } from './progress.ts'
import { sealed } from './quiz/sealed.ts'
import { quiz } from './quiz.ts'
import { tutor } from './tutor.ts'
import { why } from './why.ts'

/** All slash commands, in the order of the help. */
export const commands: readonly Command[] = [
  tutor,
  lesson,
  quiz,
  kubectl,
  sealed(curl),
  sealed(nslookup),
  sealed(nc),
  sealed(ping),
  cluster,
  progress,
  sealed(why),
]
