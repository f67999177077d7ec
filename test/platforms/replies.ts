import fc from 'fast-check'
import { bold, code, type Part, type Reply, reply, text } from '../../src/chat/reply.ts'

/** The smallest PNG: one transparent pixel. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgAAIAAAUAAeImBZsAAAAASUVORK5CYII=',
  'base64',
)

const YAML = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: coffee-shop\n'

/** Replies as the commands make them; each has one golden file a platform. */
export const replies: Readonly<Record<string, Reply>> = {
  'delete-pod': reply([
    { type: 'code', code: 'pod "coffee-shop-7d9f6c5b8-x2kqp" deleted from default namespace\n' },
    { type: 'text', text: [bold('What followed'), text(' (2 s of cluster time)')] },
    {
      type: 'table',
      header: ['who', 'what'],
      rows: [
        ['replicaset', 'wanted 1, had 0: opened coffee-shop-7d9f6c5b8-m4vzt'],
        ['scheduler', 'put it on node-2'],
        ['kubelet', '10.244.2.10, ready after 1.4 s'],
      ],
    },
    { type: 'text', text: 'Changed: 10.244.1.5 is gone, 10.244.2.10 is new.' },
    {
      type: 'buttons',
      buttons: [
        { label: 'Undo', action: '/cluster undo' },
        { label: 'Show picture', action: '/cluster show', style: 'primary' },
        { label: 'Why?', action: '/why' },
      ],
    },
  ]),
  'unknown-flag': {
    ok: false,
    private: true,
    parts: [
      { type: 'code', code: "error: unknown flag: --namspace\nSee 'kubectl get --help' for usage." },
      { type: 'text', text: [text('Did you mean '), code('--namespace'), text('?')] },
      {
        type: 'buttons',
        buttons: [{ label: 'Run it with --namespace', action: '/kubectl get pod --namespace default' }],
      },
    ],
  },
  'lesson-step': reply([
    { type: 'title', text: 'L03 · Monday, Tuesday, Wednesday · step 2 of 7' },
    { type: 'progress', label: 'steps', done: 2, of: 7 },
    {
      type: 'text',
      text: [text('The '), bold('container'), text(' in Room 101 crashes. Commit first.\nThen cause the crash.')],
    },
    { type: 'list', items: ['compare name', [text('compare '), code('RESTARTS')], 'compare IP'], ordered: true },
    {
      type: 'select',
      label: "After the restart the Pod's IP is …",
      action: '/lesson predict',
      options: [
        { value: 'same', label: 'the same' },
        { value: 'new', label: 'new', description: 'on the same node' },
      ],
    },
    { type: 'note', text: 'You may change your mind until the crash.' },
  ]),
  'quiz-question': reply([
    { type: 'title', text: 'Question 3 of 10' },
    {
      type: 'note',
      text: [
        text('closes '),
        { when: 1_790_000_045_000, style: 'relative' },
        text(' · asked by '),
        { user: 'discord:42' },
      ],
    },
    { type: 'text', text: 'From marketing/intern: curl http://coffee-shop. What happens?' },
    {
      type: 'buttons',
      buttons: [
        { label: 'A coffee', action: '/quiz answer 3 A' },
        { label: 'B refused', action: '/quiz answer 3 B' },
        { label: 'C unknown name', action: '/quiz answer 3 C' },
        { label: 'D time-out', action: '/quiz answer 3 D' },
      ],
    },
  ]),
  'edit-form': reply([
    { type: 'text', text: 'Change the manifest and send it.' },
    {
      type: 'buttons',
      buttons: [
        {
          label: 'Edit',
          action: '/kubectl apply -f -',
          style: 'primary',
          form: {
            title: 'Service coffee-shop',
            submit: 'Apply',
            fields: [{ name: 'stdin', label: 'Manifest', value: YAML, multiline: true }],
          },
        },
        { label: 'Long line', action: `/kubectl annotate pod web note=${'x'.repeat(300)}` },
      ],
    },
  ]),
  picture: reply([
    { type: 'title', text: 'THE BUILDING · kitchen' },
    {
      type: 'picture',
      name: 'building.png',
      png: PIXEL,
      alt: 'Three floors with five rooms',
      text: 'floor-1 │ 101 coffee-shop',
    },
    { type: 'file', name: 'manifest.yaml', content: YAML },
  ]),
  injection: reply([
    { type: 'title', text: '@everyone <!channel> *x* `y`' },
    {
      type: 'text',
      text: '@here <@&1> <!here> <!subteam^S1> <@U1> &lt;!here&gt; **b** _i_ ~~s~~ ||s|| [a](http://b) https://x.y\n# h\n- l\n1. n\n> q',
    },
    { type: 'text', text: [bold('`a` **b**'), code('`` @everyone `'), text('\u202egnp.exe\u200b')] },
    { type: 'code', code: '```\n@everyone ``` <!channel>\n`' },
    { type: 'table', header: ['<!channel>', '```'], rows: [['@everyone', '|']] },
    { type: 'note', text: '<!channel> @everyone *x*' },
    { type: 'list', items: ['@everyone', '<!here>'] },
  ]),
  empty: reply([
    { type: 'code', code: '' },
    { type: 'text', text: ' ' },
    { type: 'buttons', buttons: [] },
  ]),
}

