import { array, bool, type Flags, int, text } from './flags.ts'

/** The flags of every verb. Those that only concern a real connection are accepted and change nothing. */
export const globalFlags = {
  as: text('Username to impersonate for the operation.'),
  'as-group': array('Group to impersonate for the operation.'),
  cluster: text('The name of the kubeconfig cluster to use'),
  context: text('The name of the kubeconfig context to use'),
  help: bool('Show the usage of the command', { shorthand: 'h' }),
  kubeconfig: text('Path to the kubeconfig file to use for CLI requests.'),
  namespace: text('If present, the namespace scope for this CLI request', { shorthand: 'n' }),
  'request-timeout': text('The length of time to wait before giving up on a single server request.', { initial: '0' }),
  user: text('The name of the kubeconfig user to use'),
  v: int('number for the log level verbosity', { shorthand: 'v' }),
  'warnings-as-errors': bool('Treat warnings received from the server as errors and exit with a non-zero exit code'),
} as const satisfies Flags

/** Flags of several verbs, declared once. */
export const allNamespacesFlag = bool(
  'If present, list the requested object(s) across all namespaces. Namespace in current context is ignored even if specified with --namespace.',
  { shorthand: 'A' },
)

export const selectorFlag = text(
  "Selector (label query) to filter on, supports '=', '==', '!=', 'in', 'notin'. Matching objects must satisfy all of the specified label constraints.",
  { shorthand: 'l' },
)

export const fieldSelectorFlag = text(
  "Selector (field query) to filter on, supports '=', '==', and '!='. The server only supports a limited number of field queries per type.",
)

export const outputFlag = text('Output format.', { shorthand: 'o' })
