import { bool, list, optionalText, text } from '../flags.ts'
import { outputFlag, selectorFlag } from '../global-flags.ts'

/** Whether and how something is only tried out. */
export const dryRunFlag = optionalText(
  'Must be "none", "server", or "client". If client strategy, only print the object that would be sent, without sending it. If server strategy, submit server-side request without persisting the resource.',
  { alone: 'unchanged', initial: 'none' },
)

/** How the result is printed. */
export const printFlags = {
  'allow-missing-template-keys': bool('If true, ignore any errors in templates when a field or map key is missing.', {
    initial: true,
  }),
  output: outputFlag,
  'show-managed-fields': bool('If true, keep the managedFields when printing objects in JSON or YAML format.'),
  template: text('Template string or path to template file to use when -o=go-template, -o=go-template-file.'),
} as const

const fieldManagerFlag = text('Name of the manager used to track field ownership.')

/** Flags of every verb that changes objects. */
export const changeFlags = { ...printFlags, 'dry-run': dryRunFlag, 'field-manager': fieldManagerFlag } as const

export const validateFlag = optionalText(
  'Must be one of: strict (or true), warn, ignore (or false). "true" or "strict" will use a schema to validate the input and fail the request if invalid.',
  { alone: 'strict', initial: 'strict' },
)

const saveConfigFlag = bool(
  'If true, the configuration of current object will be saved in its annotation. This flag is useful when you want to perform kubectl apply on this object in the future.',
)

/** Flags of every verb that creates objects. */
export const createFlags = { ...changeFlags, 'save-config': saveConfigFlag, validate: validateFlag } as const

/** Where objects are read from. */
export const fileFlags = {
  filename: list('Filename, directory, or URL to files that contain the configuration.', { shorthand: 'f' }),
  kustomize: text("Process the kustomization directory. This flag can't be used together with -f or -R.", {
    shorthand: 'k',
  }),
  recursive: bool('Process the directory used in -f, --filename recursively.', { shorthand: 'R' }),
} as const

/** Flags of verbs that change what is there: files or selectors say which objects. */
export const selectFlags = {
  ...changeFlags,
  ...fileFlags,
  all: bool('Select all resources, in the namespace of the specified resource types'),
  local: bool('If true, the verb will NOT contact api-server but run locally.'),
  record: bool('Record current kubectl command in the resource annotation. Deprecated.'),
  selector: selectorFlag,
} as const
