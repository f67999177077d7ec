import { humanDuration } from '../../cluster/duration.ts'
import type { Event } from '../../cluster/kinds/event.ts'
import { kinds } from '../../cluster/kinds/index.ts'
import { apiVersionOf, instant } from '../../cluster/object.ts'
import { KubectlError } from '../errors.ts'
import { listOf } from '../find-objects.ts'
import { bool, int, list, text } from '../flags.ts'
import { allNamespacesFlag, outputFlag } from '../global-flags.ts'
import { escapeTerminal } from '../output/custom-columns.ts'
import { asList, createPrinter, OBJECT_FORMATS } from '../output/printer.ts'
import { TabWriter } from '../output/tab-writer.ts'
import { parseResourceName, type ResourceRequest } from '../resources.ts'
import { defineVerb, type Invocation } from '../verb.ts'

const flags = {
  'all-namespaces': allNamespacesFlag,
  'chunk-size': int('Return large lists in chunks rather than all at once.', { initial: 500 }),
  for: text('Filter events to only those pertaining to the specified resource.'),
  'no-headers': bool("When using the default output format, don't print headers."),
  output: outputFlag,
  template: text('Template string to use when -o=go-template.'),
  types: list('Output only events of given types.'),
  watch: bool('After listing the requested events, watch for more events.', { shorthand: 'w' }),
} as const

/** List events, the oldest first. A watch ends at the present. */
export const events = defineVerb({
  name: 'events',
  summary: 'List events.',
  usage: '[(-o|--output=)json|yaml|name|go-template|jsonpath] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]',
  flags,
  run(invocation) {
    const { flags: given, streams, namespace, environment } = invocation
    const types = given.types.map((type) => type.toLowerCase())
    const about = subjectOf(invocation)
    if (types.some((type) => type !== 'normal' && type !== 'warning'))
      throw new KubectlError('valid --types are Normal or Warning')
    const found = listOf(invocation, kinds.Event, { allNamespaces: given['all-namespaces'] })
      .map(({ object }) => object as Event)
      .filter((event) => (types.length === 0 || types.includes(event.type.toLowerCase())) && isAbout(event, about))
      .sort((left, right) => instant(left.lastTimestamp) - instant(right.lastTimestamp))
    if (found.length === 0) {
      if (!given.watch) streams.warn(`No events found${given['all-namespaces'] ? '.' : ` in ${namespace} namespace.`}`)
    } else if (given.output === '' && given.template === '') printRows(invocation, found)
    else {
      const { output: format, template } = given
      const print = createPrinter({ format, template, formats: OBJECT_FORMATS, files: environment.files })
      streams.write(print(asList(found)))
    }
  },
})

/** The object that `--for TYPE/NAME` names. */
function subjectOf({ cluster, flags: given }: Invocation<typeof flags>): ResourceRequest | undefined {
  if (given.for === '') return undefined
  if (!given.for.includes('/')) throw new KubectlError('--for must be in resource/name form')
  return parseResourceName(cluster, given.for)
}

const isAbout = ({ involvedObject }: Event, subject: ResourceRequest | undefined): boolean =>
  subject === undefined ||
  (involvedObject.kind === subject.definition.kind &&
    involvedObject.apiVersion === apiVersionOf(subject.definition) &&
    involvedObject.name === subject.names[0])

function printRows({ cluster, flags: given, streams }: Invocation<typeof flags>, found: readonly Event[]): void {
  const all = given['all-namespaces']
  const rows = found.map((event) =>
    [
      ...(all ? [event.metadata.namespace ?? ''] : []),
      lastSeen(event, cluster.now),
      event.type,
      event.reason,
      `${event.involvedObject.kind}/${event.involvedObject.name}`,
      event.message.trim(),
    ]
      .map(escapeTerminal)
      .join('\t'),
  )
  const header = [...(all ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'].join('\t')
  const lines = given['no-headers'] ? rows : [header, ...rows]
  for (const line of new TabWriter({ minWidth: 6, padding: 3 }).format(lines)) streams.print(line)
}

/** `5s`, or `2m (x5 over 10m)` for what happened several times. */
function lastSeen({ firstTimestamp, lastTimestamp, count }: Event, now: number): string {
  const since = humanDuration(now - instant(firstTimestamp))
  return count > 1 ? `${humanDuration(now - instant(lastTimestamp))} (x${count} over ${since})` : since
}
