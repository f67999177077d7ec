import { fold } from './fold.ts'
import type { Part } from './reply.ts'

/** How a command is typed, no wider than a phone. */
export const usagePart = (usage: string): Part => ({ type: 'code', code: fold('', usage).join('\n') })
