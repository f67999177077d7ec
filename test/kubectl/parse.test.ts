import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDuration } from '../../src/kubectl/duration.ts'
import { KubectlError } from '../../src/kubectl/errors.ts'
import { array, bool, duration, int, list, optionalText, text } from '../../src/kubectl/flags.ts'
import { type CommandLine, parseCommandLine } from '../../src/kubectl/parse.ts'
import { defineVerb, defineVerbGroup, type Verb } from '../../src/kubectl/verb.ts'

const flags = {
  all: bool('all'),
  'dry-run': optionalText('dry run', { alone: 'unchanged', initial: 'none' }),
  env: array('env'),
  filename: list('files', { shorthand: 'f' }),
  output: text('output', { shorthand: 'o' }),
  replicas: int('replicas', { shorthand: 'r', initial: 1 }),
  stdin: bool('stdin', { shorthand: 'i' }),
  timeout: duration('timeout', { initial: 30_000 }),
  tty: bool('tty', { shorthand: 't' }),
}

const verb = (name: string, verbs?: readonly Verb[]): Verb =>
  defineVerb({ name, summary: name, usage: '', flags, run: () => {}, ...(verbs && { verbs }) })

const verbs = [
  verb('get'),
  verb('set'),
  verb('create', [{ ...verb('deployment'), aliases: ['deploy'] }]),
  defineVerbGroup({ name: 'rollout', summary: 'rollout', verbs: [verb('status')] }),
]

const read = (line: string): CommandLine =>
  parseCommandLine(
    line.split(' ').filter((word) => word !== ''),
    verbs,
  )

/** What a line means, with the flags that were typed. */
function meaning(line: string) {
  const { path, args, dash, flags: values, typed } = read(line)
  return {
    path,
    args,
    ...(dash !== undefined && { dash }),
    ...Object.fromEntries([...typed].map((name) => [name, values[name]])),
  }
}

function refusal(line: string): string {
  try {
    read(line)
  } catch (error) {
    if (error instanceof KubectlError) return error.message
    throw error
  }
  throw new Error(`${line} is understood`)
}

