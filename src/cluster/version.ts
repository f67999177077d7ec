/** The release of Kubernetes whose behaviour is simulated. */
export const KUBERNETES_VERSION = 'v1.36.4'
