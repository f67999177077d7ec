import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCluster } from '../../src/cluster/create.ts'
import { Random } from '../../src/cluster/random.ts'
import { findVerb, flagsOf } from '../../src/kubectl/parse.ts'
import { runKubectl } from '../../src/kubectl/run.ts'
import type { Verb } from '../../src/kubectl/verb.ts'
import { verbs } from '../../src/kubectl/verbs/index.ts'
import { Session } from './transcript.ts'

const paths = (among: readonly Verb[], above: readonly string[] = []): string[][] =>
  among.flatMap((verb) => [[...above, verb.name], ...paths(verb.verbs ?? [], [...above, verb.name])])

const word = fc.oneof(
  fc.constantFrom(
    'pods',
    'po',
    'deploy',
    'svc',
    'all',
    'node',
    'ns',
    'events',
    'deploy/web',
    'svc/kubernetes',
    'pod/nope',
    'web',
    'default',
    'node-1',
    'app=web',
    'app-',
    'nginx=nginx:1.28',
    'pods,svc',
    'deploy,svc/x',
    'foo',
    '--',
    '-',
    '__proto__',
    'constructor',
    '../..',
    '',
    'é😀',
    'a"b',
    '8080:80',
    '3',
    'ls',
    'sh',
    '-c',
    'echo $HOME',
    '.spec.x',
    '{.items[*]}',
  ),
  fc.string({ maxLength: 12 }),
)
const value = fc.oneof(
  word,
  fc.constantFrom(
    'json',
    'yaml',
    'wide',
    'name',
    'jsonpath={..}',
    'custom-columns=A:.metadata.name',
    'go-template={{.}}',
    'true',
    'false',
    '0',
    '-1',
    '9'.repeat(30),
    '10s',
    'client',
    'server',
    'condition=Ready',
    'delete',
    'all',
    'metadata.name=web',
    '{"spec":{"replicas":1}}',
    '[]',
    '{',
    'background',
  ),
)

/** A command line made of a verb with flags that it has, and of anything. */
const line = fc.constantFrom(...paths(verbs)).chain((path) => {
  const names = Object.keys(flagsOf(findVerb(path, verbs).chain))
  const flag = fc.tuple(fc.constantFrom(...names), value).map(([name, given]) => `--${name}=${given}`)
  return fc
    .array(fc.oneof({ weight: 3, arbitrary: word }, { weight: 2, arbitrary: flag }), { maxLength: 6 })
    .map((rest) => [...path, ...rest])
})

describe('whatever is typed', () => {
  test('is answered with an exit code and text, and no bug', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 3 }), (lines) => {
        const cluster = createCluster({ seed: 3, clock: Date.parse('2026-11-22T10:00:00Z') })
        for (const words of [['create', 'deployment', 'web', '--image=nginx'], ...lines]) {
          cluster.begin({ author: 'you', line: words.join(' ') })
          const { exitCode, stderr } = runKubectl(words, {
            cluster,
            namespace: 'default',
            files: {},
            dice: new Random(1),
            user: 'you',
            stdin: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n',
          })
          cluster.settle()
          cluster.commit()
          expect(Number.isInteger(exitCode)).toBe(true)
          expect(stderr === '' || stderr.endsWith('\n')).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('help', () => {
  test.each(paths(verbs).map((path) => path.join(' ')))('%s -h tells what it is for', (path) => {
    const { exitCode, stdout, stderr } = new Session().run(`${path} -h`)
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(stdout).toContain(`Usage:\n  kubectl ${path}`)
  })

  test('kubectl help is another way to ask', () => {
    const session = new Session()
    expect(session.run('help')).toEqual(session.run('--help'))
    expect(session.run('help get')).toEqual(session.run('get --help'))
    expect(session.run('help create deployment')).toEqual(session.run('create deployment --help'))
    expect(session.run('help gte').stderr).toContain('unknown command "gte"')
  })

  test('kubectl alone lists the verbs', () => {
    const { exitCode, stdout } = new Session().run('')
    expect(exitCode).toBe(0)
    for (const { name } of verbs) expect(stdout).toContain(`\n  ${name} `)
  })
})
