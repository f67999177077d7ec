import type { Verb } from '../verb.ts'
import { apiResources } from './api-resources.ts'
import { apiVersions } from './api-versions.ts'
import { auth } from './auth.ts'
import { clusterInfo } from './cluster-info.ts'
import { config } from './config.ts'
import { describe } from './describe.ts'
import { events } from './events.ts'
import { exec } from './exec.ts'
import { explain } from './explain.ts'
import { get } from './get.ts'
import { options } from './options.ts'
import { portForward } from './port-forward.ts'
import { rollout } from './rollout.ts'
import { version } from './version.ts'
import { wait } from './wait.ts'

/** The registry of verbs, in the order of the help. */
export const verbs: readonly Verb[] = [
  explain,
  get,
  rollout,
  clusterInfo,
  describe,
  exec,
  portForward,
  auth,
  events,
  wait,
  apiResources,
  apiVersions,
  config,
  options,
  version,
]
