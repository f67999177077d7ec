import { describe, expect, test } from 'vitest'
import {
  configKeyErrors,
  dnsLabelErrors,
  dnsSubdomainErrors,
  environmentNameErrors,
  labelKeyErrors,
  labelValueErrors,
  percentErrors,
  portNameErrors,
  portNumberErrors,
  wildcardSubdomainErrors,
} from '../../src/cluster/names.ts'

const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const WILDCARD =
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const NAME_PART =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
const KEY =
  "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
const VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
const PERCENT =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"
const CONFIG_KEY =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"

describe.each<[rule: string, validate: (value: string) => string[], rows: [value: string, errors: string[]][]]>([
  [
    'R-NAM-1, R-NAM-3 DNS label',
    dnsLabelErrors,
    [
      ['web', []],
      ['1-a', []],
      ['a'.repeat(63), []],
      ['a'.repeat(64), ['must be no more than 63 characters']],
      ['Web', [LABEL]],
      ['-a', [LABEL]],
      ['', [LABEL]],
      ['a\n', [LABEL]],
      ['é', [LABEL]],
      ['a.b', ['must not contain dots']],
    ],
  ],
  [
    'R-NAM-2, R-NAM-3 DNS subdomain',
    dnsSubdomainErrors,
    [
      ['a.b-c.1', []],
      ['a'.repeat(253), []],
      ['a'.repeat(254), ['must be no more than 253 characters']],
      ['a..b', [SUBDOMAIN]],
      ['a_b', [SUBDOMAIN]],
    ],
  ],
  [
    'wildcard subdomain',
    wildcardSubdomainErrors,
    [
      ['*.a.b', []],
      ['*', [WILDCARD]],
      ['a.*.b', [WILDCARD]],
    ],
  ],
  [
    'R-NAM-4 port name',
    portNameErrors,
    [
      ['http', []],
      ['a'.repeat(15), []],
      ['a'.repeat(16), ['must be no more than 15 characters']],
      [
        'HTTP',
        [
          'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
          'must contain at least one letter (a-z)',
        ],
      ],
      ['80', ['must contain at least one letter (a-z)']],
      ['a--b', ['must not contain consecutive hyphens']],
      ['-a', ['must not begin or end with a hyphen']],
    ],
  ],
  [
    'R-LBL-1, R-LBL-2, R-LBL-3, R-LBL-5 label key',
    labelKeyErrors,
    [
      ['app', []],
      ['App_1.x', []],
      ['example.com/app', []],
      ['a'.repeat(63), []],
      ['a'.repeat(64), ['name part must be no more than 63 bytes']],
      ['a b', [NAME_PART]],
      ['', ['name part must be non-empty', NAME_PART]],
      ['/app', ['prefix part must be non-empty']],
      ['a/', ['name part must be non-empty', NAME_PART]],
      ['Example.com/app', [`prefix part ${SUBDOMAIN}`]],
      ['a/b/c', [KEY]],
    ],
  ],
  [
    'R-LBL-4, R-LBL-5 label value',
    labelValueErrors,
    [
      ['', []],
      ['Web_1.x', []],
      ['a'.repeat(64), ['must be no more than 63 bytes']],
      ['a b', [VALUE]],
      ['a-', [VALUE]],
    ],
  ],
  [
    'R-DEP-12 percent',
    percentErrors,
    [
      ['25%', []],
      ['25', [PERCENT]],
      ['-1%', [PERCENT]],
    ],
  ],
  [
    'keys of data',
    configKeyErrors,
    [
      ['A_b.c-d', []],
      ['a b', [CONFIG_KEY]],
      ['..', ["must not be '..'"]],
      ['..a', ["must not start with '..'"]],
    ],
  ],
  [
    'names of environment variables',
    environmentNameErrors,
    [
      ['A b', []],
      ['', ['environment variable name must be non-empty']],
      ['a=b', ["a valid environment variable name must consist only of printable ASCII characters other than '='"]],
    ],
  ],
])('%s', (_, validate, rows) => {
  test.each(rows)('%j', (value, errors) => {
    expect(validate(value)).toEqual(errors)
  })
})

test('R-NAM-5 port numbers', () => {
  expect([1, 65_535].flatMap(portNumberErrors)).toEqual([])
  for (const port of [0, -1, 65_536]) expect(portNumberErrors(port)).toEqual(['must be between 1 and 65535, inclusive'])
})
