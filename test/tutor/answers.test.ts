import { beforeEach, describe, expect, test } from 'vitest'
import { lessons } from '../../lessons/index.ts'
import type { Part } from '../../src/chat/reply.ts'
import { lessonSchema } from '../../src/tutor/lesson.ts'
import { Player } from '../player.ts'

describe('a table to fill', () => {
  let player: Player

  beforeEach(async () => {
    player = new Player()
    await player.play('/lesson start service-types')
    for (let step = 1; step < 8; step++) await player.play('/lesson skip')
  })

  test('has a menu for each row, and its options as text', async () => {
    const { reply, text } = await player.play('/lesson')
    const menus = reply.parts.filter((part): part is Part & { type: 'select' } => part.type === 'select')
    expect(menus.map(({ label, action }) => [label, action])).toEqual([
      ['ClusterIP', '/lesson answer ClusterIP'],
      ['NodePort', '/lesson answer NodePort'],
      ['Ingress', '/lesson answer Ingress'],
    ])
    expect(text).toContain('- A Inside only.')
  })

  test('can be filled row by row from the menus, in any order', async () => {
    expect((await player.press('/lesson answer NodePort', 'B')).text).toContain('There are rows left')
    expect((await player.press('/lesson answer Ingress', 'C')).text).toContain('There are rows left')
    expect((await player.press('/lesson answer ClusterIP', 'A')).text).toContain('Step passed')
  })

  test('can be corrected, and typed in one line in any case', async () => {
    expect((await player.play('/lesson answer ClusterIP=D')).text).toContain('heard nothing')
    expect((await player.play('/lesson answer clusterip: a, nodeport: b, ingress: c')).text).toContain('Step passed')
  })

  test.each([
    [
      '/lesson answer A',
      'There is no row "A". Write each row with its letter: /lesson answer ClusterIP=A NodePort=B Ingress=C',
    ],
    ['/lesson answer ClusterIP', 'Choose one of A (Inside only.'],
    ['/lesson answer ClusterIP=E', 'Choose one of A (Inside only.'],
    ['/lesson answer __proto__=A', 'There is no row "__proto__"'],
    ['/lesson answer ==', 'Write each row with its letter'],
  ])('tells how it is filled after %s, and keeps nothing', async (line, told) => {
    const { reply, text } = await player.play(line)
    expect(reply.ok).toBe(false)
    expect(text).toContain(told)
    expect((await player.play('/lesson check')).text).toContain('What is missing: an answer')
  })
})

test('rows need options to choose from', () => {
  const lesson = lessons.find(({ id }) => id === 'service-types')!
  const steps = lesson.steps.map((step) => ({ ...step, answer: { id: 'x', question: 'Which?', rows: ['One', 'Two'] } }))
  expect(() => lessonSchema.parse({ ...lesson, steps })).toThrow('rows need options to choose from')
})
