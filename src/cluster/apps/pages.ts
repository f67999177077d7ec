import type { HttpResponse } from './behaviour.ts'

/** A plain-text answer. */
export const text = (body: string, status = 200, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  body,
})

export const json = (value: unknown, status = 200): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: `${JSON.stringify(value)}\n`,
})

/** JSON over several lines, as it is read on a phone. */
export const indentedJson = (value: unknown, status = 200): HttpResponse => ({
  ...json(value, status),
  body: `${JSON.stringify(value, null, 2)}\n`,
})

export const html = (body: string, status = 200, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/html', ...headers },
  body,
})

/** The path of a request without its query. */
export const pathOf = (path: string): string => path.split('?')[0] ?? '/'

/** The page that a freshly installed nginx serves. */
export const NGINX_WELCOME = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, nginx is successfully installed and working.
Further configuration is required for the web server, reverse proxy,
API gateway, load balancer, content cache, or other features.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`

/** nginx's own error page. */
export const nginxError = (status: number, reason: string, version: string): HttpResponse =>
  html(
    `<html>\r\n<head><title>${status} ${reason}</title></head>\r\n<body>\r\n<center><h1>${status} ${reason}</h1></center>\r\n<hr><center>nginx/${version}</center>\r\n</body>\r\n</html>\r\n`,
    status,
    { server: `nginx/${version}` },
  )

export const HTTPD_WELCOME = '<html><body><h1>It works!</h1></body></html>\n'

export const HTTPD_NOT_FOUND = `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">
<html><head>
<title>404 Not Found</title>
</head><body>
<h1>Not Found</h1>
<p>The requested URL was not found on this server.</p>
</body></html>
`
