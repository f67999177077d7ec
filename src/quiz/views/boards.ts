import type { Inline, Part } from '../../chat/reply.ts'
import { bold, text } from '../../chat/reply.ts'
import { keyOf, noteOn } from '../answer.ts'
import { counts, creditIn, playerScore, playerScores, teamScores } from '../score.ts'
import { type Phase, positionOf, type QuizState, teamLabel } from '../state.ts'
import { sizesOf } from '../teams.ts'
import { promptOf } from './question.ts'
import { repairLines } from './repair.ts'
import { inWords } from './reveal.ts'
import { buttons, counted, inline, note, paragraph } from './words.ts'

/** How many individuals a board names at most. */
const TOP = 3

const SCORING: Record<QuizState['settings']['scoring'], string> = {
  accuracy: 'What counts is the right answer, not speed.',
  pace: 'Right answers count; a quick one earns a small bonus.',
  kahoot: 'The faster the right answer, the more points.',
}

/** The lobby: what is played, who hosts, who is there. */
export function renderLobby(session: QuizState): Part[] {
  const { phase, settings, questions, hosts } = session
  if (phase.is !== 'lobby') return [{ type: 'title', text: 'Quiz' }, paragraph(lobbyOver(phase))]
  const [host] = hosts
  const sizes = sizesOf(session)
  const joined = sizes.reduce((sum, size) => sum + size, 0)
  const lines: Inline[][] = [
    [text(`Topic: ${settings.topic} · ${counted(questions.length, 'question')}`)],
    [text('Host: '), host === undefined ? text('nobody') : { user: host }],
    [text(`${SCORING[settings.scoring]} Practice: nothing is graded.`)],
  ]
  const choose = settings.teams === 'choose' && !phase.locked
  return [
    { type: 'title', text: settings.mode === 'day' ? `Quiz of the day, open for ${settings.hours} h` : 'Quiz' },
    { type: 'list', items: lines },
    paragraph(`${counted(joined, 'player')} so far${phase.locked ? '; the door is shut' : ''}`),
    { type: 'list', items: session.teams.map((_, team) => `${teamLabel(session, team)}: ${sizes[team]}`) },
    buttons(
      ...(choose
        ? session.teams.map((_, team) => ({
            label: `Join ${teamLabel(session, team)}`,
            action: `/quiz join ${team + 1}`,
          }))
        : [!phase.locked && { label: 'Join', action: '/quiz join', style: 'primary' as const }]),
      { label: 'Begin', action: '/quiz begin' },
      { label: 'Leave', action: '/quiz leave' },
      { label: 'End', action: '/quiz end' },
    ),
  ]
}

const lobbyOver = (phase: Phase): string => {
  if (phase.is === 'ended') return phase.why === 'idle' ? 'Closed: nobody began.' : 'Ended by the host.'
  return 'The questions have begun. Whoever joins enters with the next one.'
}

/** The announcement of a day: everybody answers in private, whenever it suits. */
export function renderDay(session: QuizState): Part[] {
  const { phase, questions } = session
  const closes: Inline[] =
    phase.is === 'day' ? [text(' It closes '), { when: phase.closes, style: 'relative' }, text('.')] : []
  return [
    { type: 'title', text: 'Quiz of the day' },
    paragraph([text(`${counted(questions.length, 'question')}, each at your own time.`), ...closes]),
    buttons(
      { label: 'Join', action: '/quiz join', style: 'primary' },
      { label: 'My next question', action: '/quiz answer', style: 'primary' },
      { label: 'End', action: '/quiz end' },
    ),
  ]
}

export const renderClosingSoon = ({ phase }: QuizState): Part[] => [
  paragraph(
    phase.is === 'day'
      ? [text('The quiz of the day closes '), { when: phase.closes, style: 'relative' }, text('.')]
      : 'The quiz of the day closes soon.',
  ),
  buttons({ label: 'My next question', action: '/quiz answer' }),
]

