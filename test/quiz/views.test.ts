import { describe, expect, it } from 'vitest'
import { items } from '../../lessons/items.ts'
import { plain, type Reply } from '../../src/chat/reply.ts'
import { renderConsole } from '../../src/platforms/console/render.ts'
import { renderDiscord } from '../../src/platforms/discord/render.ts'
import { renderSlack } from '../../src/platforms/slack/render.ts'
import { keyOf } from '../../src/quiz/answer.ts'
import { isChoice } from '../../src/quiz/item.ts'
import { dueAt } from '../../src/quiz/session.ts'
import { renderFinal, renderReview, renderScores } from '../../src/quiz/views/boards.ts'
import { quizData } from '../../src/quiz/views/data.ts'
import { renderNotice, renderWhy } from '../../src/quiz/views/notice.ts'
import { renderView } from '../../src/quiz/views/render.ts'
import { Play, settings } from './play.ts'

const shown = (parts: Reply['parts']): string => renderConsole({ ok: true, parts })
const view = (play: Play, name: 'lobby' | 'question' | 'reveal' | 'final', question = 0): string =>
  renderConsole(renderView(play.session, { view: name, question } as never))
const controls = (parts: Reply['parts']) =>
  parts.flatMap((part) =>
    part.type === 'buttons' ? part.buttons : part.type === 'select' ? [{ label: part.label, action: part.action }] : [],
  )
/** Session ids are made from the seed, so that what is compared stays readable. */
const plainIds = (play: Play, text: string) => text.replaceAll(play.session.id, 'ID')

describe('a question', () => {
  it('shows what is asked, when it closes, and buttons with words', () => {
    const play = new Play(['q051']).join('ann', 'bea').begin()
    const { parts } = renderView(play.session, { view: 'question', question: 0 })
    expect(parts[1]).toEqual({
      type: 'text',
      text: [{ text: 'closes ' }, { when: play.now + 30_000, style: 'relative' }, { text: ' · 2 players' }],
    })
    expect(plainIds(play, view(play, 'question'))).toMatchInlineSnapshot(`
      "Question 1 of 1
      closes 15:07:10 UTC · 2 players
      Both Pods wear what Service coffee-shop asks for. A customer Pod runs curl http://coffee-shop. What follows?
      NAME      READY  STATUS
      coffee-a  0/1    Running
      coffee-b  0/1    Running
      [1 A: The name is unknown] [2 B: A refusal, at once] [3 C: Coffee: both are Running] [4 D: A 404 that the Service sends]
      Nobody else sees your answer. You may change it until the end."
    `)
  })

  it('numbers the lines of a manifest and offers them in their order', () => {
    const play = new Play(['q022']).join('ann').begin()
    expect(plainIds(play, view(play, 'question'))).toMatchInlineSnapshot(`
      "Question 1 of 1
      closes 15:07:10 UTC · 1 player
      The Pods are fine and Ready. Still the list behind the Service is empty. Which line do you correct?
       1  kind: Deployment
       2  metadata: {name: coffee-shop}
       3  spec:
       4    template:
       5      metadata: {labels: {app: coffee-shop}}
       6  ---
       7  kind: Service
       8  metadata: {name: coffee}
       9  spec:
      10    selector: {app: coffeeshop}
      11    ports: [{port: 80, targetPort: 8080}]
      [1 A: Line 2] [2 B: Line 8] [3 C: Line 10] [4 D: Line 11]
      Nobody else sees your answer. You may change it until the end."
    `)
  })

  it('has a menu and a form for an order; the private menus lead on from there', () => {
    const play = new Play(['q006']).join('ann').begin()
    expect(plainIds(play, view(play, 'question'))).toMatchInlineSnapshot(`
      "Question 1 of 1
      closes 15:07:10 UTC · 1 player
      Somebody types https://coffee.com into a browser. Sort what happens.
      - A  The browser looks up coffee.com
      - B  A connection opens to 203.0.113.10 on port 443
      - C  DNS gives back 203.0.113.10
      - D  The page arrives from the web server
      [1 Hop 1 of 4] A: The browser looks up coffee.com · B: A connection opens to 203.0.113.10 on … · C: DNS gives back 203.0.113.10 · D: The page arrives from the web server
      [2 Type it]
      Choose hop after hop, or type the letters: /quiz answer C A D B"
    `)
    const draft = play.do({ type: 'answer', by: 'ann', text: 'B C' })!
    expect(plainIds(play, renderConsole(renderNotice(play.session, 'ann', draft)))).toMatchInlineSnapshot(`
      "So far: BC. Not locked in yet.
      [1 Hop 3 of 4] A: The browser looks up coffee.com · D: The page arrives from the web server
      [2 Begin again]"
    `)
  })

  it('says who may go on while it is paused, and offers no answers', () => {
    const play = new Play(['q051']).join('ann').begin()
    play.do({ type: 'pause', by: 'host' })
    expect(controls(renderView(play.session, { view: 'question', question: 0 }).parts)).toEqual([
      { label: 'Resume', action: '/quiz resume', style: 'primary' },
    ])
  })
})

