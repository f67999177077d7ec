import { lookupKind } from '../../cluster/api.ts'
import { type FieldType, type Message, messageOf } from '../../cluster/fields.ts'
import { isMap } from './json.ts'

/** In which order the members of a value are written. */
export interface MemberOrder {
  rank: (name: string) => number
  /** The order inside a member. */
  inside: (name: string) => MemberOrder | undefined
}

/**
 * The order of members that verbs write which know the Go type of an object: that of its fields. Maps have no order of their
 * own. Undefined for what is no object of a known kind.
 */
export function structOrder(value: unknown): MemberOrder | undefined {
  if (!isMap(value)) return undefined
  const definition = lookupKind(String(value.apiVersion), String(value.kind))
  const message = definition && messageOf(definition.message)
  return message && orderOfMessage(message)
}

function orderOfMessage(message: Message): MemberOrder {
  const names = [...message.keys()]
  return {
    rank: (name) => names.indexOf(name),
    inside: (name) => orderOfType(message.get(name)?.type),
  }
}

function orderOfType(type: FieldType | undefined): MemberOrder | undefined {
  if (type?.form === 'list') return orderOfType(type.of)
  if (type?.form === 'map') {
    const inside = orderOfType(type.of)
    return { rank: () => 0, inside: () => inside }
  }
  const message = type?.form === 'message' ? messageOf(type.message) : undefined
  return message && orderOfMessage(message)
}
