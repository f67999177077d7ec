import { createInterface, type Interface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'
import type { Answer, App, Input } from '../../app.ts'
import type { Reply } from '../../chat/reply.ts'
import { formsOf, pressables, renderConsole } from './render.ts'

/** Where a person sits and what the last message offers to press. */
interface Seat {
  user: string
  channel: string
  last: Reply | undefined
  posts: number
}

const HELP = `Lines that begin with / are commands, as in Slack: /tutor shows the menu.
:user NAME      speak as somebody else     :channel NAME   go to another channel
:press N [V]    press button N             :paste … :end   a manifest for -f -
:quit           leave`

/**
 * Face 1 of the console: a person at a terminal. Resolves when the person leaves or the input ends.
 *
 * @param history earlier lines, newest first; `remember` is called with each new one.
 */
export async function serveTerminal(
  app: App,
  input: Readable,
  output: Writable,
  { history, remember }: { history: string[]; remember: (line: string) => void },
): Promise<void> {
  const seat: Seat = { user: 'you', channel: 'console', last: undefined, posts: 0 }
  const terminal = createInterface({
    input,
    output,
    history,
    historySize: 500,
    completer: async (line: string): Promise<[string[], string]> => complete(app, seat, line),
  })
  const lines = new Lines(terminal)
  const say = (text: string) => output.write(`${text}\n`)
  const speak = (channel: string, reply: Reply, person?: string) => {
    say(`\n#${bare(channel)}${person ? ` (to ${bare(person)} only)` : ''}\n${renderConsole(reply)}`)
    if (`console:${seat.channel}` === channel) seat.last = reply
    terminal.prompt(true)
  }
  app.connect('console:', {
    post: async (channel, reply, options) => {
      speak(channel, reply, options?.private)
      seat.posts += 1
      return { platform: 'console', channel, message: String(seat.posts) }
    },
    // What has scrolled by cannot be changed any more, so it is said once more; the time runs by itself.
    edit: async (message, reply, options) => {
      if (!options?.countdown) speak(message.channel, reply)
      return true
    },
  })
  await app.start(Date.now(), 'console:')
  say('Room Service. /tutor shows the menu, :help the keys of this console.')
  for (;;) {
    const line = await lines.next(`#${seat.channel} ${seat.user}> `)
    if (line === undefined || line.trim() === ':quit') break
    if (line.trim() === '') continue
    remember(line)
    if (!(await steer(app, seat, lines, line.trim(), say))) await send(app, seat, { line }, say)
  }
  terminal.close()
  await app.stop()
}

/** Lines in the order in which they came, also those that came while nobody waited. */
class Lines {
  readonly #terminal: Interface
  readonly #ready: string[] = []
  #waiting: ((line: string | undefined) => void) | undefined
  #ended = false

  constructor(terminal: Interface) {
    this.#terminal = terminal
    terminal.on('line', (line) => this.#give(line))
    terminal.on('close', () => {
      this.#ended = true
      this.#give(undefined)
    })
  }

  /** Prompts and waits for the next line; undefined at the end of the input. */
  async next(prompt: string): Promise<string | undefined> {
    if (this.#ready.length > 0) return this.#ready.shift()
    if (this.#ended) return undefined
    this.#terminal.setPrompt(prompt)
    this.#terminal.prompt()
    return new Promise((resolve) => {
      this.#waiting = resolve
    })
  }

  #give(line: string | undefined): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting) waiting(line)
    else if (line !== undefined) this.#ready.push(line)
  }
}

/** Carries out a line that begins with a colon; false for any other line. */
async function steer(app: App, seat: Seat, lines: Lines, line: string, say: (text: string) => void): Promise<boolean> {
  if (!line.startsWith(':')) return false
  const [verb, ...words] = line.slice(1).split(/\s+/)
  const argument = words.join(' ')
  if (verb === 'user' && argument !== '') seat.user = argument
  else if (verb === 'channel' && argument !== '') Object.assign(seat, { channel: argument, last: undefined })
  else if (verb === 'press') await press(app, seat, lines, words, say)
  else if (verb === 'paste') await paste(app, seat, lines, argument, say)
  else say(HELP)
  return true
}

async function press(app: App, seat: Seat, lines: Lines, [number, ...value]: string[], say: (text: string) => void) {
  const index = Number(number) - 1
  const button = seat.last && pressables(seat.last)[index]
  if (!button) return say(seat.last ? 'The last message has no such button.' : 'There is no message with buttons yet.')
  const choose = value.join(' ')
  if (button.values && !button.values.some((option) => option.value === choose))
    return say(`Choose one: :press ${number} ${button.values.map((option) => option.value).join(' | ')}`)
  const form = formsOf(seat.last!)[index]
  const stdin = form?.fields.some(({ name }) => name === 'stdin') ? await readPaste(lines, say) : undefined
  await send(app, seat, { press: button.action, ...(button.values && { choose }) }, say, stdin)
}

/** `:paste [COMMAND]`: the lines up to `:end` are what the command reads with `-f -`. */
async function paste(app: App, seat: Seat, lines: Lines, command: string, say: (text: string) => void) {
  const stdin = await readPaste(lines, say)
  if (stdin !== undefined) await send(app, seat, { line: command || '/kubectl apply -f -' }, say, stdin)
}

async function readPaste(input: Lines, say: (text: string) => void): Promise<string | undefined> {
  say('Paste; a line with :end ends it.')
  const text: string[] = []
  for (;;) {
    const line = await input.next('')
    if (line === undefined) return undefined
    if (line.trim() === ':end') return `${text.join('\n')}\n`
    text.push(line)
  }
}

async function send(app: App, seat: Seat, input: Input, say: (text: string) => void, stdin?: string): Promise<void> {
  const answer: Answer = await app.handle({
    channel: `console:${seat.channel}`,
    user: `console:${seat.user}`,
    userName: seat.user,
    at: Date.now(),
    input,
    ...(stdin !== undefined && { stdin }),
  })
  if (pressables(answer.reply).length > 0) seat.last = answer.reply
  say(`${answer.private ? '(only you see this)\n' : ''}${renderConsole(answer.reply)}\n`)
}

async function complete(app: App, seat: Seat, line: string): Promise<[string[], string]> {
  const who = { channel: `console:${seat.channel}`, user: `console:${seat.user}`, at: Date.now() }
  const suggestions = await app.completeLine(who, line)
  return [suggestions.map(({ value }) => value), line.slice(line.search(/\S*$/))]
}

const bare = (key: string): string => key.replace(/^console:/, '')