describe('a reveal', () => {
  it('names the right answer in words, the counts, the idea behind each wrong one, and the scores', () => {
    const play = new Play(['q051', 'q001']).join('ann', 'bea', 'cat').begin()
    play.answer('ann', 'B')
    play.answer('bea', 'C')
    play.wait(40_000, dueAt)
    expect(plainIds(play, view(play, 'reveal'))).toMatchInlineSnapshot(`
      "Question 1 of 2: the answer
      Both Pods wear what Service coffee-shop asks for. A customer Pod runs curl http://coffee-shop. What follows?
      NAME      READY  STATUS
      coffee-a  0/1    Running
      coffee-b  0/1    Running
      Right: A refusal, at once
      A The name is unknown .................... 0/3
      B A refusal, at once (right) #######............. 1/3
      C Coffee: both are Running #######............. 1/3
      D A 404 that the Service sends .................... 0/3
      no answer #######............. 1/3
      Running: the program was started. Ready: it passed its check. Only Ready Pods get calls. Where there is none, the caller's own node refuses.
      - A  The name is that of the Service, and it is still known.
      - C  Running is not Ready.
      - D  A Service speaks no HTTP.
      ▲ Triangle 500 · ● Circle 0
      [1 Why was mine wrong?] [2 Next question]"
    `)
  })

  it('names nobody', () => {
    const play = new Play(['q051']).join('ann', 'bea').begin()
    play.answer('ann', 'B')
    play.do({ type: 'reveal', by: 'host' })
    expect(view(play, 'reveal')).not.toMatch(/ann|bea/)
  })

  it('says that a question counts for nobody where it was taken out', () => {
    const play = new Play(['q051']).join('ann').begin()
    play.do({ type: 'reveal', by: 'host' })
    play.do({ type: 'skip', by: 'host' })
    expect(view(play, 'reveal')).toContain('It counts for nobody.')
  })

  it('has an answer in private to "Why was mine wrong?"', () => {
    const play = new Play(['q051']).join('ann', 'bea', 'cat').begin()
    play.answer('ann', 'C')
    play.answer('bea', 'B')
    expect(shown(renderWhy(play.session, 0, 'ann'))).toContain('not open')
    play.do({ type: 'reveal', by: 'host' })
    expect(shown(renderWhy(play.session, 0, 'ann'))).toMatchInlineSnapshot(`
      "Yours: Coffee: both are Running
      Running is not Ready.
      Right: A refusal, at once
      Running: the program was started. Ready: it passed its check. Only Ready Pods get calls. Where there is none, the caller's own node refuses.
      [1 Scores]"
    `)
    expect(shown(renderWhy(play.session, 0, 'bea'))).toContain('Yours was right.')
    expect(shown(renderWhy(play.session, 0, 'cat'))).toContain('You gave no answer')
  })
})

