import type { Command } from '../../chat/command.ts'
import type { Inline, Part, Reply, Text } from '../../chat/reply.ts'
import type { Tutor } from '../delivery/platform.ts'

/** The tutor as it speaks in a workspace where its commands have a prefix: what it tells people to type has it as well. */
export function speakPrefixed(tutor: Tutor, prefix: string): Tutor {
  if (prefix === '') return tutor
  const say = prefixer(tutor.commands, prefix)
  return {
    commands: tutor.commands,
    isPrivate: (input) => tutor.isPrivate(input),
    complete: (who, ask) => tutor.complete(who, ask),
    handle: async (request) => {
      const answer = await tutor.handle(request)
      return { ...answer, reply: say(answer.reply) }
    },
    home: async (user) => say(await tutor.home(user)),
    connect: (platform, outbox) =>
      tutor.connect(platform, {
        post: (channel, reply, options) => outbox.post(channel, say(reply), options),
        edit: (message, reply, options) => outbox.edit(message, say(reply), options),
      }),
  }
}

/** Puts the prefix into every command of the tutor in the texts of a reply. What buttons stand for stays as it is. */
export function prefixer(commands: readonly Command[], prefix: string): (reply: Reply) => Reply {
  const names = commands.map(({ name }) => name).join('|')
  const inText = new RegExp(`(^|[^\\w/.])/(${names})(?![\\w/.-])`, 'g')
  const atStart = new RegExp(`^/(${names})(?![\\w/.-])`, 'gm')
  const words = (text: string) => text.replace(inText, `$1/${prefix}$2`)
  const text = (value: Text): Text =>
    typeof value === 'string'
      ? words(value)
      : value.map((node): Inline => ('text' in node ? { ...node, text: words(node.text) } : node))
  const part = (given: Part): Part => {
    if (given.type === 'text' || given.type === 'note') return { ...given, text: text(given.text) }
    if (given.type === 'list') return { ...given, items: given.items.map(text) }
    // In a block of code only whole lines are the tutor's; all else is what kubectl or a program printed.
    if (given.type === 'code') return { ...given, code: given.code.replace(atStart, `/${prefix}$1`) }
    return given
  }
  return (reply) => ({ ...reply, parts: reply.parts.map(part) })
}
