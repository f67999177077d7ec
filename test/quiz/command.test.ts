import { describe, expect, it } from 'vitest'
import { pressables, renderConsole } from '../../src/platforms/console/render.ts'
import { Stage } from './stage.ts'

/** People at one console, who type lines and press buttons by label. */
class Table {
  readonly stage = new Stage()
  #deliveries = 0
  #last = ''

  constructor() {
    this.stage.connect()
  }

  async say(by: string, line: string) {
    return this.#send(by, { line })
  }

  async press(by: string, label: string) {
    const { reply } = this.stage.happenings.findLast(({ reply }) =>
      pressables(reply).some((each) => each.label === label),
    )!
    return this.#send(by, { press: pressables(reply).find((each) => each.label === label)!.action })
  }

  get last(): string {
    return this.#last
  }

  async #send(by: string, input: { line: string } | { press: string }) {
    this.#deliveries += 1
    const key = `${this.#deliveries}`
    const answer = await this.stage.handle({ key, user: `console:${by}`, userName: by, input })
    await this.stage.app.quiet()
    this.#last = renderConsole(answer.reply)
    return { ...answer, text: this.#last, data: answer.reply.data as Record<string, unknown> }
  }

  async close(): Promise<void> {
    await this.stage.app.stop()
  }
}

describe('/quiz start', () => {
  it('opens a lobby, tells who hosts and how many questions wait, and privately what to press', async () => {
    const table = new Table()
    const started = await table.say('mentor', '/quiz start foundations 3 30')
    expect(started).toMatchObject({ private: true, data: { state: 'lobby', question: null, of: 3 } })
    expect(started.text).toMatch(/^3 questions are ready/)
    expect(started.text).toMatch(/\d+ of the 80 written questions wait/)
    expect(renderConsole(table.stage.shown)).toContain('Host: mentor')
    await table.close()
  })

  it('is refused while another session goes on, whoever comes second', async () => {
    const table = new Table()
    await table.say('mentor', '/quiz start')
    const second = await table.say('other', '/quiz start')
    expect(second).toMatchObject({ private: true, reply: { ok: false } })
    expect(second.text).toContain('already running')
    await table.press('other', 'Join')
    expect(table.last).toContain('You play for')
    await table.close()
  })

  it.each([
    ['/quiz start fondations', 'Did you mean foundations?'],
    ['/quiz start foundations 0', 'items'],
    ['/quiz start foundations 21', 'items'],
    ['/quiz start foundations 5 -1', 'seconds'],
    ['/quiz start foundations 5 30 seven', 'teams cannot be "seven"'],
    ['/quiz start foundations 5 30 2 speed', 'scoring cannot be "speed"'],
    ['/quiz start __proto__', 'There is no topic'],
    ['/quiz strat', 'Did you mean start?'],
    ['/quiz start new-lobby', 'wait for kinds that are not modelled yet'],
  ])('%s is answered with help and changes nothing', async (line, help) => {
    const table = new Table()
    const { text, reply } = await table.say('mentor', line)
    expect(reply.ok).toBe(false)
    expect(text).toContain(help)
    expect((await table.say('mentor', '/quiz')).text).toContain('No quiz is running here.')
    await table.close()
  })

  it('makes as many teams as asked, lets players choose, or puts all into one', async () => {
    for (const [teams, count] of [
      ['4', 4],
      ['choose', 4],
      ['one', 1],
      ['balanced', 2],
    ] as const) {
      const table = new Table()
      await table.say('mentor', `/quiz start foundations 3 30 ${teams}`)
      expect(renderConsole(table.stage.shown).match(/^- [▲●■★] /gm)).toHaveLength(count)
      await table.close()
    }
  })
})

