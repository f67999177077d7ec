import { basename, dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesIn, type Import, importsOf, read, withoutComments } from './source-files.ts'

interface Room {
  /** A folder or file; of several that fit a file the longest counts. */
  of: string
  /** Folders, files and packages that may be imported; `type X` allows `import type` only. Its own files always may. */
  may: readonly string[]
  because: string
}

const ROOMS: readonly Room[] = [
  {
    of: 'src/cluster',
    may: ['zod', 'ipaddr.js'],
    because:
      'The simulated cluster is pure: it knows neither chats nor commands nor disks, and can be used without them.',
  },
  {
    of: 'src/kubectl',
    may: ['src/cluster', 'yaml'],
    because: 'kubectl talks to the API server and prints; that it is typed into a chat is none of its business.',
  },
  {
    of: 'src/misconceptions',
    may: ['src/cluster', 'yaml'],
    because: 'A wrong belief is a law of the network replaced by another one.',
  },
  {
    of: 'src/chat',
    may: [
      'type src/cluster',
      'type src/channel.ts',
      'type src/tutor/lesson.ts',
      'type src/quiz',
      'zod',
      'fastest-levenshtein',
    ],
    because: 'What commands speak is declarations and data: it names what a command is given, and runs none of it.',
  },
  {
    of: 'src/tutor',
    may: ['src/cluster', 'src/misconceptions', 'src/chat', 'type src/channel.ts', 'zod'],
    because: 'Lessons judge the cluster and the traffic, never the words that somebody typed.',
  },
  {
    of: 'src/quiz',
    may: ['src/cluster', 'src/misconceptions', 'src/chat', 'zod'],
    because: 'A quiz is a reducer over events; its answers come from the simulator.',
  },
  {
    of: 'src/picture',
    may: ['src/cluster', 'src/chat'],
    because: 'A view shows a cluster or a trace in the parts of a reply.',
  },
  {
    of: 'src/storage',
    may: ['lowdb', 'node:*'],
    because: 'A store keeps documents without understanding them. Each store may import its own library only.',
  },
  {
    of: 'src/platforms/delivery',
    may: ['type src/app.ts', 'src/chat'],
    because: 'What the platforms share about bringing requests in and replies out; it knows none of them.',
  },
  {
    of: 'src/platforms/console',
    may: ['type src/app.ts', 'src/chat', 'src/platforms/delivery', 'zod', 'node:*'],
    because: 'A platform translates between the app and the outside. It never sees another platform or the cluster.',
  },
  {
    of: 'src/platforms/discord',
    may: ['type src/app.ts', 'src/chat', 'src/platforms/delivery', 'zod', 'discord.js', 'undici', 'node:*'],
    because: 'As for the console; only this room knows discord.js.',
  },
  {
    of: 'src/platforms/slack',
    may: ['type src/app.ts', 'src/chat', 'src/platforms/delivery', 'zod', '@slack/bolt', '@slack/web-api', 'node:*'],
    because: 'As for the console; only this room knows the libraries of Slack.',
  },
  {
    of: 'src/channel.ts',
    may: ['src/cluster', 'src/tutor', 'src/quiz', 'src/chat', 'zod'],
    because: 'It says what is kept of a channel and of a person, so it knows all that is kept.',
  },
  {
    of: 'src/channels.ts',
    may: ['src/channel.ts', 'src/chat', 'src/cluster', 'src/storage/store.ts'],
    because: 'It stands between the app and the store: the port, not any store behind it.',
  },
  {
    of: 'src/turns.ts',
    may: ['node:timers/promises'],
    because: 'Queues know nothing of what waits in them.',
  },
  {
    of: 'src/env.ts',
    may: ['zod'],
    because: 'The environment is text that comes from outside.',
  },
  {
    of: 'src/desk.ts',
    may: [
      'src/channel.ts',
      'src/channels.ts',
      'src/turns.ts',
      'src/alarms.ts',
      'src/running.ts',
      'src/outboxes.ts',
      'src/chat',
      'src/cluster',
      'src/quiz',
      'type src/storage/store.ts',
    ],
    because: 'All work on channels passes here, in turns; what the work is comes from the app.',
  },
  {
    of: 'src/alarms.ts',
    may: ['type src/cluster'],
    because: 'An alarm clock knows nothing of what it wakes.',
  },
  {
    of: 'src/running.ts',
    may: ['type src/storage/store.ts'],
    because: 'It is a list in the store, of channels that it does not know.',
  },
  {
    of: 'src/outboxes.ts',
    may: ['type src/chat', 'type src/cluster'],
    because: 'It brings replies to the platforms that are connected, and knows none of them.',
  },
  {
    of: 'src/certificates.ts',
    may: ['type src/cluster', 'node:crypto', '@peculiar/asn1-schema', '@peculiar/asn1-x509'],
    because: 'The pure rooms can neither read nor make certificates; this is handed in to them.',
  },
  {
    of: 'src/app.ts',
    may: [
      'src/channel.ts',
      'src/desk.ts',
      'src/outboxes.ts',
      'src/chat',
      'src/cluster',
      'src/tutor',
      'src/quiz',
      'src/storage/store.ts',
    ],
    because: 'The app is given its commands, lessons, store and platforms; it imports none of them.',
  },
  {
    of: 'src/main.ts',
    may: ['src', 'commands', 'lessons', 'node:*'],
    because: 'The composition root is the only place where everything meets.',
  },
  {
    of: 'commands',
    may: ['src/chat', 'src/cluster', 'src/kubectl', 'src/tutor', 'src/quiz', 'src/picture', 'zod'],
    because: 'A command is a function of the channel that returns a reply: no platform, no store, no I/O.',
  },
  {
    of: 'lessons',
    may: ['src/tutor', 'src/quiz', 'src/cluster'],
    because: 'A lesson is data for the tutor and items for the quiz.',
  },
]

