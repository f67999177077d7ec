import { expect, test } from 'vitest'
import { commands } from '../../../commands/index.ts'
import { bold, code, reply, text } from '../../../src/chat/reply.ts'
import { prefixer } from '../../../src/platforms/slack/prefix.ts'

const say = prefixer(commands, 'rs-')

test('commands in texts get the prefix that people have to type', () => {
  const said = say(
    reply([
      { type: 'text', text: 'Type: /kubectl get pods and then: /curl http://web/curl (or /lesson hint).' },
      { type: 'note', text: [text('The old one is kept: '), code('/cluster restore'), bold('/tutor')] },
      { type: 'list', items: ['/lesson start <lesson>', 'a file /etc/kubectl/config', '/curling is no command'] },
      { type: 'code', code: '/curl http://web\nmounted at /quiz\n  /nc web 80' },
      { type: 'buttons', buttons: [{ label: 'Hint', action: '/lesson hint' }] },
    ]),
  )
  expect(said.parts).toEqual([
    { type: 'text', text: 'Type: /rs-kubectl get pods and then: /rs-curl http://web/curl (or /rs-lesson hint).' },
    { type: 'note', text: [text('The old one is kept: '), code('/rs-cluster restore'), bold('/rs-tutor')] },
    { type: 'list', items: ['/rs-lesson start <lesson>', 'a file /etc/kubectl/config', '/curling is no command'] },
    { type: 'code', code: '/rs-curl http://web\nmounted at /quiz\n  /nc web 80' },
    { type: 'buttons', buttons: [{ label: 'Hint', action: '/lesson hint' }] },
  ])
})
