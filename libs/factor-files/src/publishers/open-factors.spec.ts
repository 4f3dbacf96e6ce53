import { factorCoded, leftOut, readBy } from '../../../../test/support/factor-reading';
import { openedFile } from '../../../../test/support/factor-files';
import { openFactors } from './open-factors';

const HEADER =
  'sector,category,id,name,unit,factor,uncertainty,source,year,region,date_accessed,description,source_link,lca_activity'.split(',');

function row(
  id: string,
  name: string,
  unit: string,
  factor: string,
  source: string,
  more: Partial<Record<'region' | 'description' | 'activity' | 'year', string>> = {},
): string[] {
  const { region = 'GB', description = '', activity = 'fuel_combustion', year = '2021' } = more;
  return ['s', 'c', id, name, unit, factor, '', source, year, region, '', description, '', activity];
}
const GRID = 'electricity-energy_source_grid_mix';
const FLIGHT = 'passenger_flight-route_type_international-aircraft_type_na-distance_short_haul_lt_3700km';

const reading = readBy(
  openFactors,
  openedFile(
    {
      table: [
        HEADER,
        row(GRID, 'Grid mix', 'kg-CO2e/kWh', '0.21233', 'BEIS'),
        row(GRID, 'Grid mix', 'kg-CO2e/kWh', '0.55', 'ADEME', { region: 'UZ', description: 'NOTE: this value is provided in CO2 only' }),
        row(GRID, 'Grid mix', 'kg-CO2e/kWh', '0.79', 'DISER', { region: 'AU-NSW' }),
        row('fuel_type_diesel_biofuel_blend-fuel_use_na', 'Diesel average biofuel blend', 'kg-CO2e/L', '2.51233', 'BEIS'),
        row('fuel_type_biogas-fuel_use_na', 'Biogas', 'kg-CO2e/kWh', '0.00022', 'BEIS'),
        row('consumer_goods-type_furniture', 'Furniture', 'kg-CO2e/GBP', '0.183', 'BEIS', { year: '2018', activity: 'unknown' }),
        row('consumer_goods-type_furniture', 'Furniture', 'kg-CO2e/USD', '0.4', 'EPA', { region: 'US' }),
        row('waste_type_glass-disposal_method_closed_loop', 'Glass, closed loop', 'kg-CO2e/t', '21.294', 'BEIS'),
        row('waste_type_glass-disposal_method_open_loop', 'Glass, open loop', 'kg-CO2e/t', '21.294', 'BEIS'),
        row('waste_type_wood-disposal_method_open_loop', 'Wood, open loop', 'kg-CO2e/t', '21.294', 'BEIS'),
        row('waste_type_wood-disposal_method_closed_loop', 'Wood, closed loop', 'kg-CO2e/t', '30', 'BEIS'),
        row(`${FLIGHT}-class_first-contrails_included`, 'International short-haul flight', 'kg-CO2e/pkm', '0.15353', 'BEIS'),
        row(`${FLIGHT}-class_economy-contrails_included`, 'International short-haul flight economy', 'kg-CO2e/pkm', '0.15102', 'BEIS'),
        row('sea_freight-vessel_type_x', 'RoRo-ferry', 'g-CO2e/tkm', '51.659', 'MfE', { region: 'NZ' }),
        row('memory-provider_aws', 'AWS memory', 'kg-CO2e/gb-hour', '0.1', 'CCF'),
        row(GRID, 'Grid mix', 'kg-CO2e/kWh', '0.1', 'BEIS', { region: 'FR-2A-FR-2B' }),
        row('refrigerant_type_r32', 'HFC-32', 'kg-CO2e/kg', '675', 'BEIS'),
        row(
          'passenger_vehicle-vehicle_type_car-fuel_source_petrol_hev-engine_size_na-vehicle_age_na-vehicle_weight_na',
          'Hybrid',
          'kg-CO2e/km',
          '0.1',
          'BEIS',
        ),
      ],
    },
    { kind: 'csv' },
  ),
);

describe('the Open Emission Factors DB', () => {
  it('travels under its share-alike licence, on one GWP set', () =>
    expect(reading.set).toMatchObject({ licence: 'CC-BY-SA-4.0', gwpSet: 'AR4' }));
  it('has CO2 alone as a mass, and says so', () =>
    expect(factorCoded(reading, 'electricity-energy-source-grid-mix-kwh-UZ-2021')).toMatchObject({
      gases: [{ gas: 'CO2', kg: '0.55' }],
      partial: true,
    }));
  it('has diesel as sold at the pump', () =>
    expect(factorCoded(reading, 'fuel-type-diesel-biofuel-blend-fuel-use-na-l-GB-2021')).toMatchObject({
      activityType: 'fuel.diesel',
      unit: 'L',
      kgco2e: '2.51233',
    }));
  it('has spend only where the prices have a year', () =>
    expect(factorCoded(reading, 'consumer-goods-type-furniture-gbp-GB-2018').attributes).toEqual({
      sector: 'furniture',
      price_year: '2018',
      price_basis: 'purchaser',
    }));
  it('has grams as kilograms', () =>
    expect(reading.set.factors.find(({ activityType }) => activityType === 'freight.sea')?.kgco2e).toBe('0.051659'));
  it('has a hybrid with its fuel in the name', () =>
    expect(reading.set.factors.find(({ activityType }) => activityType === 'vehicle.distance')?.attributes).toEqual({
      vehicle: 'car-petrol',
      fuel: 'hybrid',
    }));
  it('names what it leaves out', () =>
    expect(leftOut(reading)).toEqual([
      [4, 'gwp_unknown'],
      [6, 'condition_not_covered'],
      [8, 'condition_not_covered'],
      [10, 'superseded_in_file'],
      [12, 'contradiction'],
      [13, 'contradiction'],
      [16, 'unit_unknown'],
      [17, 'region_unknown'],
      [18, 'gwp_of_register'],
    ]));
});
