import { defineVerbGroup } from '../verb.ts'
import { rolloutPause, rolloutResume } from './rollout/pause.ts'
import { rolloutRestart } from './rollout/restart.ts'
import { rolloutUndo } from './rollout/undo.ts'
import { rolloutHistory } from './rollout-history.ts'
import { rolloutStatus } from './rollout-status.ts'

/** Manage the rollout of a Deployment. */
export const rollout = defineVerbGroup({
  name: 'rollout',
  summary: 'Manage the rollout of one or many resources.',
  verbs: [rolloutHistory, rolloutPause, rolloutRestart, rolloutResume, rolloutStatus, rolloutUndo],
})
