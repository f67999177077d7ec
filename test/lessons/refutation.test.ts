import { describe, expect, test } from 'vitest'
import { lessons } from '../../lessons/index.ts'
import { parseChannel } from '../../src/channel.ts'
import { splitWords } from '../../src/chat/words.ts'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { restoreCluster } from '../../src/cluster/create.ts'
import { parseCurlLine } from '../../src/cluster/network/curl-line.ts'
import { kubernetes, type Laws } from '../../src/cluster/network/laws.ts'
import { parseOrigin } from '../../src/cluster/network/origin.ts'
import { connect } from '../../src/cluster/network/trace.ts'
import { Random } from '../../src/cluster/random.ts'
import { misconceptions } from '../../src/misconceptions/index.ts'
import type { Misconception } from '../../src/misconceptions/misconception.ts'
import type { Lesson, Line } from '../../src/tutor/lesson.ts'
import { MemoryStore } from '../memory-store.ts'
import { Player } from '../player.ts'
import { filled } from './filled-line.ts'

/** A call that a lesson asks for or answers, in the cluster in which it is made. */
interface Call {
  cluster: Cluster
  line: string
}

/** Every call of a lesson's first way, of its listed mistakes and of its fine print. */
async function callsOf(lesson: Lesson): Promise<Call[]> {
  const player = new Player()
  await player.play(`/lesson start ${lesson.id}`)
  const calls: Call[] = []
  for (const step of lesson.steps) {
    for (const { lines } of step.attempts) calls.push(...(await play(new Player(new MemoryStore(player.store)), lines)))
    calls.push(...(await play(player, step.solutions[0]!)))
  }
  for (const { commands = [] } of lesson.finePrint) calls.push(...(await play(player, commands)))
  return calls
}

/** Plays lines and notes the calls among them. */
async function play(player: Player, lines: readonly Line[]): Promise<Call[]> {
  const calls: Call[] = []
  for (const line of lines) {
    const complete = await filled(player, line)
    if (typeof complete === 'string' && complete.startsWith('/curl')) {
      const { document } = (await player.store.load(`channel/${player.channel}`))!
      calls.push({ cluster: parseChannel(document, restoreCluster).cluster, line: complete })
    }
    await player.play(complete)
  }
  return calls
}

/** What twelve such calls come to under the laws of somebody; undefined where the line calls from nowhere. */
function outcomes({ cluster, line }: Call, laws: Laws): string | undefined {
  const words = splitWords(line).slice(1)
  const at = words.indexOf('--from')
  const from = at < 0 ? undefined : words[at + 1]
  const options = ['--from', '--repeat', '--keepalive', '--trace']
  const rest = words.filter(
    (word, index) => !options.includes(word) && !['--from', '--repeat'].includes(words[index - 1] ?? ''),
  )
  if (rest.some((word) => word.includes('UNFILLED'))) return undefined
  const { target } = parseCurlLine(rest)
  const origin = parseOrigin(cluster, from, 'default')
  const dice = new Random(7)
  return Array.from({ length: 12 }, () => {
    const { outcome, status, answeredBy, received } = connect(cluster, { origin, target, dice, laws })
    return [outcome, status, answeredBy, received?.path].join(' ')
  }).join('\n')
}

const refutes = (belief: Misconception, calls: readonly Call[]): boolean =>
  calls.some((call) => {
    const truth = outcomes(call, kubernetes)
    return truth !== undefined && truth !== outcomes(call, belief.laws())
  })

/** Beliefs that no call refutes: what the lesson shows instead. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'L03 M31': 'the list of Pods, with name and IP before and after',
}

describe.each(lessons)('$code $title', (lesson) => {
  const calls = callsOf(lesson)
  const treated = lesson.misconceptions
    .map((m) => [m, misconceptions.filter(({ shows }) => shows.includes(m))] as const)
    .filter(([, beliefs]) => beliefs.length > 0)

  test.each(treated)('%s: a call ends otherwise than one who believes it expects', async (m, beliefs) => {
    const all = await calls
    const told = `${lesson.code} ${m}`
    const refuted = beliefs.some((belief) => refutes(belief, all))
    expect([told, refuted]).toEqual([told, !Object.hasOwn(OTHERWISE, told)])
  })
})