/** Rooms whose results depend on their arguments alone: time and chance are part of the state, or handed in. */
const PURE = ['src/cluster', 'src/kubectl', 'src/misconceptions', 'src/tutor', 'src/quiz']

const IMPURE: readonly RegExp[] = [
  /\bDate\.now\b/,
  /\bnew Date\(\s*\)/,
  /(?<!new )\bDate\(/,
  /\bMath\.random\b/,
  /\bperformance\.now\b/,
  /\bset(?:Timeout|Interval|Immediate)\b/,
  /\bprocess\.(?:env|argv|cwd|hrtime|uptime|nextTick|on|exit|std\w+)\b/,
  /\bfetch\(/,
  /\bcrypto\./,
  /['"]node:/,
]

/** Files of more than 250 lines, each with the reason why it is not split. */
const LONG: Readonly<Record<string, string>> = {
  'src/cluster/cluster.ts':
    'The one object that controllers and commands work with; what it is made of has files of its own.',
  'src/app.ts': 'The file to read first: the life of a command from beginning to end, without a detour.',
  'lessons/': 'A lesson is text in the order of its steps; cut up it could not be read from beginning to end.',
}

/** Folders whose index.ts lists what there is, in order. Any other index.ts would be a detour. */
const REGISTRIES = [
  'commands',
  'lessons',
  'src/cluster/kinds',
  'src/cluster/controllers',
  'src/cluster/fields',
  'src/cluster/worlds',
  'src/kubectl/verbs',
  'src/kubectl/verbs/apply',
  'src/kubectl/verbs/create',
  'src/kubectl/verbs/set',
  'src/misconceptions',
  'src/platforms/discord',
  'src/platforms/slack',
]

const files = ['src', 'commands', 'lessons'].flatMap(filesIn)

const isIn = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`)

const roomOf = (path: string): Room | undefined =>
  ROOMS.filter(({ of }) => isIn(path, of)).sort((a, b) => b.of.length - a.of.length)[0]

function isAllowed(room: Room, { target, typeOnly }: Import): boolean {
  if (isIn(target, room.of)) return true
  return room.may.some((entry) => {
    const place = entry.replace(/^type /, '')
    if (place !== entry && !typeOnly) return false
    return place === 'node:*' ? target.startsWith('node:') : isIn(target, place)
  })
}

describe('who may import whom', () => {
  test('the test sees the imports', () => {
    expect(importsOf('src/storage/lowdb.ts')).toEqual(
      expect.arrayContaining([
        { target: 'node:path', typeOnly: false },
        { target: 'src/storage/durable-file.ts', typeOnly: true },
        { target: 'src/storage/lock.ts', typeOnly: false },
      ]),
    )
    expect(isAllowed(roomOf('src/cluster/cluster.ts')!, { target: 'discord.js', typeOnly: false })).toBe(false)
    expect(isAllowed(roomOf('src/chat/reply.ts')!, { target: 'src/cluster/cluster.ts', typeOnly: true })).toBe(true)
    expect(isAllowed(roomOf('src/chat/reply.ts')!, { target: 'src/cluster/cluster.ts', typeOnly: false })).toBe(false)
    expect(roomOf('src/platforms/slack/render.ts')!.of).toBe('src/platforms/slack')
  })

  test('every file belongs to a room', () => {
    expect(files.filter((path) => !roomOf(path))).toEqual([])
  })

  test('every import is allowed', () => {
    const forbidden = files.flatMap((path) => {
      const room = roomOf(path)
      if (!room) return []
      return importsOf(path)
        .filter((imported) => !isAllowed(room, imported))
        .map(({ target, typeOnly }) => `${path} -> ${target}${typeOnly ? ' (types)' : ''}: ${room.because}`)
    })
    expect(forbidden).toEqual([])
  })

  test('what is imported exists', () => {
    const missing = files.flatMap((path) =>
      importsOf(path)
        .filter(({ target }) => target.endsWith('.ts') && !files.includes(target))
        .map(({ target }) => `${path} -> ${target}`),
    )
    expect(missing).toEqual([])
  })

  test('every file can be reached from a program that package.json starts', () => {
    const programs = [
      ...read('package.json').matchAll(/(?:dist\/)?((?:src|commands|lessons|scripts)\/[\w/-]+)\.[jt]s\b/g),
    ].map(([, path]) => `${path}.ts`)
    expect(programs.filter((path) => ![...files, ...filesIn('scripts')].includes(path))).toEqual([])
    const reached = new Set<string>(programs)
    for (const path of reached)
      for (const { target } of importsOf(path)) if (files.includes(target)) reached.add(target)
    expect(files.filter((path) => !reached.has(path))).toEqual([])
  })
})

describe('pure rooms', () => {
  const impurities = (source: string) => IMPURE.flatMap((pattern) => withoutComments(source).match(pattern) ?? [])

  test('ask neither for the time nor for chance nor for anything outside', () => {
    const impure = files
      .filter((path) => PURE.some((room) => isIn(path, room)))
      .flatMap((path) => impurities(read(path)).map((word) => `${path}: ${word}`))
    expect(impure).toEqual([])
  })

  test.each([
    'Date.now()',
    'new Date()',
    'Date()',
    'Math.random()',
    'setTimeout(f)',
    "from 'node:fs'",
    'process.env.HOME',
  ])('are known by the absence of %s', (source) => expect(impurities(source)).not.toEqual([]))

  test('may turn an instant into a date', () => {
    expect(impurities('new Date(cluster.now) // never new Date()')).toEqual([])
  })
})

describe('files', () => {
  const all = [...files, ...['test', 'bench', 'scripts'].flatMap(filesIn)]

  test('are named in kebab-case, after what they export', () => {
    const vague = /^(utils?|types?|helpers?|managers?|common|misc|shared|lib)$/
    const wrong = all.filter((path) => {
      const names = path.replace(/(\.test|\.d)?\.ts$/, '').split('/')
      return names.some((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || vague.test(name))
    })
    expect(wrong).toEqual([])
  })

  test('are named index.ts only where they list what there is', () => {
    const indexes = files.filter((path) => basename(path) === 'index.ts').map((path) => dirname(path))
    expect(indexes.filter((folder) => !REGISTRIES.includes(folder))).toEqual([])
  })

  test('have at most 250 lines, unless there is a reason', () => {
    const reasons = Object.keys(LONG)
    const long = files.filter((path) => read(path).split('\n').length > 251)
    const without = long.filter((path) => !reasons.some((reason) => path.startsWith(reason)))
    expect(without).toEqual([])
    expect(reasons.filter((reason) => !long.some((path) => path.startsWith(reason)))).toEqual([])
  })
})
