import { describe, expect, test } from 'vitest'
import { behaviourOf, type Reach } from '../../src/cluster/apps/process.ts'
import { container } from './controllers/fixtures.ts'

const run = (script: string, reach?: Reach) =>
  behaviourOf(container('busybox', { command: ['sh', '-c', script] }), reach)

const STATUS = `$(wget --server-response http://web 2>&1 | awk '/^  HTTP/{print $2}')`

describe('what a command in a command prints', () => {
  test.each<[string, number]>([
    ['n=3; for i in $(seq 1 $n); do sleep 1; done', 3],
    ['if [ "$(echo yes)" = yes ]; then sleep 2; fi', 2],
    ['if [ "$(echo no)" = yes ]; then sleep 2; else sleep 4; fi', 4],
    ['if [ -n "$(false)" ]; then sleep 2; fi', 0],
    ["if [ \"$(echo 'a b')\" = 'a b' ]; then sleep 5; fi", 5],
  ])('%s ends after %i s', (script, after) => {
    expect(run(script).exit).toMatchObject({ after, code: 0 })
  })

  test('where nobody knows it, success is what the script hopes for, and failure is nothing', () => {
    const script = `for i in 1 2; do if [ ${STATUS} -eq 200 ]; then exit 0; fi; sleep 10; done; exit 1`
    expect(run(script, () => 0).exit).toMatchObject({ after: 0, code: 0 })
    expect(run(script, () => 1).exit).toMatchObject({ after: 20, code: 1 })
    const loop = `while [ "$(curl -s -o /dev/null -w '%{http_code}' http://web)" != 200 ]; do sleep 1; done`
    const curl = (code: number) =>
      behaviourOf(container('curlimages/curl', { command: ['sh', '-c', loop] }), () => code).exit
    expect(curl(0)).toMatchObject({ code: 0 })
    expect(curl(7)).toBe(undefined)
  })

  test('it never shows in the output', () => {
    const surroundings = { pod: 'p', namespace: 'default', podIP: '', node: '', environment: {} }
    expect(run('echo "now: $(date)"').output?.(0, surroundings)).toEqual([{ at: 0, text: 'now: ' }])
  })
})
