import type { HttpRequest, HttpResponse, Listener } from '../apps/behaviour.ts'
import type { Cluster } from '../cluster.ts'
import type { Pod } from '../kinds/pod.ts'

/** What the programs in containers do; the network only carries it. */
export interface Apps {
  /** What the running containers of a pod listen on (R-POD-8). */
  listenersOf(pod: Pod): readonly Listener[]
  /**
   * What the program on that port answers; undefined if it does not speak this scheme. Header names are in lower case.
   * `call` lets the program ask others: it gives undefined where no answer comes.
   */
  respond(
    cluster: Cluster,
    pod: Pod,
    port: number,
    request: HttpRequest,
    call: (url: string) => HttpResponse | undefined,
  ): HttpResponse | undefined
}
