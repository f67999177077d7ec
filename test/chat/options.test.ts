import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commands } from '../../commands/index.ts'
import { hasVerbs } from '../../src/chat/command.ts'
import { parseLine, parseStructured, shapesOf, usageOf } from '../../src/chat/options.ts'
import { plain } from '../../src/chat/reply.ts'
import { UserError } from '../../src/chat/user-error.ts'

function refusal(line: string): string {
  try {
    parseLine(commands, line)
  } catch (error) {
    if (error instanceof UserError) {
      const help = error.help.flatMap((part) =>
        part.type === 'code'
          ? part.code
          : part.type === 'buttons'
            ? part.buttons.map(({ action }) => action)
            : part.type === 'text'
              ? plain(part.text)
              : [],
      )
      return [error.message, ...help].join('\n')
    }
    throw error
  }
  throw new Error('was not refused')
}

const options = (line: string) => {
  const understood = parseLine(commands, line)
  return 'verb' in understood ? { verb: understood.verb, ...understood.options } : { words: understood.words }
}

describe('a typed line', () => {
  test.each([
    ['/cluster', { verb: 'show' }],
    ['/cluster wait 5m', { verb: 'wait', time: '5m' }],
    ['/cluster wait --time 5m', { verb: 'wait', time: '5m' }],
    ['/cluster wait time:5m', { verb: 'wait', time: '5m' }],
    ['/cluster reset --nodes 5 --cloud', { verb: 'reset', nodes: 5, cloud: true }],
    ['/cluster reset --nodes=5 --cloud=false', { verb: 'reset', nodes: 5, cloud: false }],
    ['/cluster undo', { verb: 'undo', steps: 1 }],
    ['/cluster pace FAST', { verb: 'pace', pace: 'fast' }],
    ['/lesson L03', { verb: 'show', lesson: 'L03' }],
    ['/lesson answer http://a b', { verb: 'answer', answer: 'http://a b' }],
    ['/lesson start Monday, Tuesday, Wednesday', { verb: 'start', lesson: 'Monday, Tuesday, Wednesday' }],
    ['/KUBECTL get pods', { words: ['get', 'pods'] }],
  ])('%s', (line, expected) => expect(options(line)).toEqual(expected))

  test.each([
    ['/kubctl get pods', 'There is no command /kubctl. Did you mean /kubectl?\n/kubectl get pods'],
    ['/cluster shwo', '/cluster has no "shwo". Did you mean show?'],
    ['/cluster reset --node 3', 'There is no option --node. Did you mean --nodes?'],
    ['/cluster reset --nodes many', 'nodes takes a whole number from 1 to 20, not "many".'],
    ['/cluster reset --nodes 0', 'nodes takes a whole number from 1 to 20, not "0".'],
    ['/cluster reset --nodes 21', 'nodes takes a whole number from 1 to 20, not "21".'],
    ['/cluster reset --nodes 1.5', 'nodes takes a whole number from 1 to 20, not "1.5".'],
    ['/cluster reset --cloud=maybe', 'cloud takes true or false, not "maybe".'],
    ['/cluster undo 99', 'steps takes a whole number from 1 to 20, not "99".'],
    ['/cluster pace slow', 'pace cannot be "slow". Possible: fast, real.'],
    ['/cluster chaos crsh web', 'what cannot be "crsh". Did you mean crash?'],
    ['/cluster wait', 'time is missing: How long: 90s, 5m, 1h30m.'],
    ['/cluster history one two', ''],
    ['kubectl get pods', 'A command begins with a slash'],
    ['/', 'There is no command /.'],
  ])('%s', (line, text) => {
    if (text !== '') expect(refusal(line)).toContain(text)
  })

  test('nothing but UserError is ever thrown', () => {
    fc.assert(
      fc.property(fc.constantFrom(...commands.map(({ name }) => name)), fc.string({ unit: 'binary' }), (name, rest) => {
        try {
          parseLine(commands, `/${name} ${rest}`)
        } catch (error) {
          expect(error).toBeInstanceOf(UserError)
        }
      }),
    )
  })
})

describe('options that a platform has taken apart', () => {
  test('end in the same check', () => {
    expect(parseStructured(commands, { command: 'cluster', verb: 'wait', options: { time: '5m' } })).toMatchObject({
      verb: 'wait',
      options: { time: '5m' },
    })
    expect(() => parseStructured(commands, { command: 'cluster', verb: 'pace', options: { pace: 'slow' } })).toThrow(
      /pace cannot be "slow"/,
    )
    expect(() =>
      parseStructured(commands, { command: 'cluster', verb: 'wait', options: { time: '5m', more: 1 } }),
    ).toThrow(UserError)
  })

  test('a command that reads a line gets it as one option', () => {
    expect(parseStructured(commands, { command: 'kubectl', options: { command: 'get pods -o wide' } })).toMatchObject({
      words: ['get', 'pods', '-o', 'wide'],
    })
  })
})

describe('declarations', () => {
  const verbs = commands.flatMap((command) =>
    hasVerbs(command) ? Object.keys(command.verbs).map((verb) => [command, verb] as const) : [],
  )

  test.each(verbs.map(([command, verb]) => [`/${command.name} ${verb}`, command, verb] as const))(
    '%s has a usage and described options',
    (name, command, verb) => {
      expect(usageOf(command, verb)).toContain(name)
      for (const { name: option, description } of shapesOf(command.verbs[verb]!)) expect(description).not.toBe(option)
    },
  )

  test.each(commands.map((command) => [command.name, command] as const))(
    'the examples of /%s can be understood',
    (_, { examples }) => {
      for (const line of examples) expect(() => parseLine(commands, line)).not.toThrow()
    },
  )

  test.each(commands.filter(hasVerbs).map((command) => [command.name, command] as const))(
    '/%s without a verb is one of its verbs',
    (_, command) => {
      expect(Object.keys(command.verbs)).toContain(command.fallback)
    },
  )
})
