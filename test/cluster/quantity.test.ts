import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canonicalQuantity,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  percentOf,
  QuantityError,
  sumQuantities,
} from '../../src/cluster/quantity.ts'

describe('quantities', () => {
  test.each([
    ['0', '0'],
    ['100m', '100m'],
    ['0.1', '100m'],
    ['.5', '500m'],
    ['1000m', '1'],
    ['2000', '2k'],
    ['1024', '1024'],
    ['1024Ki', '1Mi'],
    ['1.5Gi', '1536Mi'],
    ['0.5Ki', '512'],
    ['1e3', '1e3'],
    ['12e4', '120e3'],
    ['0.0000000001', '1n'],
    ['-5', '-5'],
    ['+5', '+5'],
    ['5u', '5u'],
    ['1E', '1E'],
  ])('%s is kept as %s', (text, canonical) => {
    expect(canonicalQuantity(text)).toBe(canonical)
  })

  const FORM = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
  test.each([
    ['', FORM],
    ['much', FORM],
    ['1 Gi', FORM],
    ['1.2.3', FORM],
    ['64MB', FORM],
    ['64mi', "unable to parse quantity's suffix"],
    ['1Kii', "unable to parse quantity's suffix"],
    ['1e999999999', "unable to parse quantity's suffix"],
  ])('%j is none', (text, message) => {
    expect(() => parseQuantity(text)).toThrow(new QuantityError(message))
  })

  test('they are compared and added whatever their units', () => {
    expect(compareQuantities('1Gi', '1G')).toBe(1)
    expect(compareQuantities('500m', '0.5')).toBe(0)
    expect(compareQuantities('-1', '0')).toBe(-1)
    expect(sumQuantities(['100m', '0.9', '250m'])).toBe('1250m')
    expect(sumQuantities(['64Mi', '64Mi'])).toBe('128Mi')
    expect(sumQuantities([])).toBe('0')
    expect(percentOf('850m', '4')).toBe(21)
    expect(percentOf('1', '0')).toBe(0)
  })

  test('what is printed is read as the same amount', () => {
    const unit = fc.constantFrom('n', 'u', 'm', '', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'e3', 'e-2')
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), fc.nat(999), unit, (whole, part, suffix) => {
        const quantity = parseQuantity(`${whole}.${part}${suffix}`)
        expect(parseQuantity(formatQuantity(quantity)).nano).toBe(quantity.nano)
        const canonical = canonicalQuantity(`${whole}.${part}${suffix}`)
        expect(canonicalQuantity(canonical)).toBe(canonical)
      }),
    )
  })
})
