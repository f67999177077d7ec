import { describe, expect, test } from 'vitest'
import { remove } from '../../../src/cluster/api.ts'
import { renderErrors } from '../../../src/kubectl/errors.ts'
import { quietCluster } from '../world.ts'
import { D, DNS_LABEL, deployment, type Input, LABEL_VALUE, one, P, pod, printed } from './mistakes.ts'

describe('mistakes with Pods and Deployments', () => {
  const container = (fields: object) => pod({ containers: [{ name: 'c', image: 'nginx', ...fields }] })
  const labelsMismatch =
    'spec.template.metadata.labels: Invalid value: {"app":"x"}: `selector` does not match template `labels`'
  const labelled = (app: string) => ({
    metadata: { labels: { app } },
    spec: { containers: [{ name: 'c', image: 'nginx' }] },
  })

  test.each<[rule: string, input: Input, output: string]>([
    [
      '22 R-NAM-4',
      container({ ports: [{ containerPort: 80, name: 'HTTP1' }] }),
      P(
        'spec.containers[0].ports[0].name: Invalid value: "HTTP1": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
        'spec.containers[0].ports[0].name: Invalid value: "HTTP1": must contain at least one letter (a-z)',
      ),
    ],
    [
      '23 R-NAM-4',
      container({ ports: [{ containerPort: 80, name: 'a-very-long-name' }] }),
      P('spec.containers[0].ports[0].name: Invalid value: "a-very-long-name": must be no more than 15 characters'),
    ],
    [
      'R-NAM-5',
      container({ ports: [{ containerPort: 0 }] }),
      P('spec.containers[0].ports[0].containerPort: Required value'),
    ],
    ['R-POD-11', pod({ containers: [] }), P('spec.containers: Required value')],
    [
      'R-POD-11',
      container({
        ports: [
          { containerPort: 80, name: 'a' },
          { containerPort: 81, name: 'a' },
        ],
      }),
      P('spec.containers[0].ports[1].name: Duplicate value: "a"'),
    ],
    [
      'R-POD-11',
      pod({ restartPolicy: 'Sometimes' }),
      P('spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"'),
    ],
    [
      'R-POD-6',
      {
        ...pod({
          hostNetwork: true,
          containers: [{ name: 'c', image: 'nginx', ports: [{ containerPort: 80, hostPort: 81 }] }],
        }),
      },
      P(
        'spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true',
      ),
    ],
    ['26 R-DEP-11', deployment({ template: labelled('x') }), D(labelsMismatch)],
    [
      '27 R-DEP-11',
      deployment({ selector: undefined, template: labelled('x') }),
      D('spec.selector: Required value', labelsMismatch),
    ],
    [
      'R-DEP-11 {}',
      deployment({ selector: {} }),
      D('spec.selector: Invalid value: {}: empty selector is invalid for deployment'),
    ],
    [
      '28 R-DEP-11',
      deployment({ selector: { matchLabels: { app: 'x' } }, template: labelled('x') }, 'there'),
      one('Deployment', 'there', 'spec.selector: Invalid value: {"matchLabels":{"app":"x"}}: field is immutable'),
    ],
    [
      '29 R-DEP-12',
      deployment({ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } }),
      D('spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0'),
    ],
    [
      '30 R-DEP-12',
      deployment({ replicas: -1 }),
      D('spec.replicas: Invalid value: -1: must be greater than or equal to 0'),
    ],
    [
      '31 R-DEP-12',
      deployment({}, 'web', { restartPolicy: 'Never' }),
      D('spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'),
    ],
    [
      'R-DEP-12 percent',
      deployment({ strategy: { rollingUpdate: { maxUnavailable: '101%' } } }),
      D('spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%'),
    ],
    [
      'R-DEP-12 percent',
      deployment({ strategy: { rollingUpdate: { maxSurge: 'all' } } }),
      D(
        "spec.strategy.rollingUpdate.maxSurge: Invalid value: \"all\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
      ),
    ],
    [
      'R-DEP-12 type',
      deployment({ strategy: { type: 'Blue' } }),
      D(
        'spec.strategy: Unsupported value: {"Type":"Blue","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate"',
      ),
    ],
    [
      'R-DEP-12 Recreate',
      deployment({ strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } }),
      D("spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"),
    ],
    [
      'R-SLO-2',
      deployment({ selector: { matchExpressions: [{ key: 'app', operator: 'In' }] } }),
      D(
        "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
        'spec.selector: Invalid value: {"matchExpressions":[{"key":"app","operator":"In"}]}: invalid label selector',
      ),
    ],
    [
      'R-SLO-2',
      deployment({
        selector: {
          matchLabels: { app: 'web' },
          matchExpressions: [{ key: 'app', operator: 'Exists', values: ['web'] }],
        },
      }),
      D(
        "spec.selector.matchExpressions[0].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
        'spec.selector: Invalid value: {"matchLabels":{"app":"web"},"matchExpressions":[{"key":"app","operator":"Exists","values":["web"]}]}: invalid label selector',
      ),
    ],
    [
      'R-SLO-2',
      deployment({ selector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'app', operator: 'exists' }] } }),
      D(
        'spec.selector.matchExpressions[0].operator: Invalid value: "exists": not a valid selector operator',
        'spec.selector: Invalid value: {"matchLabels":{"app":"web"},"matchExpressions":[{"key":"app","operator":"exists"}]}: invalid label selector',
      ),
    ],
    ['33 R-POD-11', container({ image: '' }), P('spec.containers[0].image: Required value')],
    [
      '34 R-POD-11',
      pod({
        containers: [
          { name: 'c', image: 'a' },
          { name: 'c', image: 'b' },
        ],
      }),
      P('spec.containers[1].name: Duplicate value: "c"'),
    ],
    [
      '35 R-LBL-5',
      pod({}, 'p', { labels: { app: 'a b' } }),
      P(`metadata.labels: Invalid value: "a b": ${LABEL_VALUE}`),
    ],
    [
      'R-ERR-2',
      pod({ containers: [{ name: 'C', ports: [{ containerPort: 99999 }] }] }),
      P(
        `spec.containers[0].name: Invalid value: "C": ${DNS_LABEL}`,
        'spec.containers[0].image: Required value',
        'spec.containers[0].ports[0].containerPort: Invalid value: 99999: must be between 1 and 65535, inclusive',
      ),
    ],
  ])('%s', (_, input, output) => {
    expect(printed(input)).toBe(output)
  })

  test('32 R-POD-10 the spec of a pod is fixed', () => {
    const output = printed(
      pod({ nodeName: 'node-1', containers: [{ name: 'c', image: 'nginx:1.26', args: ['x'] }] }, 'there'),
    )
    const [first, ...diff] = output.split('\n')
    expect(first).toBe(
      'The Pod "there" is invalid: spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
    )
    expect(diff.filter((line) => /^[+-]/.test(line)).join()).toContain('x')
    expect(printed(pod({ nodeName: 'node-1', containers: [{ name: 'c', image: 'nginx:1.27' }] }, 'there'))).toBe(
      'accepted\n',
    )
  })

  test('37, 49 R-ERR-3, R-NSP-4 deleting what is not there or must stay', () => {
    const attempt = (act: () => unknown): string => {
      try {
        act()
        return 'accepted'
      } catch (error) {
        return renderErrors([error]).text
      }
    }
    expect(attempt(() => remove(quietCluster(), 'Pod', 'default', 'x'))).toBe(
      'Error from server (NotFound): pods "x" not found\n',
    )
    expect(attempt(() => remove(quietCluster(), 'Namespace', undefined, 'default'))).toBe(
      'Error from server (Forbidden): namespaces "default" is forbidden: this namespace may not be deleted\n',
    )
  })
})
