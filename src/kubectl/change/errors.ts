import { ApiError } from '../../cluster/errors.ts'

/** The API server knows no such path: a kind without that subresource. */
export const notFoundPath = (): ApiError => new ApiError('NotFound', 'the server could not find the requested resource')

/** Several messages as Go prints them together: `[one, another]`. */
export function joinMessages(messages: readonly string[]): string {
  const different = [...new Set(messages)]
  return different.length === 1 ? different[0]! : `[${different.join(', ')}]`
}
