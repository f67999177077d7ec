import { describe, expect, it } from 'vitest'
import { isFixed } from '../../commands/quiz/repair.ts'
import { create } from '../../src/cluster/api.ts'
import { renderConsole } from '../../src/platforms/console/render.ts'
import { buildCluster } from '../../src/quiz/build-cluster.ts'
import { repairs } from '../../src/quiz/repairs.ts'
import { checkSchema } from '../../src/tutor/check.ts'
import { Stage } from './stage.ts'

/** Command lines that repair each fault in the copy, and lines that only look like it. */
const WAYS: Record<string, { good: string[][]; bad: string[][] }> = {
  selector: {
    good: [
      [`kubectl patch service coffee-shop -p '{"spec":{"selector":{"app":"coffee-shop"}}}'`],
      ['kubectl delete service coffee-shop', 'kubectl expose deployment coffee-shop --port=80 --target-port=8080'],
    ],
    bad: [
      ['kubectl rollout restart deployment coffee-shop'],
      ['kubectl label deployment coffee-shop app=coffeeshop --overwrite'],
    ],
  },
  'target-port': {
    good: [
      [`kubectl patch service coffee-shop -p '{"spec":{"ports":[{"port":80,"targetPort":8080}]}}'`],
      ['kubectl delete service coffee-shop', 'kubectl create service clusterip coffee-shop --tcp=80:8080'],
    ],
    bad: [['kubectl rollout restart deployment coffee-shop'], ['kubectl scale deployment coffee-shop --replicas=5']],
  },
  readiness: {
    good: [
      [
        `kubectl patch deployment coffee-shop -p '{"spec":{"template":{"spec":{"containers":[{"name":"coffee-shop","readinessProbe":{"httpGet":{"path":"/healthz","port":8080}}}]}}}}'`,
      ],
    ],
    bad: [
      [
        `kubectl patch deployment coffee-shop --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/readinessProbe"}]'`,
      ],
      ['kubectl rollout restart deployment coffee-shop'],
    ],
  },
  'bind-address': {
    good: [
      ['kubectl set env deployment/coffee-shop BIND_ADDRESS-'],
      ['kubectl set env deployment/coffee-shop BIND_ADDRESS=0.0.0.0'],
    ],
    bad: [['kubectl rollout restart deployment coffee-shop']],
  },
  class: {
    good: [[`kubectl patch ingress lobby -p '{"spec":{"ingressClassName":"lobby"}}'`]],
    bad: [[`kubectl patch service coffee-shop -p '{"spec":{"type":"NodePort"}}'`]],
  },
  'path-type': {
    good: [
      [
        `kubectl patch ingress lobby --type=json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/0/pathType","value":"Prefix"}]'`,
      ],
      ['kubectl create ingress second --class=lobby --rule=coffee.com/menu/today*=coffee-shop:80'],
    ],
    bad: [['kubectl rollout restart deployment coffee-shop']],
  },
}

class Round {
  readonly stage = new Stage()
  #deliveries = 0

  async say(by: string, line: string) {
    this.#deliveries += 1
    const answer = await this.stage.handle({
      key: `${this.#deliveries}`,
      user: `console:${by}`,
      userName: by,
      input: { line },
    })
    await this.stage.app.quiet()
    return { ...answer, text: renderConsole(answer.reply) }
  }

  static async open(fault: string): Promise<Round> {
    const round = new Round()
    round.stage.connect()
    await round.say('mentor', '/quiz start foundations 2 30 2')
    for (const player of ['ann', 'bea']) await round.say(player, '/quiz join')
    await round.say('mentor', `/quiz fix ${fault}`)
    return round
  }
}

const said = (round: Round) => renderConsole(round.stage.shown)
/** Everything that the tutor has said in the channel. */
const told = ({ stage }: Round) =>
  stage.happenings.filter(({ by }) => by === 'tutor').map(({ reply }) => renderConsole(reply))

describe('each fault', () => {
  it('has ways in this test, a goal in the language of the lessons, and a ticket', () => {
    expect(Object.keys(WAYS)).toEqual(repairs.map(({ id }) => id))
    for (const { goal, ticket } of repairs) {
      expect(checkSchema.safeParse(goal).success).toBe(true)
      expect(ticket.length).toBeLessThanOrEqual(300)
    }
  })

  it.each(repairs.map((repair) => [repair.id, repair] as const))(
    '%s: the goal is not reached at the start',
    (_, repair) => {
      for (const seed of [1, 2, 3]) expect(isFixed(buildCluster(repair.scenery, seed), repair).passed).toBe(false)
    },
  )

  it.each(repairs.map(({ id }) => id))('%s: several repairs win, and what only looks like one does not', async (id) => {
    for (const lines of WAYS[id]!.good) {
      const round = await Round.open(id)
      for (const line of lines) await round.say('ann', `/quiz do ${line}`)
      expect(said(round), lines.join(' && ')).toContain('was first')
      await round.stage.app.stop()
    }
    for (const lines of WAYS[id]!.bad) {
      const round = await Round.open(id)
      for (const line of lines) expect((await round.say('ann', `/quiz do ${line}`)).text).toContain('Not yet. Wanted:')
      await round.stage.app.stop()
    }
  })
})

