import type { Reply } from './exchange.ts'

export const databricksError = (status: number, error_code: string, message: string): Reply => ({
  status,
  json: { error_code, message },
})
export const invalidParameter = (message: string) => databricksError(400, 'INVALID_PARAMETER_VALUE', message)
