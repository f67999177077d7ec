import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Session } from './transcript.ts'

function session(files: Record<string, string> = {}): Session {
  const result = new Session()
  result.cluster.settle()
  result.files = files
  return result
}

/** Runs a line that must be refused and change nothing; returns what it says. */
function refusal(line: string, { stdin = '', files = {} }: { stdin?: string; files?: Record<string, string> } = {}) {
  const { cluster, run } = session(files)
  const self = Object.assign(new Session(cluster), { files })
  const before = cluster.snapshot()
  const { exitCode, stdout, stderr, remarks } = run.call(self, line, stdin)
  const { clock: _, ...after } = cluster.snapshot()
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
  expect({ clock: before.clock, ...after }).toEqual(before)
  return { stderr, remarks }
}

const configMap = (name: string, more = '') => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${more}`

describe('a broken manifest changes nothing', () => {
  test.each([
    [
      'a tab',
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: x\n',
      'yaml: line 4: found character that cannot start any token',
    ],
    ['wrong indentation', 'a:\n  b: 1\n c: 2\n', 'yaml: line 2: did not find expected key'],
    ['a bracket without end', 'a: [1, 2\n', "yaml: line 1: did not find expected ',' or ']'"],
    [
      'a template of Helm',
      'image: {{ .Values.image }}\n',
      'yaml: invalid map key: map[interface {}]interface {}{".Values.image":interface {}(nil)}',
    ],
  ])('%s', (_, stdin, message) => {
    expect(refusal('apply -f -', { stdin }).stderr).toBe(
      `error: error parsing STDIN: error converting YAML to JSON: ${message}\n`,
    )
  })

  test('an alias bomb', () => {
    const levels = ['b', 'c', 'd', 'e', 'f', 'g', 'h']
    const bomb = levels.map(
      (name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[index]}`).join(', ')}]\n`,
    )
    const { stderr } = refusal('apply -f -', { stdin: `${configMap('x')}a: &a [x]\n${bomb.join('')}` })
    expect(stderr).toContain('yaml: document contains excessive aliasing')
  })

  test('nesting without end', () => {
    const stdin = `${configMap('x')}data: ${'{a: '.repeat(5_000)}`
    expect(refusal('apply -f -', { stdin }).stderr).toContain('yaml: exceeded max depth of 100')
    const json = `{"apiVersion":"v1","kind":"ConfigMap","data":${'['.repeat(50_000)}`
    expect(refusal('apply -f -', { stdin: json }).stderr).toMatch(/^error: error parsing STDIN: /)
  })

  test('ten megabytes', () => {
    const stdin = `${configMap('x')}data:\n  a: ${'x'.repeat(10_000_000)}\n`
    expect(refusal('create -f -', { stdin }).stderr).toMatch(
      /^error: STDIN has 100000\d\d characters; the limit here is 1000000\n$/,
    )
  })

  test('too many documents', () => {
    const stdin = Array.from({ length: 201 }, (_, index) => configMap(`c${index}`)).join('---\n')
    const { stderr } = session().run('create -f - --dry-run=client', stdin)
    expect(stderr).toBe('error: STDIN holds more than 200 documents; that is the limit here\n')
  })

  test('a field that Kubernetes does not have (R-ERR-4)', () => {
    expect(refusal('apply -f -', { stdin: configMap('x', 'dat: {a: b}\n') }).stderr).toBe(
      'Error from server (BadRequest): error when creating "STDIN": ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "dat"\n',
    )
  })

  test('a value of the wrong type (R-ERR-4)', () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {ports: [{port: "80"}]}\n'
    expect(refusal('apply -f -', { stdin: service }).stderr).toContain(
      'json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32',
    )
  })

  test('a text that is no manifest', () => {
    for (const stdin of ['just words', '1', '[]', '"x"', '- a\n- b\n', 'null', 'true'])
      expect(refusal('apply -f -', { stdin }).stderr).toMatch(/^error: /)
  })

  test('none at all (R-ERR-3)', () => {
    for (const stdin of ['', '\n', '---\n', '# only a remark\n', '---\n---\n'])
      expect(refusal('apply -f -', { stdin }).stderr).toBe('error: no objects passed to apply\n')
  })

  test('a file that is not there, also outside of the folder', () => {
    for (const name of ['nope.yaml', '../../etc/passwd', '/etc/passwd', '__proto__', 'constructor', '..', '~'])
      expect(refusal(`apply -f ${name}`, { files: { 'a.yaml': configMap('a') } }).stderr).toBe(
        `error: the path "${name}" does not exist\n`,
      )
  })
})

describe('a hundred documents, the 57th of which is wrong', () => {
  const documents = (wrong: string) =>
    Array.from({ length: 100 }, (_, index) => (index === 56 ? wrong : configMap(`c${index + 1}`))).join('---\n')
  const created = (stdout: string) => stdout.split('\n').filter((line) => line.endsWith(' created'))
  const line = 56 * 5 + 1

  test.each([
    ['an unknown field', configMap('c57', 'dat: {}\n'), 'strict decoding error: unknown field "dat"'],
    ['a name that no object may have', configMap('C57'), 'metadata.name: Invalid value: "C57"'],
    ['a namespace that is not there', configMap('c57', '  namespace: nowhere\n'), 'namespaces "nowhere" not found'],
    [
      'a kind that is not there',
      'apiVersion: v1\nkind: Foo\nmetadata: {name: c57}\n',
      'no matches for kind "Foo" in version "v1"',
    ],
  ])('%s: the others are applied, and its place is told', (_, wrong, message) => {
    const { cluster, run, files, namespace } = session()
    const self = Object.assign(new Session(cluster), { files, namespace })
    const { exitCode, stdout, stderr, remarks } = run.call(self, 'apply -f -', documents(wrong))
    expect(exitCode).toBe(1)
    expect(created(stdout)).toHaveLength(99)
    expect(stderr).toContain(message)
    expect(remarks).toEqual([expect.objectContaining({ source: 'STDIN', document: 57, line })])
    expect(
      cluster.store.list('ConfigMap', { namespace: 'default' }).map(({ metadata }) => metadata.name),
    ).not.toContain('c57')
  })

  test.each([
    ['no YAML', 'a: [\n', 'yaml: line 1: did not find expected node content'],
    ['no kind', 'metadata: {name: c57}\n', 'error validating data: [apiVersion not set, kind not set]'],
  ])('%s: those before it are applied, and its place is told', (_, wrong, message) => {
    const { exitCode, stdout, stderr, remarks } = session().run('apply -f -', documents(wrong))
    expect(exitCode).toBe(1)
    expect(created(stdout)).toHaveLength(56)
    expect(stderr).toContain(message)
    expect(remarks).toEqual([expect.objectContaining({ source: 'STDIN', document: 57 })])
  })

  test('delete and create go on in the same way', () => {
    const self = session()
    const created = self.run('create -f -', documents(configMap('C57')))
    expect(created.stdout.split('\n').filter((each) => each.endsWith(' created'))).toHaveLength(99)
    const deleted = self.run('delete -f -', documents(configMap('c57')))
    expect(deleted.stdout.split('\n').filter((each) => each.includes(' deleted'))).toHaveLength(99)
    expect(deleted.stderr).toBe(
      'Error from server (NotFound): error when deleting "STDIN": configmaps "c57" not found\n',
    )
  })
})

describe('odd names are refused or stored safely', () => {
  test.each(['a"b', "a'b", 'a\nb', '😀', '__proto__', 'constructor', '../..', 'a b', '', 'A'])(
    '%j as the name of an object',
    (name) => {
      const stdin = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } })
      const self = session()
      const { exitCode, stderr } = self.run('create -f -', stdin)
      if (name === 'constructor') expect(exitCode).toBe(0)
      else expect(stderr).toMatch(/^(The ConfigMap ".*" is invalid: |error: )/s)
      expect(
        self.cluster.store.list('ConfigMap', { namespace: 'default' }).map(({ metadata }) => metadata.name),
      ).toEqual(name === 'constructor' ? ['constructor'] : [])
    },
  )

  test('as keys of data and labels', () => {
    const self = session()
    const data = JSON.parse('{"__proto__":"a","constructor":"b","toString":"c"}')
    const labels = JSON.parse('{"constructor":"x","toString":"y"}')
    const stdin = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'odd', labels }, data })
    expect(self.run('apply -f -', stdin).stdout).toBe('configmap/odd created\n')
    expect(self.run('apply -f -', stdin).stdout).toBe('configmap/odd unchanged\n')
    expect(self.run('get cm odd -o jsonpath={.data}').stdout).toBe('{"__proto__":"a","constructor":"b","toString":"c"}')
    expect(self.run('get cm -l constructor=x -o name').stdout).toBe('configmap/odd\n')
    expect(self.run('label cm odd constructor-').stdout).toBe('configmap/odd unlabeled\n')
    expect(self.run('annotate cm odd constructor=1 toString=2').stdout).toBe('configmap/odd annotated\n')
    const patch = '{"data":{"__proto__":null,"hasOwnProperty":"d"}}'
    expect(self.run(`patch cm odd -p '${patch}'`).stdout).toBe('configmap/odd patched\n')
    expect(self.run('get cm odd -o jsonpath={.data}').stdout).toBe(
      '{"constructor":"b","hasOwnProperty":"d","toString":"c"}',
    )
    expect(({} as Record<string, unknown>).hasOwnProperty).toBe(Object.prototype.hasOwnProperty)
  })
})

describe('fields without effect', () => {
  const pod = (field: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {${field}, containers: [{name: c, image: nginx}]}\n`

  test('are accepted, kept and named once', () => {
    const self = session()
    expect(self.run('apply -f -', pod('hostAliases: [{ip: 10.0.0.1, hostnames: [a]}]')).ignored).toEqual([
      'spec.hostAliases',
    ])
    expect(self.run('get pod p -o jsonpath={.spec.hostAliases[0].ip}').stdout).toBe('10.0.0.1')
    expect(self.run('label pod p a=b').ignored).toEqual([])
  })
})

