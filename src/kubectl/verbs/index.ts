import type { Verb } from '../verb.ts'
import { annotate } from './annotate.ts'
import { apiResources } from './api-resources.ts'
import { apiVersions } from './api-versions.ts'
import { apply } from './apply/index.ts'
import { auth } from './auth.ts'
import { clusterInfo } from './cluster-info.ts'
import { config } from './config.ts'
import { create } from './create/index.ts'
import { deleteVerb } from './delete.ts'
import { describe } from './describe.ts'
import { edit } from './edit.ts'
import { events } from './events.ts'
import { exec } from './exec.ts'
import { explain } from './explain.ts'
import { expose } from './expose.ts'
import { get } from './get.ts'
import { label } from './label.ts'
import { logs } from './logs.ts'
import { cordon, uncordon } from './node/cordon.ts'
import { drain } from './node/drain.ts'
import { taint } from './node/taint.ts'
import { options } from './options.ts'
import { patch } from './patch.ts'
import { portForward } from './port-forward.ts'
import { replace } from './replace.ts'
import { rollout } from './rollout.ts'
import { run } from './run.ts'
import { scale } from './scale.ts'
import { set } from './set/index.ts'
import { version } from './version.ts'
import { wait } from './wait.ts'

/** The registry of verbs, in the order of the help. */
export const verbs: readonly Verb[] = [
  create,
  expose,
  run,
  set,
  explain,
  get,
  edit,
  deleteVerb,
  rollout,
  scale,
  clusterInfo,
  cordon,
  uncordon,
  drain,
  taint,
  describe,
  logs,
  exec,
  portForward,
  auth,
  events,
  apply,
  patch,
  replace,
  wait,
  label,
  annotate,
  apiResources,
  apiVersions,
  config,
  options,
  version,
]
