/** Parts of full test names that must all have passed, or a word why there is none. */
type Proof = readonly string[] | string

/** One line of the README's table: what a learner or operator gets, and the tests that show it on each platform. */
export interface Feature {
  name: string
  discord: Proof
  slack: Proof
  console: Proof
}

const WORDS = 'is the same as in the console, word for word'
const FORMS = 'buttons, menus and forms'

/** The same test in both of Slack's modes. */
const inBothModes = (...tests: string[]): string[] => tests.flatMap((test) => [`by socket ${test}`, `by http ${test}`])

export const features: readonly Feature[] = [
  {
    name: 'The same lessons, word for word',
    discord: [`on Discord ${WORDS}`],
    slack: [`on Slack by socket ${WORDS}`, `on Slack by HTTP ${WORDS}`],
    console: [`on Discord ${WORDS}`],
  },
  {
    name: 'Commands',
    discord: ['slash commands a line is acknowledged at once'],
    slack: inBothModes('slash commands a line is acknowledged at once'),
    console: ['the line protocol answers in order'],
  },
  {
    name: 'Typed options, choices and completion',
    discord: ['typed options arrive with their verb and type', 'suggestions come from the tutor'],
    slack: 'one line of text, with a usage hint',
    console: 'one line of text, with Tab',
  },
  {
    name: 'Buttons and menus',
    discord: [`${FORMS} a click runs the line of the button`, `${FORMS} a choice from a menu`],
    slack: inBothModes(`${FORMS} a click runs the line of the button`, `${FORMS} a choice from a menu`),
    console: ['takes files, stdin, presses'],
  },
  {
    name: 'Forms for manifests',
    discord: [`${FORMS} a form opens before the line runs`],
    slack: inBothModes(`${FORMS} a form opens before the line runs`),
    console: 'pasted text (`:paste`)',
  },
  {
    name: 'Files with a command',
    discord: ['a file that comes with the line is put into the channel'],
    slack: 'a code block after a mention',
    console: ['takes files, stdin, presses'],
  },
  {
    name: 'Pictures with alternative text',
    discord: [
      'a picture with its alternative text',
      'without the permission to attach files a picture is its text twin',
    ],
    slack: inBothModes(
      'slash commands a picture is uploaded with its alternative text',
      'slash commands a private picture is its text twin',
    ),
    console: ['picture console.txt'],
  },
  {
    name: 'Private answers',
    discord: ['what the command declares private is private from the acknowledgement on'],
    slack: inBothModes('slash commands what the command declares private, only the caller sees'),
    console: 'one person at a time',
  },
  {
    name: 'Threads',
    discord: ['a thread is a channel of its own'],
    slack: inBothModes('being spoken to a mention in a thread is a command'),
    console: 'channels only',
  },
  {
    name: 'Direct conversations',
    discord: ['and so is a direct conversation'],
    slack: inBothModes('being spoken to in a direct conversation everything is meant for the bot'),
    console: 'every conversation is one',
  },
  {
    name: 'Home tab with lessons and progress',
    discord: '`/progress`',
    slack: inBothModes('Home tab shows lessons and progress'),
    console: '`/progress`',
  },
  {
    name: 'Nothing pings, nothing breaks out',
    discord: ['injection discord.json', 'what learners write neither pings nor becomes markup'],
    slack: ['injection slack.json', 'people are shown by name and never pinged'],
    console: ['injection console.txt'],
  },
  {
    name: 'A delivery that comes twice has one effect',
    discord: ['duplicate the same interaction twice'],
    slack: ['duplicate, by socket the same command twice', 'duplicate, by http the same command twice'],
    console: ['kill -9 loses nothing that was acknowledged'],
  },
  {
    name: 'Outlasts lost connections and rate limits',
    discord: ['reconnect a dropped connection is resumed', '429 a channel that is limited waits alone'],
    slack: ['reconnect an outage of the whole server is outlasted', '429 a channel that is limited waits alone'],
    console: 'has none',
  },
]
