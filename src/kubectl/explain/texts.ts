import { type FieldType, messageOf } from '../../cluster/fields.ts'
import { kinds } from '../../cluster/kinds/index.ts'

/** Texts for what all kinds share; a kind's own texts come first. */
const COMMON: Readonly<Record<string, string>> = {
  'meta.TypeMeta.apiVersion': 'Group and version of the API that the object is written in, such as apps/v1.',
  'meta.TypeMeta.kind': 'What sort of object it is, such as Pod.',
  'meta.ObjectMeta.annotations': 'Notes for people and tools, by name. Nothing is selected by them.',
  'meta.ObjectMeta.creationTimestamp': 'When the API server stored the object. Set by the cluster.',
  'meta.ObjectMeta.deletionGracePeriodSeconds': 'How long an object that is being deleted may still take.',
  'meta.ObjectMeta.deletionTimestamp': 'By when an object that is being deleted is gone. Set by the cluster.',
  'meta.ObjectMeta.finalizers': 'Who must still do something before the object may disappear.',
  'meta.ObjectMeta.generateName': 'Beginning of the name; the cluster adds five characters. Used if there is no name.',
  'meta.ObjectMeta.generation': 'Counts the changes of the spec. Set by the cluster.',
  'meta.ObjectMeta.labels': 'Names and values by which Services, controllers and people select objects.',
  'meta.ObjectMeta.name': 'The name, unique among objects of the kind in the namespace. It never changes.',
  'meta.ObjectMeta.namespace': 'The namespace in which the object lives; default if none is given.',
  'meta.ObjectMeta.ownerReferences': 'The objects that this one belongs to. When they are gone, it goes too.',
  'meta.ObjectMeta.resourceVersion': 'Changes with every change of the object. Set by the cluster.',
  'meta.ObjectMeta.uid': 'Identifies this object among all that ever had the same name. Set by the cluster.',
  'meta.LabelSelector.matchExpressions': 'Conditions that the labels must all fulfil.',
  'meta.LabelSelector.matchLabels': 'Labels that must all be there with these values.',
  'meta.LabelSelectorRequirement.key': 'Name of the label.',
  'meta.LabelSelectorRequirement.operator': 'In, NotIn, Exists or DoesNotExist.',
  'meta.LabelSelectorRequirement.values': 'The values for In and NotIn.',
}

let known: ReadonlyMap<string, string> | undefined

/** The text about a field of a message; undefined where there is none. */
export function textOf(message: string, field: string): string | undefined {
  known ??= collect()
  const shared = field === 'kind' || field === 'apiVersion' ? 'meta.TypeMeta' : message
  return known.get(`${message}.${field}`) ?? known.get(`${shared}.${field}`)
}

/** The texts of all kinds by message and field, so that a pod template is explained with the words of the pod. */
function collect(): Map<string, string> {
  const texts = new Map(Object.entries(COMMON))
  for (const { message, explain = {} } of Object.values(kinds))
    for (const [path, text] of Object.entries(explain)) {
      const place = path === '' ? undefined : placeOf(message, path.split('.'))
      if (place !== undefined && !texts.has(place)) texts.set(place, text)
    }
  return texts
}

function placeOf(message: string, [name, ...rest]: string[]): string | undefined {
  const plain = plainName(message)
  const field = messageOf(plain)?.get(name!)
  if (!field) return undefined
  if (rest.length === 0) return `${plain}.${name}`
  const below = messageIn(field.type)
  return below === undefined ? undefined : placeOf(below, rest)
}

/** `core.v1.Pod` and `core.Pod` are the same. */
export const plainName = (message: string): string => message.replace(/\.v\d\w*\./, '.')

/** The message of a field, of the items of its list or of the values of its map. */
export const messageIn = (type: FieldType): string | undefined => {
  if (type.form === 'message') return type.message
  return type.form === 'list' || type.form === 'map' ? messageIn(type.of) : undefined
}