describe('command line', () => {
  test.each([
    ['get pods', { path: 'get', args: ['pods'] }],
    ['-n dev get pods', { path: 'get', args: ['pods'], namespace: 'dev' }],
    ['get -n dev pods', { path: 'get', args: ['pods'], namespace: 'dev' }],
    ['get pods -ndev', { path: 'get', args: ['pods'], namespace: 'dev' }],
    ['get pods -n=dev', { path: 'get', args: ['pods'], namespace: 'dev' }],
    ['get pods --namespace dev', { path: 'get', args: ['pods'], namespace: 'dev' }],
    ['get pods --namespace=dev', { path: 'get', args: ['pods'], namespace: 'dev' }],
    ['get pods -n a -n b', { path: 'get', args: ['pods'], namespace: 'b' }],
    ['get pods -o=jsonpath={.a}=b', { path: 'get', args: ['pods'], output: 'jsonpath={.a}=b' }],
    ['get pods -oyaml', { path: 'get', args: ['pods'], output: 'yaml' }],
    ['-o yaml get pods', { path: 'get', args: ['pods'], output: 'yaml' }],
    ['get --all', { path: 'get', args: [], all: true }],
    ['get --all=false', { path: 'get', args: [], all: false }],
    ['get --all false', { path: 'get', args: ['false'], all: true }],
    ['get -it x', { path: 'get', args: ['x'], stdin: true, tty: true }],
    ['get -itf a,b', { path: 'get', args: [], stdin: true, tty: true, filename: ['a', 'b'] }],
    ['get -f a -f b,c', { path: 'get', args: [], filename: ['a', 'b', 'c'] }],
    ['get --env a=1,2 --env b=3', { path: 'get', args: [], env: ['a=1,2', 'b=3'] }],
    ['get --dry-run x', { path: 'get', args: ['x'], 'dry-run': 'unchanged' }],
    ['get --dry-run=client x', { path: 'get', args: ['x'], 'dry-run': 'client' }],
    ['get -r 3', { path: 'get', args: [], replicas: 3 }],
    ['get -r 0x10', { path: 'get', args: [], replicas: 16 }],
    ['get -r 010', { path: 'get', args: [], replicas: 8 }],
    ['get -r=-2', { path: 'get', args: [], replicas: -2 }],
    ['get --timeout 1m30s', { path: 'get', args: [], timeout: 90_000 }],
    ['get -f -', { path: 'get', args: [], filename: ['-'] }],
    ['get x -- -n dev -it', { path: 'get', args: ['x', '-n', 'dev', '-it'], dash: 1 }],
    ['get -- get', { path: 'get', args: ['get'], dash: 0 }],
    ['create deployment web', { path: 'create deployment', args: ['web'] }],
    ['create -n dev deploy web', { path: 'create deployment', args: ['web'], namespace: 'dev' }],
    ['create -f x', { path: 'create', args: [], filename: ['x'] }],
    ['rollout status deploy/web', { path: 'rollout status', args: ['deploy/web'] }],
    ['get create deployment', { path: 'get', args: ['create', 'deployment'] }],
    ['', { path: '', args: [] }],
  ])('kubectl %s', (line, expected) => {
    expect(meaning(line)).toEqual(expected)
  })

  test.each([
    ['foo', 'unknown command "foo" for "kubectl"\n\nDid you mean this?\n\ttop'],
    ['gett pods', 'unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tset\n\tget'],
    ['__proto__', 'unknown command "__proto__" for "kubectl"'],
    ['get --foo pods', "unknown flag: --foo\nSee 'kubectl get --help' for usage."],
    ['--foo get pods', "unknown flag: --foo\nSee 'kubectl --help' for usage."],
    ['get --__proto__', "unknown flag: --__proto__\nSee 'kubectl get --help' for usage."],
    ['get -xyz', "unknown shorthand flag: 'x' in -xyz\nSee 'kubectl get --help' for usage."],
    ['get -ix', "unknown shorthand flag: 'x' in -x\nSee 'kubectl get --help' for usage."],
    ['get pods -n', "flag needs an argument: 'n' in -n\nSee 'kubectl get --help' for usage."],
    ['get -in', "flag needs an argument: 'n' in -n\nSee 'kubectl get --help' for usage."],
    ['get --output', "flag needs an argument: --output\nSee 'kubectl get --help' for usage."],
    ['get --=x', "bad flag syntax: --=x\nSee 'kubectl get --help' for usage."],
    ['get ---x', "bad flag syntax: ---x\nSee 'kubectl get --help' for usage."],
    [
      'create deployment web --replicas=x',
      'invalid argument "x" for "-r, --replicas" flag: strconv.ParseInt: parsing "x": invalid syntax\nSee \'kubectl create deployment --help\' for usage.',
    ],
    [
      'get -r 99999999999',
      'invalid argument "99999999999" for "-r, --replicas" flag: strconv.ParseInt: parsing "99999999999": value out of range\nSee \'kubectl get --help\' for usage.',
    ],
    [
      'get --all=maybe',
      'invalid argument "maybe" for "--all" flag: strconv.ParseBool: parsing "maybe": invalid syntax\nSee \'kubectl get --help\' for usage.',
    ],
    [
      'rollout status --timeout=5',
      'invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"\nSee \'kubectl rollout status --help\' for usage.',
    ],
    [
      'rollout status --timeout=5x',
      'invalid argument "5x" for "--timeout" flag: time: unknown unit "x" in duration "5x"\nSee \'kubectl rollout status --help\' for usage.',
    ],
    [
      'rollout status --timeout=',
      'invalid argument "" for "--timeout" flag: time: invalid duration ""\nSee \'kubectl rollout status --help\' for usage.',
    ],
  ])('kubectl %s is refused', (line, message) => {
    expect(refusal(line)).toBe(message)
  })

  test('a verb that is left out says what it would do', () => {
    expect(refusal('top pods --containers')).toContain("'kubectl top' is not modelled here.")
  })

  test('any words are understood or refused in words, never anything else', () => {
    const word = fc.oneof(
      fc.constantFrom('get', 'create', 'deployment', '-n', '--', '-', '-it', '--all', '-o', '=', '--x=1', 'pods', ''),
      fc.string({ unit: 'binary', maxLength: 12 }),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        try {
          expect(Array.isArray(parseCommandLine(words, verbs).args)).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(KubectlError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('duration', () => {
  test.each([
    ['0', 0],
    ['200ms', 200],
    ['1.5s', 1500],
    ['1m30s', 90_000],
    ['1h0m0s', 3_600_000],
    ['-5s', -5000],
    ['.5m', 30_000],
  ])('%s is %i ms', (text, length) => {
    expect(parseDuration(text)).toBe(length)
  })

  test.each([
    ['', 'time: invalid duration ""'],
    ['.', 'time: invalid duration "."'],
    ['5', 'time: missing unit in duration "5"'],
    ['5d', 'time: unknown unit "d" in duration "5d"'],
  ])('%j is refused', (text, message) => {
    expect(() => parseDuration(text)).toThrow(new SyntaxError(message))
  })
})