const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '```',
    '`',
    '@everyone',
    '<!channel>',
    '<@&1>',
    '&lt;',
    '*a*',
    '\ud800',
    '👩‍👩‍👧‍👦',
    '\u202e',
    '\n# x',
    '',
    ' ',
    '\n',
  ),
)
const words = fc.oneof(
  odd,
  fc.array(odd, { maxLength: 12 }).map((parts) => parts.join('')),
  fc
    .tuple(odd, fc.constantFrom(10, 500, 3_001, 9_000))
    .map(([part, times]) => `x${part}`.repeat(times).slice(0, 14_000)),
)
const inline = fc.oneof(
  fc.record({ text: words }),
  fc.record({ text: words, bold: fc.constant(true as const) }),
  fc.record({ text: words, code: fc.constant(true as const) }),
  fc.record({ user: fc.oneof(fc.constantFrom('discord:1', 'slack:U1'), words) }),
  fc.record({ when: fc.integer({ min: 0, max: 4e12 }), style: fc.constantFrom('relative' as const, 'time' as const) }),
)
const anyText = fc.oneof(words, fc.array(inline, { maxLength: 6 }))
const field = fc.record(
  {
    name: words,
    label: words,
    value: words,
    placeholder: words,
    multiline: fc.constant(true as const),
    optional: fc.constant(true as const),
  },
  { requiredKeys: ['name', 'label'] },
)
export const anyForm = fc.record({
  title: words,
  submit: words,
  fields: fc.array(field, { minLength: 1, maxLength: 5 }),
})
const button = fc.record(
  { label: words, action: words, style: fc.constantFrom('primary' as const, 'danger' as const), form: anyForm },
  { requiredKeys: ['label', 'action'] },
)
const few = { maxLength: 4 }

const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ type: fc.constant('title' as const), text: words }),
  fc.record({ type: fc.constantFrom('text' as const, 'note' as const), text: anyText }),
  fc.record({
    type: fc.constant('list' as const),
    items: fc.array(anyText, { maxLength: 8 }),
    ordered: fc.constant(true as const),
  }),
  fc.record({ type: fc.constant('list' as const), items: fc.array(anyText, { maxLength: 60 }) }),
  fc.record({ type: fc.constant('code' as const), code: words, language: odd }),
  fc.record({
    type: fc.constant('table' as const),
    header: fc.array(odd, few),
    rows: fc.oneof(
      fc.array(fc.array(words, few), few),
      fc.array(fc.array(odd, few), { minLength: 90, maxLength: 120 }),
    ),
  }),
  fc.record({
    type: fc.constant('picture' as const),
    name: odd,
    png: fc.uint8Array({ maxLength: 5 }),
    alt: words,
    text: words,
  }),
  fc.record({ type: fc.constant('file' as const), name: odd, content: words }),
  fc.record({ type: fc.constant('progress' as const), label: words, done: fc.integer(), of: fc.integer() }),
  fc.record({ type: fc.constant('buttons' as const), buttons: fc.array(button, { maxLength: 30 }) }),
  fc.record({
    type: fc.constant('select' as const),
    label: words,
    action: odd,
    options: fc.array(fc.record({ value: odd, label: words, description: odd }), { maxLength: 130 }),
  }),
)

/** Any reply at all, most of them unreasonable. */
export const anyReply: fc.Arbitrary<Reply> = fc.array(part, { maxLength: 14 }).map((parts) => ({ ok: true, parts }))