describe('a session at the console', () => {
  const begun = async () => {
    const table = new Table()
    await table.say('mentor', '/quiz start foundations 3 30')
    await table.press('ann', 'Join')
    await table.press('bea', 'Join')
    await table.press('mentor', 'Begin')
    return table
  }

  it('goes on by buttons; the second press of a button does nothing', async () => {
    const table = await begun()
    const next = async () => table.press('mentor', 'Next question')
    await table.press('mentor', 'Show the answer')
    expect((await next()).data).toMatchObject({ state: 'open', question: 2 })
    const again = await table.say('mentor', `/quiz next ${(await table.say('mentor', '/quiz')).data.session}.1`)
    expect(again.text).toContain('That has been done already.')
    expect((await table.say('ann', '/quiz scores')).data).toMatchObject({ state: 'open', question: 2 })
    await table.close()
  })

  it('answers a button of an earlier session with what became of it', async () => {
    const table = await begun()
    const old = pressables(table.stage.shown).find(({ label }) => label.startsWith('A: '))
    await table.say('mentor', '/quiz end')
    await table.say('mentor', '/quiz start foundations 3 30')
    await table.press('ann', 'Join')
    await table.press('mentor', 'Begin')
    if (old) expect((await table.say('ann', old.action)).text).toContain('your answer was not counted')
    expect((await table.say('ann', '/quiz answer zzzzz.1 A')).text).toContain('your answer was not counted')
    expect((await table.say('ann', '/quiz answer 99')).reply.ok).toBe(false)
    await table.close()
  })

  it('asks other questions the next time', async () => {
    const table = await begun()
    const asked = async () => {
      const stored = (await table.stage.store.load('channel/console:test'))!.document as {
        quiz: { questions: { item: { id: string } }[] }
      }
      return stored.quiz.questions.map(({ item }) => item.id)
    }
    const first = await asked()
    await table.say('mentor', '/quiz end')
    await table.say('mentor', '/quiz start foundations 3 30')
    expect((await asked()).filter((id) => first.includes(id))).toEqual([])
    await table.close()
  })

  it('lets only hosts steer and export', async () => {
    const table = await begun()
    for (const verb of ['pause', 'skip', 'end', 'export', 'next', 'lock'])
      expect((await table.say('ann', `/quiz ${verb}`)).text, verb).toContain('Only a host may do that')
    await table.say('mentor', '/quiz cohost ann')
    expect((await table.say('ann', '/quiz pause')).text).toContain('Paused.')
    expect((await table.say('ann', '/quiz resume')).text).toContain('The clock is running again.')
    expect((await table.say('mentor', '/quiz cohost nobody')).text).toContain('Nobody in this quiz is called "nobody".')
    await table.close()
  })

  it('exports two tables for the host, with names only where that is asked for', async () => {
    const table = await begun()
    await table.press('mentor', 'Show the answer')
    const plain = await table.say('mentor', '/quiz export')
    expect(plain).toMatchObject({ private: true })
    expect(plain.text).toMatch(/quiz-\w{5}-results\.csv\nsession_id,/)
    expect(plain.text).toMatch(/quiz-\w{5}-items\.csv\nsession_id,/)
    expect(plain.text).not.toMatch(/,ann,/)
    expect((await table.press('mentor', 'With names')).text).toMatch(/,ann,/)
    await table.close()
  })

  it('keeps private wishes private and names teams', async () => {
    const table = await begun()
    expect((await table.say('ann', '/quiz prefer --listed=true')).text).toContain('You may be named')
    expect((await table.say('ann', '/quiz prefer --time 2')).text).toContain('not possible at this moment')
    expect((await table.say('ann', '/quiz team Die Röster ☕')).text).toContain('Die Röster ☕')
    expect((await table.say('mentor', '/quiz team X')).text).toContain('You do not play')
    await table.close()
  })

  it('says where there is nothing: no session, no answers, no rank', async () => {
    const table = new Table()
    for (const line of ['/quiz join', '/quiz scores', '/quiz review', '/quiz answer A', '/quiz export', '/quiz claim'])
      expect((await table.say('ann', line)).text, line).toContain('No quiz is running in this channel.')
    await table.say('mentor', '/quiz start foundations 3 30')
    expect((await table.say('ann', '/quiz review')).text).toContain('You did not play')
    expect((await table.say('ann', '/quiz why')).reply.parts.length).toBeGreaterThan(0)
    await table.close()
  })
})

describe('a question about the own cluster', () => {
  it('keeps traffic back until its answer is shown', async () => {
    const table = new Table()
    await table.say('mentor', '/kubectl create deployment coffee-shop --image=cafe/coffee-shop:1 --replicas=3')
    await table.say('mentor', '/kubectl expose deployment coffee-shop --port=80 --target-port=8080')
    await table.say('mentor', '/quiz start cluster 2 30')
    await table.press('ann', 'Join')
    expect((await table.say('ann', '/curl http://coffee-shop')).text).toContain('coffee-shop: espresso')
    await table.press('mentor', 'Begin')
    for (const line of ['/curl http://coffee-shop', '/nslookup coffee-shop', '/nc coffee-shop 80', '/ping coffee-shop'])
      expect((await table.say('ann', line)).text, line).toContain('A quiz question about this cluster is open.')
    await table.press('mentor', 'Show the answer')
    expect((await table.say('ann', '/curl http://coffee-shop')).text).toContain('coffee-shop: espresso')
    await table.close()
  })
})
