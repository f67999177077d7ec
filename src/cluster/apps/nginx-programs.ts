import { html, NGINX_WELCOME, nginxError, pathOf, text } from './pages.ts'
import { type Program, serves, versionOf } from './program.ts'

const NGINX_VERSION = '1.31.0'

/** nginx as it is installed, on this port. */
export const nginxOn =
  (port: number): Program =>
  ({ tag }) => {
    const version = versionOf(tag, NGINX_VERSION)
    const headers = { server: `nginx/${version}` }
    const found = ['/', '/index.html']
    return {
      ...serves(
        ({ path }) =>
          found.includes(pathOf(path)) ? html(NGINX_WELCOME, 200, headers) : nginxError(404, 'Not Found', version),
        port,
      ),
      output: () => nginxStart(version),
    }
  }

const nginxStart = (version: string) =>
  [
    '/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration',
    '/docker-entrypoint.sh: Configuration complete; ready for start up',
    `[notice] 1#1: using the "epoll" event method`,
    `[notice] 1#1: nginx/${version}`,
    '[notice] 1#1: start worker processes',
  ].map((line) => ({ at: 0, text: line }))

/** nginx in front of the Service `hello`. */
export const helloFrontend: Program = (invocation) => ({
  ...nginxOn(80)(invocation),
  respond: ({ path, scheme }, { call }) => {
    if (scheme === 'https') return undefined
    const answer = call?.(`http://hello${path}`)
    return answer ?? nginxError(502, 'Bad Gateway', versionOf(invocation.tag, NGINX_VERSION))
  },
})

/** Tells visitors which pod they have reached. */
export const nginxHello: Program = () =>
  serves((_request, { pod, podIP }) => text(`Server address: ${podIP}:80\nServer name: ${pod}\n`), 80)
