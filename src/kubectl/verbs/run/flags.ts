import { deleteFlags } from '../../change/delete-options.ts'
import { createFlags, fileFlags } from '../../change/flags.ts'
import { overrideFlags } from '../../change/overrides.ts'
import { array, bool, duration, text } from '../../flags.ts'
import type { Invocation } from '../../verb.ts'

const { validate: _, ...createOptions } = createFlags

/** Flags of `kubectl run`. */
export const runFlags = {
  ...createOptions,
  ...deleteFlags,
  ...fileFlags,
  ...overrideFlags,
  annotations: array('Annotations to apply to the pod.'),
  attach: bool(
    "If true, wait for the Pod to start running, and then attach to the Pod. Default false, unless '-i/--stdin' is set, in which case the default is true. With '--restart=Never' the exit code of the container process is returned.",
  ),
  command: bool(
    "If true and extra arguments are present, use them as the 'command' field in the container, rather than the 'args' field which is the default.",
  ),
  'detach-keys': text('Override the key sequence for detaching a container.', { initial: 'ctrl-p,ctrl-q' }),
  env: array('Environment variables to set in the container.'),
  expose: bool('If true, create a ClusterIP service associated with the pod. Requires `--port`.'),
  image: text('The image for the container to run.', { required: true }),
  'image-pull-policy': text(
    'The image pull policy for the container. If left empty, this value will not be specified by the client and defaulted by the server.',
  ),
  labels: text('Comma separated labels to apply to the pod. Will override previous values.', { shorthand: 'l' }),
  'leave-stdin-open': bool(
    'If the pod is started in interactive mode or with stdin, leave stdin open after the first attach completes.',
  ),
  'pod-running-timeout': duration(
    'The length of time (like 5s, 2m, or 3h, higher than zero) to wait until at least one pod is running',
    { initial: 60_000 },
  ),
  port: text('The port that this container exposes.'),
  privileged: bool('If true, run the container in privileged mode.'),
  quiet: bool('If true, suppress prompt messages.', { shorthand: 'q' }),
  record: bool('Record current kubectl command in the resource annotation. Deprecated.'),
  restart: text('The restart policy for this Pod. Legal values [Always, OnFailure, Never].', { initial: 'Always' }),
  rm: bool(
    "If true, delete the pod after it exits. Only valid when attaching to the container, e.g. with '--attach' or with '-i/--stdin'.",
  ),
  stdin: bool('Keep stdin open on the container in the pod, even if nothing is attached.', { shorthand: 'i' }),
  tty: bool('Allocate a TTY for the container in the pod.', { shorthand: 't' }),
} as const

export type RunInvocation = Invocation<typeof runFlags>

/** True if the command stays with the pod until its process has ended. */
export const isAttaching = ({ flags, changed }: RunInvocation): boolean =>
  changed('attach') ? flags.attach : flags.stdin

/** What becomes of a container that has ended. */
export const restartPolicyOf = ({ flags: { restart, stdin } }: RunInvocation): string =>
  restart === '' ? (stdin ? 'OnFailure' : 'Always') : restart
