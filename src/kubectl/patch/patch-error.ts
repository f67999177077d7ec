/** A patch that is not well formed, or that does not fit the object it is for. The words are those of the Go libraries. */
export class PatchError extends Error {
  override readonly name = 'PatchError'
  /** The API server calls a patch of the wrong form a bad request, and one that cannot be applied unprocessable. */
  readonly reason: 'BadRequest' | 'Unprocessable' | 'Internal'

  constructor(message: string, reason: PatchError['reason'] = 'Internal') {
    super(message)
    this.reason = reason
  }
}