/** The end: teams always, of individuals the best three among those who agreed to be named. */
export function renderFinal(session: QuizState): Part[] {
  const played = session.questions.filter(counts).length
  if (played === 0 && repairLines(session).length === 0)
    return [
      { type: 'title', text: 'The quiz has ended' },
      paragraph('No question was played to its end, so there are no scores.'),
      buttons({ label: 'Another quiz', action: '/quiz start' }),
    ]
  const listed = playerScores(session).filter(({ player }) => player.listed)
  return [
    { type: 'title', text: 'Final board' },
    teamTable(session),
    ...(listed.length > 0
      ? [
          paragraph('Among those who agreed to be named:'),
          { type: 'list' as const, items: listed.slice(0, TOP).map(named) },
        ]
      : []),
    ...(repairLines(session).length > 0 ? [{ type: 'list' as const, items: repairLines(session) }] : []),
    note(`${counted(played, 'question')} counted. A team has the mean of its members.`),
    buttons(
      { label: 'My rank', action: '/quiz scores' },
      { label: 'What I missed', action: '/quiz review', style: 'primary' },
      { label: 'Another quiz', action: '/quiz start' },
    ),
  ]
}

const named = ({ rank, player, points }: ReturnType<typeof playerScores>[number]): Inline[] => [
  bold(`${rank}. `),
  { user: player.user },
  text(` ${points}`),
]

const teamTable = (session: QuizState): Part => ({
  type: 'table',
  header: ['RANK', 'TEAM', 'POINTS', 'PLAYERS'],
  rows: teamScores(session).map(({ rank, team, points, members }) => [
    String(rank),
    teamLabel(session, team),
    String(points),
    String(members),
  ]),
})

/** The scores of the teams, and in private one's own. */
export function renderScores(session: QuizState, user: string): Part[] {
  return [
    { type: 'title', text: 'Scores' },
    ...(session.questions.some(counts) ? [teamTable(session)] : [paragraph('No question has been played to its end.')]),
    ...renderRank(session, user),
  ]
}

/** One's own place, which nobody else is shown. */
function renderRank(session: QuizState, user: string): Part[] {
  const position = positionOf(session, user)
  if (position === undefined) return [note('You do not play in this quiz.')]
  const own = playerScore(session, position)
  const list = playerScores(session)
  const rank = list.find(({ player }) => player.user === user)?.rank
  const place = rank === undefined ? 'no rank below half of the questions' : `rank ${rank} of ${list.length}`
  return [
    paragraph([
      bold(`${own.points} points`),
      text(
        ` · ${place} · ${own.right} right · ${own.seen} of ${own.of} seen${own.streak > 1 ? ` · ${own.streak} in a row` : ''}`,
      ),
    ]),
    buttons(
      { label: 'What I missed', action: '/quiz review' },
      own.player.listed
        ? { label: 'Do not name me', action: '/quiz prefer --listed=false' }
        : { label: 'You may name me', action: '/quiz prefer --listed=true' },
    ),
  ]
}

/** What one player missed, with the right answers and the idea behind the own one. */
export function renderReview(session: QuizState, user: string): Part[] {
  const position = positionOf(session, user)
  const missed =
    position === undefined
      ? []
      : session.questions.filter(
          (question) => (counts(question) ? creditIn(question, question.entries[position]) : 1)! < 1,
        )
  if (position === undefined || missed.length === 0)
    return [
      paragraph(position === undefined ? 'You did not play in this quiz.' : 'You missed nothing.'),
      buttons({ label: 'Another quiz', action: '/quiz start' }),
    ]
  return [
    { type: 'title', text: `What you missed: ${missed.length}` },
    ...missed.flatMap(({ item, entries }): Part[] => {
      const entry = entries[position]
      const pick = typeof entry === 'object' ? entry.pick : undefined
      const found = pick === undefined ? undefined : noteOn(item, pick)
      return [
        ...promptOf(item),
        paragraph([bold('Yours: '), ...(pick === undefined ? [text('no answer')] : inWords(item, pick))]),
        paragraph([bold('Right: '), ...inWords(item, keyOf(item))]),
        note(inline(`${found ? `${found.note} ` : ''}${item.explanation}`)),
      ]
    }),
    buttons({ label: 'Another quiz', action: '/quiz start' }),
  ]
}
