/**
 * The API server's rules for names, label keys and label values (R-NAM-1…5, R-LBL-1…5). Each validator returns the
 * messages of what is wrong, in the API server's words; an empty list means that the value is good.
 */
type Validator = (value: string) => string[]

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`
const WILDCARD = `\\*\\.${SUBDOMAIN}`
const KEY_NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const LABEL_VALUE = `(${KEY_NAME})?`
const PERCENT = '[0-9]+%'
const CONFIG_KEY = '[-._a-zA-Z0-9]+'
const HEADER_NAME = '[-A-Za-z0-9]+'

const LABEL_MAX = 63
const SUBDOMAIN_MAX = 253
const PORT_NAME_MAX = 15

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`)

const [label, subdomain, wildcard, keyName, labelValue, percent, configKey, headerName] = [
  LABEL,
  SUBDOMAIN,
  WILDCARD,
  KEY_NAME,
  LABEL_VALUE,
  PERCENT,
  CONFIG_KEY,
  HEADER_NAME,
].map(whole) as [RegExp, RegExp, RegExp, RegExp, RegExp, RegExp, RegExp, RegExp]

const bytes = (value: string): number => new TextEncoder().encode(value).length

/** `MESSAGE (e.g. 'a',  or 'b', regex used for validation is 'R')`: the blanks are upstream's (R-LBL-5). */
const mustMatch = (message: string, pattern: string, ...examples: string[]): string =>
  `${message} (e.g. ${examples.map((example) => `'${example}', `).join(' or ')}regex used for validation is '${pattern}')`

const tooLong = (length: number): string => `must be no more than ${length} characters`

/** DNS-1123 label: Namespaces, Services, containers, Service ports, hostnames (R-NAM-1, R-NAM-3). */
export const dnsLabelErrors: Validator = (value) => {
  const errors = bytes(value) > LABEL_MAX ? [tooLong(LABEL_MAX)] : []
  if (label.test(value)) return errors
  if (subdomain.test(value)) return [...errors, 'must not contain dots']
  const message =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character"
  return [...errors, mustMatch(message, LABEL, 'my-name', '123-abc')]
}

/** DNS-1123 subdomain: most object names (R-NAM-2, R-NAM-3). */
export const dnsSubdomainErrors: Validator = (value) => {
  const errors = bytes(value) > SUBDOMAIN_MAX ? [tooLong(SUBDOMAIN_MAX)] : []
  if (subdomain.test(value)) return errors
  const message =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"
  return [...errors, mustMatch(message, SUBDOMAIN, 'example.com')]
}

/** `*.` and a DNS-1123 subdomain: hosts of Ingress rules. */
export const wildcardSubdomainErrors: Validator = (value) => {
  const errors = bytes(value) > SUBDOMAIN_MAX ? [tooLong(SUBDOMAIN_MAX)] : []
  if (wildcard.test(value)) return errors
  const message =
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character"
  return [...errors, mustMatch(message, WILDCARD, '*.example.com')]
}

/** IANA service name: container ports and named targetPorts (R-NAM-4). */
export const portNameErrors: Validator = (value) => {
  const errors: string[] = []
  if (bytes(value) > PORT_NAME_MAX) errors.push(tooLong(PORT_NAME_MAX))
  if (!/^[-a-z0-9]+$/.test(value)) errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)')
  if (!/[a-z]/.test(value)) errors.push('must contain at least one letter (a-z)')
  if (value.includes('--')) errors.push('must not contain consecutive hyphens')
  if (value.startsWith('-') || value.endsWith('-')) errors.push('must not begin or end with a hyphen')
  return errors
}

/** Port numbers 1-65535 (R-NAM-5). */
export const portNumberErrors = (value: number): string[] =>
  value >= 1 && value <= 65_535 ? [] : ['must be between 1 and 65535, inclusive']

/** Keys of labels, annotations, taints and node selectors: `[prefix/]name` (R-LBL-1…3, R-LBL-5). */
export const labelKeyErrors: Validator = (value) => {
  const parts = value.split('/')
  const message =
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
  const mustBeKey = mustMatch(message, KEY_NAME, 'MyName', 'my.name', '123-abc')
  if (parts.length > 2)
    return [`a valid label key ${mustBeKey} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`]
  const name = parts.at(-1) ?? ''
  const errors = parts.length === 2 ? prefixErrors(parts[0] ?? '') : []
  if (name === '') errors.push('name part must be non-empty')
  else if (bytes(name) > LABEL_MAX) errors.push(`name part must be no more than ${LABEL_MAX} bytes`)
  if (!keyName.test(name)) errors.push(`name part ${mustBeKey}`)
  return errors
}

function prefixErrors(prefix: string): string[] {
  if (prefix === '') return ['prefix part must be non-empty']
  const errors = dnsSubdomainErrors(prefix).map((message) => `prefix part ${message}`)
  return errors.map((message) => message.replace(tooLong(SUBDOMAIN_MAX), `must be no more than ${SUBDOMAIN_MAX} bytes`))
}

/** Values of labels: empty, or 1-63 characters like the name of a key (R-LBL-4, R-LBL-5). */
export const labelValueErrors: Validator = (value) => {
  const errors = bytes(value) > LABEL_MAX ? [`must be no more than ${LABEL_MAX} bytes`] : []
  if (labelValue.test(value)) return errors
  const message =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
  return [...errors, mustMatch(message, LABEL_VALUE, 'MyValue', 'my_value', '12345')]
}

/** `25%` (R-DEP-12). */
export const percentErrors: Validator = (value) =>
  percent.test(value)
    ? []
    : [mustMatch("a valid percent string must be a numeric string followed by an ending '%'", PERCENT, '1%', '93%')]

/** Keys of ConfigMap and Secret data. */
export const configKeyErrors: Validator = (value) => {
  const errors = bytes(value) > SUBDOMAIN_MAX ? [tooLong(SUBDOMAIN_MAX)] : []
  if (!configKey.test(value)) {
    const message = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
    errors.push(mustMatch(message, CONFIG_KEY, 'key.name', 'KEY_NAME', 'key-name'))
  }
  if (value === '.' || value === '..') errors.push(`must not be '${value}'`)
  else if (value.startsWith('..')) errors.push("must not start with '..'")
  return errors
}

/** Names of environment variables: printable ASCII without `=`. */
export const environmentNameErrors: Validator = (value) => {
  if (value === '') return ['environment variable name must be non-empty']
  if (/^[\x20-\x7e]+$/.test(value) && !value.includes('=')) return []
  return ["a valid environment variable name must consist only of printable ASCII characters other than '='"]
}

/** Header names of HTTP probes. */
export const headerNameErrors: Validator = (value) =>
  headerName.test(value)
    ? []
    : [mustMatch("a valid HTTP header must consist of alphanumeric characters or '-'", HEADER_NAME, 'X-Header-Name')]

/** A dash at the end of what a suffix will follow is no mistake: the name to validate in its place. */
export const maskTrailingDash = (name: string): string =>
  name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name