describe('mutilated manifests', () => {
  const manifest = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels: { app: 'web' } },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          containers: [{ name: 'a', image: 'nginx', ports: [{ containerPort: 80 }], env: [{ name: 'A', value: '1' }] }],
        },
      },
    },
  }
  const paths = (value: unknown, path: (string | number)[] = []): (string | number)[][] =>
    typeof value === 'object' && value !== null
      ? [path, ...Object.entries(value).flatMap(([name, member]) => paths(member, [...path, name]))]
      : [path]
  const replaced = (value: unknown, [name, ...rest]: (string | number)[], by: unknown): unknown => {
    if (name === undefined) return by
    if (Array.isArray(value))
      return value.map((item, index) => (index === Number(name) ? replaced(item, rest, by) : item))
    const members = value as Record<string, unknown>
    return { ...members, [name]: replaced(members[name], rest, by) }
  }
  const change = fc.tuple(
    fc.constantFrom(...paths(manifest).filter((path) => path.length > 0)),
    fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, '', -1, 70_000, 1.5, [], {}, [null], 'a b')),
  )

  test('are applied, replaced and patched or refused; what is refused has changed nothing', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 2 }), fc.boolean(), (changes, exists) => {
        const self = session()
        if (exists) self.run('apply -f -', JSON.stringify(manifest))
        const wrong = changes.reduce<unknown>((value, [path, by]) => {
          try {
            return replaced(value, path, by)
          } catch {
            return value
          }
        }, manifest)
        const stdin = JSON.stringify(wrong)
        for (const line of [
          'apply -f -',
          'replace -f -',
          `patch deploy web --type=merge -p '${stdin.replaceAll("'", '')}'`,
        ]) {
          const before = self.cluster.snapshot().objects
          const { exitCode, stdout } = self.run(line, stdin)
          if (exitCode !== 0 && stdout === '') expect(self.cluster.snapshot().objects).toEqual(before)
        }
      }),
      { numRuns: 60 },
    )
  })
})
