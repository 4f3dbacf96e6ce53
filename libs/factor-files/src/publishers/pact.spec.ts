import { gases } from '../../../../test/golden/fixtures';
import type { FactorFileReading, FileRefusal } from '../factor-file';
import { readFactorFile } from '../read-factor-file';

// Footprints of an invented supplier in the form of the PACT Technical Specifications 2.2 and 3.0.
const V2 = {
  id: '11111111-0000-4000-8000-000000000001',
  specVersion: '2.2.0',
  status: 'Active',
  companyName: 'Weaver & Sons',
  productIds: ['urn:gtin:4712345060507'],
  productNameCompany: 'Cotton Canvas, heavy',
  validityPeriodEnd: '2027-12-31T00:00:00Z',
  pcf: {
    declaredUnit: 'kilogram',
    unitaryProductAmount: '1000',
    pCfExcludingBiogenic: '2.63',
    pCfIncludingBiogenic: '1.9',
    dLucGhgEmissions: '0',
    referencePeriodStart: '2024-01-01T00:00:00Z',
    referencePeriodEnd: '2025-01-01T00:00:00Z',
    geographyCountry: 'PT',
    ipccCharacterizationFactorsSources: ['AR6'],
  },
};
const V3 = {
  id: '11111111-0000-4000-8000-000000000002',
  specVersion: '3.0.0',
  status: 'Active',
  companyName: 'Weaver & Sons',
  productIds: ['urn:gtin:4712345060508'],
  productNameCompany: 'Thread',
  pcf: {
    declaredUnitOfMeasurement: 'kilogram',
    declaredUnitAmount: '1',
    productMassPerDeclaredUnit: '1',
    pcfExcludingBiogenicUptake: '3.1',
    pcfIncludingBiogenicUptake: '-0.4',
    referencePeriodEnd: '2024-12-31T23:59:59Z',
    ipccCharacterizationFactors: ['AR6'],
  },
};
const read = (value: unknown, licence: string | null = 'supplier agreement'): FactorFileReading | FileRefusal =>
  readFactorFile({ name: 'pcf.json', bytes: Buffer.from(JSON.stringify(value)) }, gases, licence === null ? {} : { licence });
const factorOf = (pcf: object, more: object = {}) => {
  const result = read({ ...V3, ...more, pcf: { ...V3.pcf, ...pcf } });
  return 'refused' in result ? (result.places?.[0]?.code ?? result.refused) : result.set.factors[0];
};

describe('product footprints', () => {
  it('are factors of the supplier that they are of, without the uptake of plants', () => {
    expect(read({ data: [V2, V3] })).toMatchObject({
      recognised: { publisher: 'Weaver & Sons', edition: '2024' },
      rowsRead: 2,
      rowsUsed: 2,
      set: {
        gwpSet: 'AR6',
        licence: 'supplier agreement',
        factors: [
          {
            code: V2.id,
            activityType: 'goods.material',
            leg: 'supply',
            region: 'GLOBAL',
            supplier: 'Weaver & Sons',
            year: 2024,
            attributes: { material: 'cotton-canvas-heavy' },
            unit: 'kg',
            kgco2e: '2.63',
            source: {
              table: 'PACT 2.2.0',
              row: `${V2.id}, Cotton Canvas, heavy (urn:gtin:4712345060507), made in PT, valid until 2027-12-31`,
              printed: '2.63 kg CO2e per 1 kilogram',
            },
          },
          { code: V3.id, year: 2024, kgco2e: '3.1' },
        ],
      },
    });
  });

  it.each([
    ['alone', V3],
    ['in a list', [V3]],
    ['as an answer about one', { data: V3 }],
  ])('are known %s', (_how, value) => expect(read(value)).toMatchObject({ rowsUsed: 1 }));

  it.each<[string, object, object]>([
    [
      'by the piece are items',
      { declaredUnitOfMeasurement: 'piece', productMassPerDeclaredUnit: '0.4' },
      { activityType: 'goods.item', unit: 'item', attributes: { product: 'thread' } },
    ],
    ['by the square metre', { declaredUnitOfMeasurement: 'square meter' }, { unit: 'm2' }],
    [
      'for an amount of kilograms are divided',
      { declaredUnitAmount: '8', productMassPerDeclaredUnit: '8' },
      { kgco2e: '0.3875', source: { printed: '3.1 kg CO2e per 8 kilogram' } },
    ],
    ['for one kilogram of a larger product are not', { declaredUnitAmount: '8', productMassPerDeclaredUnit: '1' }, { kgco2e: '3.1' }],
    ['of zero are zero', { pcfExcludingBiogenicUptake: '0' }, { kgco2e: '0' }],
    ['of v2 without emissions of land-use change are partial', { dLucGhgEmissions: '0.2' }, { partial: true }],
  ])('%s', (_what, pcf, expected) => expect(factorOf(pcf)).toMatchObject(expected));

  it.each<[string, object, object, string]>([
    ['blank', { pcfExcludingBiogenicUptake: '' }, {}, 'value_blank'],
    ['in words', { pcfExcludingBiogenicUptake: 'low' }, {}, 'value_not_a_number'],
    ['below zero', { pcfExcludingBiogenicUptake: '-1' }, {}, 'value_negative'],
    ['per tonne kilometre, which is no good', { declaredUnitOfMeasurement: 'ton kilometer' }, {}, 'unit_unknown'],
    ['for an amount of which nobody knows', { declaredUnitAmount: '8', productMassPerDeclaredUnit: '2' }, {}, 'unit_unknown'],
    ['for an amount of pieces', { declaredUnitOfMeasurement: 'piece', declaredUnitAmount: '8' }, {}, 'unit_unknown'],
    ['withdrawn', {}, { status: 'Deprecated' }, 'withdrawn'],
  ])('that are %s become no factor, by name', (_what, pcf, more, reason) => expect(factorOf(pcf, more)).toBe(reason));

  it('with an id twice stand once', () =>
    expect(read([V3, V3])).toMatchObject({ rowsRead: 2, rowsUsed: 1, omissions: [{ sheet: 'data', row: 2, reason: 'duplicate_id' }] }));

  it('of one product and year stand once', () =>
    expect(read([V3, { ...V3, id: 'other' }])).toMatchObject({ rowsUsed: 1, omissions: [{ row: 2, reason: 'contradiction' }] }));

  it.each<[string, unknown, string | null, string]>([
    ['without terms', V3, null, 'licence_missing'],
    ['of two suppliers', [V3, { ...V2, companyName: 'Other' }], 'l', 'hand_edited'],
    ['of two GWP sets', [V3, { ...V2, pcf: { ...V2.pcf, ipccCharacterizationFactorsSources: ['AR5'] } }], 'l', 'gwp_sets_mixed'],
    ['of a GWP set that is not stated', { ...V3, pcf: { ...V3.pcf, ipccCharacterizationFactors: [] } }, 'l', 'gwp_sets_mixed'],
    ['and something else', [V3, { pcf: {} }], 'l', 'layout_unknown'],
  ])('%s are refused', (_what, value, licence, refused) => expect(read(value, licence)).toMatchObject({ refused }));
});
