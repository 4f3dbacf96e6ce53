import { activityType, Decimal, isRefusal, plain, quantityOf, type ActivityType } from '#ghg';

/** `share=20 %, quantity=10 t`. */
const operands = (text: string) =>
  text.split(', ').map((part) => {
    const [, name = '', value = '', unit = ''] = /^(\w+)=(\S+) (.+)$/.exec(part) ?? [];
    return { name, value: new Decimal(value), unit };
  });

describe('what an operand can be', () => {
  const detail = (id: string, text: string): string => {
    const found = quantityOf(activityType(id) as ActivityType, operands(text));
    return isRefusal(found) ? `${found.refusal} at ${found.at ?? '-'}: ${found.detail}` : `${plain(found.quantity)} ${found.unit}`;
  };

  it.each([
    [
      'supplier.electricity',
      'quantity=2000 kWh, own_area=200 m2, total_area=100 m2',
      'share_above_one at own_area: 200 m2 is more than the whole, 100 m2',
    ],
    ['supplier.electricity', 'quantity=2000 kWh, own_area=100 m2, total_area=100 m2', '2000 kWh'],
    [
      'supplier.electricity',
      'quantity=2000 kWh, own_area=-200 m2, total_area=-150 m2',
      'ratio_out_of_range at own_area: -200 m2 is less than 0',
    ],
    [
      'supplier.electricity',
      'quantity=2000 kWh, own_area=-20 m2, total_area=100 m2',
      'ratio_out_of_range at own_area: -20 m2 is less than 0',
    ],
    ['refrigerant.mass-balance', 'opening=-1 kg, purchased=5 kg, closing=1 kg', 'ratio_out_of_range at opening: -1 kg is less than 0'],
    ['refrigerant.mass-balance', 'opening=1 kg, purchased=5 kg, closing=4 kg, capacity_increase=-1 kg', '3 kg'],
    [
      'use.distance',
      'units_sold=1 item, lifetime_distance=9 km, part_mass=2 t, product_mass=1 t',
      'share_above_one at part_mass: 2 t is more than the whole, 1 t',
    ],
    [
      'investment.mortgage',
      'emissions=1 tCO2e, outstanding=3 EUR, value_at_origination=2 EUR',
      'share_above_one at outstanding: 3 EUR is more than the whole, 2 EUR',
    ],
    [
      'investment.sovereign',
      'emissions=1 tCO2e, outstanding=3 USD, ppp_gdp=2 USD',
      'share_above_one at outstanding: 3 USD is more than the whole, 2 USD',
    ],
    ['supplier.waste', 'quantity=10 t, own_mass=20 t, total_mass=100000 kg', '2 t'],
    ['supplier.waste', 'quantity=10 t, share=20 1', 'share_above_one at share: 20 is 2,000 %: write 20 %'],
    ['supplier.waste', 'quantity=10 t, share=120 %', 'share_above_one at share: 120 % is more than 1'],
    ['supplier.waste', 'quantity=10 t, share=-1 %', 'ratio_out_of_range at share: -1 % is less than 0'],
    ['spend.goods', 'quantity=120 GBP, tax_rate=20 %', '100 GBP'],
    ['spend.goods', 'quantity=240 GBP, tax_rate=1 1', '120 GBP'],
    ['spend.goods', 'quantity=120 GBP, tax_rate=20 1', 'ratio_out_of_range at tax_rate: 20 is 2,000 %: write 20 %'],
    ['spend.goods', 'quantity=120 GBP, tax_rate=17.5 1', 'ratio_out_of_range at tax_rate: 17.5 is 1,750 %: write 17.5 %'],
    ['spend.goods', 'quantity=120 GBP, tax_rate=2000 %', 'ratio_out_of_range at tax_rate: 2000 % is more than 1'],
    ['spend.goods', 'quantity=120 GBP, tax_rate=-20 %', 'ratio_out_of_range at tax_rate: -20 % is less than 0'],
    ['use.electricity', 'units_sold=1 item, power=1 kW, hours_per_day=24 hour, days_per_year=366 1, lifetime_years=1 1', '8784 kWh'],
    [
      'use.electricity',
      'units_sold=1 item, power=1 kW, hours_per_day=2 day, days_per_year=1 1, lifetime_years=1 1',
      'ratio_out_of_range at hours_per_day: 2 day is more than 24',
    ],
    [
      'use.electricity',
      'units_sold=1 item, power=1 kW, hours_per_day=1 hour, days_per_year=367 1, lifetime_years=1 1',
      'ratio_out_of_range at days_per_year: 367 is more than 366',
    ],
    [
      'use.electricity',
      'units_sold=1 item, energy_per_year=1 kWh, lifetime_years=-1 1',
      'ratio_out_of_range at lifetime_years: -1 is less than 0',
    ],
    [
      'freight.road',
      'mass=1 t, distance=100 km, distance_adjustment=5 %',
      'ratio_out_of_range at distance_adjustment: 5 % is less than 1: for 5 % more write 105 %',
    ],
    ['freight.road', 'mass=1 t, distance=100 km, distance_adjustment=105 %', '105 t.km'],
    [
      'freight.road',
      'mass=1 t, distance=100 km, distance_adjustment=105 1',
      'ratio_out_of_range at distance_adjustment: 105 is 10,500 %: write 105 %',
    ],
    [
      'commute.bus',
      'employees=10 person, outward_distance=5 km, return_distance=5 km, days=400 1',
      'ratio_out_of_range at days: 400 is more than 366',
    ],
  ])('%s, %s: %s', (id, stated, expected) => expect(detail(id, stated)).toBe(expected));

  it.each([
    ['refrigerant.mass-balance', 'opening=10 kg, purchased=5 kg, closing=15 kg', '0 kg'],
    [
      'refrigerant.mass-balance',
      'opening=10 kg, purchased=5 kg, closing=16 kg',
      'mass_balance_negative at -: "mass-balance" of refrigerant.mass-balance comes to less than nothing',
    ],
    ['refrigerant.mass-balance', 'opening=10 kg, purchased=5 kg, closing=16 kg, capacity_increase=-2 kg', '1 kg'],
    [
      'refrigerant.life-cycle',
      'remaining=60 kg, recovered=80 kg',
      'mass_balance_negative at -: "disposal-by-weight" of refrigerant.life-cycle comes to less than nothing',
    ],
    [
      'fugitive.gas',
      'opening=1 kg, purchased=0 kg, closing=2000 g',
      'mass_balance_negative at -: "mass-balance" of fugitive.gas comes to less than nothing',
    ],
  ])('%s, %s: %s', (id, stated, expected) => expect(detail(id, stated)).toBe(expected));
});
