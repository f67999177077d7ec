import { describe, expect, test } from 'vitest'
import { Session } from './transcript.ts'

const session = (): Session => {
  const result = new Session()
  result.run('create deployment web --image=nginx:1.27 --replicas=3')
  return result
}

/** Edits the Deployment: what the editor is given, and what it saves. */
function edit(self: Session, change: (yaml: string) => string, line = 'edit deployment web') {
  const { exitCode, stdout, stderr } = self.run(line, change(self.run('get deployment web -o yaml').stdout))
  return { exitCode, stdout, stderr }
}

const refused = (reason: string) => ({
  exitCode: 1,
  stdout: '',
  stderr: `error: deployments.apps "web" is invalid\n# deployments.apps "web" was not valid:\n# * ${reason}\n#\nerror: Edit cancelled, no valid changes were saved.\n`,
})

describe('edit takes what was saved', () => {
  test('a change', () => {
    const self = session()
    expect(edit(self, (yaml) => yaml.replace('replicas: 3', 'replicas: 5'))).toEqual({
      exitCode: 0,
      stdout: 'deployment.apps/web edited\n',
      stderr: '',
    })
    expect(self.run('get deployment web --no-headers').stdout).toMatch(/^web +5\/5 /)
  })

  test('--output-patch shows what was sent', () => {
    const change = (yaml: string) => yaml.replace('image: nginx:1.27', 'image: nginx:1.28')
    expect(edit(session(), change, 'edit deploy/web --output-patch').stdout).toBe(
      'Patch: {"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"nginx"}],"containers":[{"image":"nginx:1.28","name":"nginx"}]}}}}\ndeployment.apps/web edited\n',
    )
  })

  test('no change, or nothing at all', () => {
    const none = { exitCode: 0, stdout: '', stderr: 'Edit cancelled, no changes made.\n' }
    expect(edit(session(), (yaml) => `# a remark\n${yaml}`)).toEqual(none)
    expect(edit(session(), () => '# only a remark\n').stderr).toBe('Edit cancelled, saved file was empty.\n')
  })

  test('what the API server refuses', () => {
    expect(edit(session(), (yaml) => yaml.replace('replicas: 3', 'replicas: -3'))).toEqual(
      refused('spec.replicas: Invalid value: -3: must be greater than or equal to 0'),
    )
    expect(edit(session(), (yaml) => yaml.replaceAll('app: web', 'app: other'))).toEqual(
      refused('spec.selector: Invalid value: {"matchLabels":{"app":"other"}}: field is immutable'),
    )
    expect(edit(session(), (yaml) => yaml.replace('replicas: 3', 'replicas: ['))).toEqual(
      refused(
        "<nil>: Invalid value: \"The edited file failed validation\": yaml: line 16: did not find expected ',' or ']'",
      ),
    )
  })

  test.each([
    [
      'another name',
      (yaml: string) => yaml.replace('name: web\n', 'name: web2\n'),
      'error: At least one of apiVersion, kind and name was changed\n',
    ],
    [
      'another kind',
      (yaml: string) => yaml.replace('kind: Deployment', 'kind: ReplicaSet'),
      'error: At least one of apiVersion, kind and name was changed\n',
    ],
    [
      'another namespace',
      (yaml: string) => yaml.replace('namespace: default', 'namespace: kube-system'),
      'error: the namespace from the provided object "kube-system" does not match the namespace "default". You must pass \'--namespace=kube-system\' to perform this operation.\n',
    ],
    [
      'an old version',
      (yaml: string) => yaml.replace(/resourceVersion: .*/, 'resourceVersion: "1"'),
      'error: deployments.apps "web" could not be patched: Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again\n',
    ],
  ])('%s', (_, change, stderr) => {
    const self = session()
    const before = self.cluster.get('Deployment', 'default', 'web')
    expect(edit(self, change)).toEqual({ exitCode: 1, stdout: '', stderr })
    expect(self.cluster.get('Deployment', 'default', 'web')).toBe(before)
  })

  test('without a text there is no editor', () => {
    const { exitCode, stderr } = session().run('edit deployment web')
    expect(exitCode).toBe(1)
    expect(stderr).toContain('An editor is not modelled here.')
  })

  test('an object that is not there', () => {
    expect(session().run('edit deployment nope', 'x: 1\n').stderr).toBe(
      'Error from server (NotFound): deployments.apps "nope" not found\n',
    )
  })
})