describe('a break-fix round', () => {
  it('gives each team its own copy: what one does the other does not see, nor does the channel', async () => {
    const round = await Round.open('selector')
    expect((await round.say('ann', '/quiz do kubectl delete service coffee-shop')).text).toContain('deleted')
    expect((await round.say('bea', '/quiz do kubectl get services')).text).toContain('coffee-shop')
    expect((await round.say('ann', '/quiz do kubectl get services')).text).not.toMatch(/^coffee-shop/m)
    expect((await round.say('mentor', '/kubectl get deployments')).text).toContain('No resources found')
    await round.stage.app.stop()
  })

  it('is won by the team that is first; then it is over for all', async () => {
    const round = await Round.open('target-port')
    const fix = `/quiz do ${WAYS['target-port']!.good[0]![0]}`
    const won = await round.say('bea', fix)
    expect(won).toMatchObject({ private: true })
    expect(won.text).toContain('Fixed! Your team was first.')
    expect(said(round)).toMatchInlineSnapshot(`
      "Break-fix: ● Circle was first
      The customer calls http://coffee-shop and gets no coffee. Three shops shall serve, and all of them get calls.
      Repaired after 0 s with 1 change.
      [1 Begin] [2 Another round]"
    `)
    expect((await round.say('ann', fix)).text).toContain('not possible at this moment')
    await round.stage.app.stop()
  })

  it('keeps the namespace of each copy, and the traffic flags of a command', async () => {
    const round = await Round.open('selector')
    await round.say('ann', '/quiz do kubectl config set-context --current --namespace=kube-system')
    expect((await round.say('ann', '/quiz do kubectl get pods')).text).toContain('coredns')
    expect((await round.say('bea', '/quiz do kubectl get pods')).text).not.toContain('coredns')
    expect((await round.say('bea', '/quiz do curl http://coffee-shop --from customer')).text).toContain('refused')
    await round.stage.app.stop()
  })

  it('survives a restart with all copies as they were', async () => {
    const round = await Round.open('selector')
    await round.say('ann', '/quiz do kubectl scale deployment coffee-shop --replicas=4')
    await round.stage.restart()
    expect((await round.say('ann', '/quiz do kubectl get deployments')).text).toContain('4/4')
    expect((await round.say('bea', '/quiz do kubectl get deployments')).text).toContain('3/3')
    await round.stage.app.stop()
  })

  it('ends without a winner when the time is up or the host stops it, and the quiz goes on', async () => {
    const late = await Round.open('selector')
    late.stage.now += 11 * 60_000
    expect((await late.say('ann', '/quiz do kubectl get pods')).text).toContain('not possible at this moment')
    expect(told(late).join()).toContain('nobody was in time')
    await late.stage.app.stop()
    const stopped = await Round.open('selector')
    expect((await stopped.say('ann', '/quiz fix stop')).text).toContain('Only a host')
    await stopped.say('mentor', '/quiz fix stop')
    expect(told(stopped).join()).toContain('nobody was in time')
    await stopped.say('mentor', '/quiz begin')
    expect(said(stopped)).toContain('Question 1 of 2')
    await stopped.stage.app.stop()
  })

  it.each([
    ['mentor', '/quiz do kubectl get pods', 'You do not play in this quiz yet.'],
    ['ann', '/quiz do cluster reset', 'is not for a team'],
    ['ann', '/quiz do quiz end', 'is not for a team'],
    ['ann', '/quiz do lesson start L03', 'is not for a team'],
    ['ann', '/quiz do kubctl get pods', 'Did you mean /kubectl?'],
    ['ann', "/quiz do kubectl get 'pods", 'is not closed'],
    ['mentor', '/quiz fix selectro', 'Did you mean selector?'],
    ['mentor', '/quiz fix selector', 'not possible at this moment'],
    ['mentor', '/quiz pause', 'not possible at this moment'],
  ])('%s> %s is answered with help', async (by, line, help) => {
    const round = await Round.open('selector')
    expect((await round.say(by, line)).text).toContain(help)
    await round.stage.app.stop()
  })

  it('shows on the final board who was first', async () => {
    const round = await Round.open('bind-address')
    round.stage.now += 130_000
    await round.say('ann', '/quiz do kubectl set env deployment/coffee-shop BIND_ADDRESS-')
    await round.say('mentor', '/quiz begin')
    await round.say('mentor', '/quiz reveal')
    await round.say('mentor', '/quiz end')
    expect(said(round)).toContain('▲ Triangle repaired a cluster in 2 min 10 s')
    await round.stage.app.stop()
  })
})

it('a fault that is none any more would be noticed: a healthy shop reaches the goal', () => {
  const repair = repairs.find(({ id }) => id === 'selector')!
  const [shop, , guest] = repair.scenery.objects
  const cluster = buildCluster({ objects: [shop!, guest!] }, 1)
  create(cluster, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'coffee-shop', namespace: 'default' },
    spec: { selector: { app: 'coffee-shop' }, ports: [{ port: 80, targetPort: 8080 }] },
  })
  cluster.settle()
  expect(isFixed(cluster, repair)).toEqual({ passed: true })
})
