import { ApiError } from '../../cluster/errors.ts'

/** The API server knows no such path: a kind without that subresource. */
export const notFoundPath = (): ApiError => new ApiError('NotFound', 'the server could not find the requested resource')
