import type { Style } from './ingress-controller.ts'

const REASONS: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  302: 'Found',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
}

/** What a controller writes under a status of its own (R-ING-32). */
export function controllerBody(style: Style, status: number): string {
  const title = `${status} ${REASONS[status] ?? 'Unknown'}`
  if (style === 'api') return status === 404 ? 'default backend - 404' : `${title}\n`
  return [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ].join('\r\n')
}
