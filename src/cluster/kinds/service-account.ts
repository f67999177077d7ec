import type { KindDefinition, KubeObject } from '../object.ts'
import { ageColumn, nameColumn } from './columns.ts'
import { eventsBlock, metadataLines } from './describe-parts.ts'

export interface ServiceAccount extends KubeObject {
  secrets?: { name: string }[]
  imagePullSecrets?: { name: string }[]
}

const PULL_SECRETS = 'Image pull secrets:'

export const serviceAccount: KindDefinition<ServiceAccount> = {
  kind: 'ServiceAccount',
  group: '',
  version: 'v1',
  plural: 'serviceaccounts',
  singular: 'serviceaccount',
  shortNames: ['sa'],
  namespaced: true,
  message: 'core.v1.ServiceAccount',
  modelled: [],
  columns: [nameColumn, ageColumn],
  describe: (object, cluster) => {
    const [first = '<none>', ...others] = (object.imagePullSecrets ?? []).map(({ name }) => name)
    const margin = ' '.repeat(PULL_SECRETS.length)
    return [
      ...metadataLines(object),
      { raw: [`${PULL_SECRETS}\t${first}`, ...others.map((name) => `${margin}\t${name}`)] },
      eventsBlock(object, cluster),
    ]
  },
  explain: {
    '': 'An identity for what runs in pods. Nothing here asks for it.',
    metadata: 'Name, namespace, labels and what else every object has.',
  },
}