describe('boards', () => {
  const ended = () => {
    const play = new Play(['q051', 'q001']).join('ann', 'bea', 'cat', 'dan')
    play.do({ type: 'prefer', by: 'ann', listed: true })
    play.do({ type: 'prefer', by: 'dan', listed: true })
    play.begin()
    for (const [ann, rest] of [
      ['B', 'B'],
      ['B', 'A'],
    ] as const) {
      play.answer('ann', ann)
      for (const by of ['bea', 'cat', 'dan']) play.answer(by, rest)
      play.do({ type: 'reveal', by: 'host' })
      play.do({ type: 'next', by: 'host' })
    }
    return play
  }

  it('the lobby tells the topic, the host and the teams', () => {
    const play = new Play(['q051']).join('ann')
    play.wait(3_000, dueAt)
    expect(renderConsole(renderView(play.session, { view: 'lobby' }))).toMatchInlineSnapshot(`
      "Quiz
      - Topic: foundations · 1 question
      - Host: host
      - What counts is the right answer, not speed. Practice: nothing is graded.
      1 player so far
      - ▲ Triangle: 1
      - ● Circle: 0
      [1 Join] [2 Begin] [3 Leave] [4 End]"
    `)
  })

  it('the lobby offers each team where players choose', () => {
    const play = new Play(['q051'], { settings: { ...settings, teams: 'choose' }, teams: 3 })
    const joins = controls(renderView(play.session, { view: 'lobby' }).parts).map(({ action }) => action)
    expect(joins.slice(0, 3)).toEqual(['/quiz join 1', '/quiz join 2', '/quiz join 3'])
  })

  it('the final board names teams, and individuals only if they agreed', () => {
    expect(view(ended(), 'final')).toMatchInlineSnapshot(`
      "Final board
      RANK  TEAM        POINTS  PLAYERS
      1     ▲ Triangle  1500    2
      2     ● Circle    1000    2
      Among those who agreed to be named:
      - 1. ann 2000
      - 2. dan 1000
      2 questions counted. A team has the mean of its members.
      [1 My rank] [2 What I missed] [3 Another quiz]"
    `)
  })

  it('the own rank and what was missed are for oneself', () => {
    const play = ended()
    expect(shown(renderScores(play.session, 'bea'))).toMatchInlineSnapshot(`
      "Scores
      RANK  TEAM        POINTS  PLAYERS
      1     ▲ Triangle  1500    2
      2     ● Circle    1000    2
      1000 points · rank 2 of 4 · 1 right · 2 of 2 seen
      [1 What I missed] [2 You may name me]"
    `)
    expect(shown(renderScores(play.session, 'stranger'))).toContain('You do not play in this quiz.')
    expect(shown(renderScores(play.session, 'ann'))).toContain('rank 1 of 4')
    expect(shown(renderReview(play.session, 'bea'))).toMatchInlineSnapshot(`
      "What you missed: 1
      Data travels with a destination IP address on it. What is that address good for?
      Yours: It selects the program that reads the data
      Right: It leads to one particular machine
      Picking the program is what the port does. An IP address is like a street with its house number: it leads to one machine or Pod. Which program there gets the data is settled by the port, the door.
      [1 Another quiz]"
    `)
    expect(shown(renderReview(play.session, 'ann'))).toContain('You missed nothing.')
  })

  it('a quiz without a question that counts has no scores', () => {
    const play = new Play(['q051']).join('ann').begin()
    play.do({ type: 'end', by: 'host' })
    expect(shown(renderFinal(play.session))).toContain('no scores')
  })

  it('programs get the state and the teams', () => {
    const play = ended()
    expect(quizData(play.session)).toEqual({
      session: play.session.id,
      state: 'ended',
      question: null,
      of: 2,
      scores: [
        { team: 'Triangle', points: 1500 },
        { team: 'Circle', points: 1000 },
      ],
    })
    expect(quizData(null)).toMatchObject({ session: null })
  })
})

describe('every item in every view', () => {
  const all = items.map((item) => {
    const play = new Play([item.id]).join('ann', 'bea', 'cat').begin()
    const question = renderView(play.session, { view: 'question', question: 0 })
    const draft = isChoice(item) ? [] : [play.answer('ann', keyOf(item).slice(0, 2))!]
    const notices = [play.answer('ann', keyOf(item))!, ...draft, play.do({ type: 'answer', by: 'ann', text: '' })!]
    const said = notices.map((notice) => renderNotice(play.session, 'ann', notice))
    play.do({ type: 'reveal', by: 'host' })
    return { item, replies: [question, renderView(play.session, { view: 'reveal', question: 0 })], said }
  })

  it('fits into one message of Discord and one of Slack, so that it can be edited', () => {
    for (const { item, replies } of all)
      for (const reply of replies) {
        expect(renderDiscord(reply), item.id).toHaveLength(1)
        expect(renderSlack(reply).messages, item.id).toHaveLength(1)
      }
  })

  it('has labels and command lines within the limits of all platforms, each once a message', () => {
    for (const { item, replies, said } of all)
      for (const { parts } of [...replies, ...said]) {
        const list = controls(parts)
        expect(list.length, item.id).toBeGreaterThan(0)
        expect(new Set(list.map(({ label }) => label)).size, item.id).toBe(list.length)
        for (const { label, action } of list) {
          expect(label.length, label).toBeLessThanOrEqual(75)
          expect(action.length, action).toBeLessThanOrEqual(97)
          expect(label, label).toMatch(/[A-Za-z]{2}|\d/)
        }
        for (const part of parts)
          if (part.type === 'select')
            for (const { value, label } of part.options) {
              expect(value.length).toBeLessThanOrEqual(100)
              expect(label.length, label).toBeLessThanOrEqual(75)
            }
      }
  })

  it('shows the key in the words of the item', () => {
    for (const { item, replies } of all) {
      if (!isChoice(item)) continue
      const right = replies[1]!.parts.flatMap((part) => (part.type === 'text' ? [plain(part.text)] : []))
      expect(right, item.id).toContain(`Right: ${item.choices[item.answer].replaceAll('`', '')}`)
    }
  })
})
