import { describe, expect, it } from 'vitest'
import { exportItems, exportResults, pseudonyms, toCsv } from '../../src/quiz/export.ts'
import { Play } from './play.ts'

const finished = () => {
  const play = new Play(['q001', 'q006']).join('=cmd', 'bea').begin()
  play.now += 4_200
  play.answer('=cmd', 'A')
  play.answer('=cmd', 'B')
  play.do({ type: 'reveal', by: 'host' })
  play.do({ type: 'next', by: 'host' })
  play.now += 2_000
  play.answer('bea', 'DCAB')
  play.do({ type: 'reveal', by: 'host' })
  play.do({ type: 'next', by: 'host' })
  return play.session
}

describe('the table of results', () => {
  it('has one row for each player and question, with pseudonyms', () => {
    const session = finished()
    const [first, second] = pseudonyms(session)
    expect(exportResults(session).split('\r\n')).toEqual([
      'session_id,pack,item_id,template,seed,lesson,targets,team,player,present,first_answer,answer,credit,elapsed_ms,changed,helped,misconception,points',
      `${session.id},foundations,q001,,,L01,T01,▲ Triangle,${first},true,A,B,1,4200,1,false,,1000`,
      `${session.id},foundations,q001,,,L01,T01,● Circle,${second},true,,,0,,,,,0`,
      `${session.id},foundations,q006,,,L01,T03,▲ Triangle,${first},true,,,0,,,,,0`,
      `${session.id},foundations,q006,,,L01,T03,● Circle,${second},true,DCAB,DCAB,${2 / 3},2000,0,false,T03,${2000 / 3}`,
      '',
    ])
    expect(new Set(pseudonyms(session))).toEqual(new Set(['player-1', 'player-2']))
  })

  it('names people only where that is asked for, and never as a formula', () => {
    expect(exportResults(finished(), true)).toContain(",'=cmd,")
    expect(exportResults(finished())).not.toContain('cmd')
  })

  it('is a header alone where nothing was played', () => {
    expect(exportResults(new Play(['q001']).session).split('\r\n')).toHaveLength(2)
  })
})

it('the table of items tells the share of right answers and the wrong one chosen most', () => {
  const play = new Play(['q001', 'q002']).join('a', 'b', 'c', 'd').begin()
  for (const [by, pick] of Object.entries({ a: 'B', b: 'D', c: 'D', d: 'A' })) play.answer(by, pick)
  play.do({ type: 'reveal', by: 'host' })
  play.do({ type: 'next', by: 'host' })
  play.do({ type: 'end', by: 'host' })
  const { id } = play.session
  expect(exportItems(play.session).split('\r\n')).toEqual([
    'session_id,item_id,lesson,n,share_correct,most_chosen_wrong,misconception,void',
    `${id},q001,L01,4,0.25,D,T03,false`,
    `${id},q002,L01,0,,,,true`,
    '',
  ])
})

describe('a CSV cell', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['=a,"b"', '"\'=a,""b"""'],
    ['▲ Röster ☕', '▲ Röster ☕'],
  ])('%j is written as %j', (value, written) => {
    expect(toCsv(['head'], [[value]])).toBe(`head\r\n${written}\r\n`)
  })

  it('keeps negative numbers as numbers and leaves out what is not known', () => {
    expect(toCsv(['a', 'b', 'c'], [[-1, undefined, false]])).toBe('a,b,c\r\n-1,,false\r\n')
  })
})
