import { ACCOUNT, always, BUDGET, CAPEX, COST_CENTRE, from, oneQuantity, PROJECT, type DemoMapping } from './mapping';

const GROSS = { calorific_basis: always('gross') };

/** One wide line per building and month; an empty column means that the building has no such meter. */
const utilitiesGb: DemoMapping = {
  source: 'Tarnwick utility sheet',
  locale: { decimal: '.', group: ',', date: 'YYYY-MM' },
  identity: ['Site', 'Building', 'Month'],
  entity: { column: 'Site', values: { BRISTOL: 'TW-GB', LEEDS: 'TW-GB-LEEDS', DAVENTRY: 'TW-GB-DEPOT' } },
  period: { start: from('Month') },
  tags: [COST_CENTRE, BUDGET],
  ignore: ['Remarks'],
  slots: [
    oneQuantity(1, always('electricity.grid'), 'Electricity kWh', always('kWh'), { optional: true }),
    oneQuantity(2, always('fuel.natural-gas'), 'Gas kWh (gross)', always('kWh'), { optional: true, attributes: GROSS }),
    oneQuantity(3, always('water.supply'), 'Water m3', always('m3'), { optional: true }),
    oneQuantity(4, always('water.treatment'), 'Waste water m3', always('m3'), { optional: true }),
  ],
};

/** Bills by account and reading period; periods cross months and the end of the year. */
const utilitiesUs: DemoMapping = {
  source: 'Tarnwick US billing portal',
  locale: { decimal: '.', group: ',', date: 'MM/DD/YYYY' },
  identity: ['Meter', 'Service start', 'Commodity'],
  entity: { column: 'Site' },
  period: { start: from('Service start'), end: from('Service end') },
  tags: [COST_CENTRE],
  slots: [
    oneQuantity(1, always('electricity.grid'), 'Usage', from('UOM'), { when: { column: 'Commodity', in: ['Electric'] } }),
    oneQuantity(2, always('fuel.natural-gas'), 'Usage', from('UOM'), { when: { column: 'Commodity', in: ['Gas'] }, attributes: GROSS }),
    oneQuantity(3, always('water.supply'), 'Usage', from('UOM'), { when: { column: 'Commodity', in: ['Water'] } }),
  ],
};

/** A German sheet as office programs write it: semicolons, decimal commas, points between thousands, windows-1252. */
const energieDe: DemoMapping = {
  source: 'Tarnwick Energiebericht',
  format: { delimiter: ';', encoding: 'windows-1252' },
  locale: { decimal: ',', group: '.', date: 'DD.MM.YYYY' },
  identity: ['Zähler', 'von'],
  entity: { column: 'Gesellschaft', values: { Messtechnik: 'TW-DE', Saaletal: 'TW-DE-OPTIK' } },
  period: { start: from('von'), end: from('bis') },
  tags: [{ ...COST_CENTRE, column: 'Kostenstelle' }],
  slots: [
    oneQuantity(
      1,
      from('Energieträger', { Strom: 'electricity.grid', Fernwärme: 'heat.district', Wasser: 'water.supply' }),
      'Verbrauch',
      from('Einheit'),
      { when: { column: 'Energieträger', in: ['Strom', 'Fernwärme', 'Wasser'] } },
    ),
    oneQuantity(2, from('Energieträger', { Erdgas: 'fuel.natural-gas', Heizöl: 'fuel.heating-oil' }), 'Verbrauch', from('Einheit'), {
      when: { column: 'Energieträger', in: ['Erdgas', 'Heizöl'] },
      attributes: GROSS,
    }),
  ],
};

/** A French sheet; the unit of gas says that it is gross (PCS). */
const energieFr: DemoMapping = {
  source: 'Tarnwick relevés énergie',
  format: { delimiter: ';' },
  locale: { decimal: ',', group: ' ', date: 'DD/MM/YYYY' },
  identity: ['Compteur', 'Début'],
  entity: { constant: 'TW-FR' },
  period: { start: from('Début'), end: from('Fin') },
  tags: [{ ...COST_CENTRE, column: 'Centre de coûts' }],
  slots: [
    oneQuantity(1, always('electricity.grid'), 'Quantité', from('Unité'), { when: { column: 'Énergie', in: ['électricité'] } }),
    oneQuantity(2, always('fuel.natural-gas'), 'Quantité', from('Unité', { 'kWh PCS': 'kWh', 'MWh PCS': 'MWh' }), {
      when: { column: 'Énergie', in: ['gaz naturel'] },
      attributes: GROSS,
    }),
  ],
};

/** Says the activity type, the unit and the calorific basis on every line, in the words of the vocabulary. */
const siteEnergy: DemoMapping = {
  source: 'Tarnwick site energy log',
  locale: { decimal: '.', date: 'YYYY-MM' },
  identity: ['Log no'],
  entity: { column: 'Entity' },
  period: { start: from('Month') },
  tags: [COST_CENTRE, PROJECT],
  slots: [
    oneQuantity(1, from('Activity type'), 'Quantity', from('Unit'), {
      attributes: { calorific_basis: from('Calorific basis') },
      supplier: from('Supplier'),
      when: { column: 'Kind', in: ['fuel'] },
    }),
    oneQuantity(2, from('Activity type'), 'Quantity', from('Unit'), { supplier: from('Supplier'), when: { column: 'Kind', in: ['grid'] } }),
  ],
};

const fuelCards: DemoMapping = {
  source: 'Tarnwick fuel cards',
  locale: { decimal: '.', date: 'YYYY-MM-DD' },
  identity: ['Transaction'],
  entity: { column: 'Entity' },
  period: { start: from('Date') },
  tags: [COST_CENTRE, PROJECT],
  ignore: ['Vehicle', 'Station'],
  slots: [
    oneQuantity(1, from('Product', { Diesel: 'fuel.diesel', Petrol: 'fuel.petrol', Gasoline: 'fuel.petrol' }), 'Quantity', from('Unit')),
  ],
};

const refrigerants: DemoMapping = {
  source: 'Tarnwick service reports',
  locale: { decimal: '.', date: 'YYYY-MM-DD' },
  identity: ['Report'],
  entity: { column: 'Entity' },
  period: { start: from('Date') },
  tags: [ACCOUNT],
  ignore: '*',
  slots: [oneQuantity(1, always('refrigerant.top-up'), 'Added', from('Unit'), { attributes: { gas: from('Gas') } })],
};

export const FACILITY_MAPPINGS: Readonly<Record<string, DemoMapping>> = {
  'utilities-gb': utilitiesGb,
  'utilities-us': utilitiesUs,
  'energie-de': energieDe,
  'energie-fr': energieFr,
  'site-energy': siteEnergy,
  'fuel-cards': fuelCards,
  refrigerants,
};

const people = { passengers: { value: from('Persons'), unit: always('passenger') } };
const persons = { ...people, distance: { value: from('Distance'), unit: from('Distance unit') } };
const only = (...kinds: string[]) => ({ column: 'Kind', in: kinds });

const travel: DemoMapping = {
  source: 'Tarnwick travel desk',
  locale: { decimal: '.', date: 'YYYY-MM-DD' },
  identity: ['Booking', 'Leg'],
  entity: { column: 'Entity' },
  period: { start: from('Date') },
  tags: [COST_CENTRE, PROJECT],
  ignore: ['From', 'To'],
  slots: [
    {
      slot: 1,
      when: only('flight-domestic', 'flight-short', 'flight-long'),
      activityType: from('Kind', {
        'flight-domestic': 'travel.air.domestic',
        'flight-short': 'travel.air.short-haul',
        'flight-long': 'travel.air.long-haul',
      }),
      operands: persons,
      attributes: { cabin: from('Cabin'), radiative_forcing: always('with') },
    },
    { slot: 2, when: only('rail'), activityType: always('travel.rail'), operands: persons },
    { slot: 3, when: only('taxi'), activityType: always('travel.taxi'), operands: persons },
    {
      slot: 4,
      when: only('car'),
      activityType: always('travel.car'),
      operands: { quantity: { value: from('Distance'), unit: from('Distance unit') } },
      attributes: { fuel: from('Car fuel') },
    },
    {
      slot: 5,
      when: only('hotel'),
      activityType: always('travel.hotel'),
      operands: { rooms: { value: from('Rooms'), unit: always('room') }, nights: { value: from('Nights'), unit: always('night') } },
      country: from('Country of stay'),
    },
  ],
};

const load = {
  mass: { value: from('Load'), unit: from('Load unit') },
  distance: { value: from('Distance'), unit: from('Distance unit') },
};
const mode = (...modes: string[]) => ({ column: 'Mode', in: modes });

const freight: DemoMapping = {
  source: 'Tarnwick transport management',
  locale: { decimal: '.', date: 'YYYY-MM-DD' },
  identity: ['Shipment'],
  entity: { column: 'Entity' },
  period: { start: from('Date') },
  tags: [ACCOUNT, PROJECT],
  slots: [
    { slot: 1, when: mode('road'), activityType: always('freight.road'), operands: load, attributes: { vehicle: from('Vehicle') } },
    { slot: 2, when: mode('rail'), activityType: always('freight.rail'), operands: load },
    { slot: 3, when: mode('sea'), activityType: always('freight.sea'), operands: load, attributes: { vessel: from('Vehicle') } },
    {
      slot: 4,
      when: mode('air'),
      activityType: always('freight.air'),
      operands: load,
      attributes: { haul: from('Vehicle'), radiative_forcing: always('with') },
    },
  ],
};

const waste: DemoMapping = {
  source: 'Tarnwick waste notes',
  locale: { decimal: '.', date: 'YYYY-MM-DD' },
  identity: ['Note'],
  entity: { column: 'Entity' },
  period: { start: from('Date') },
  tags: [COST_CENTRE],
  slots: [
    oneQuantity(1, always('waste.disposal'), 'Weight', from('Unit'), {
      attributes: { material: from('Material'), treatment: from('Treatment') },
    }),
  ],
};

const materials: DemoMapping = {
  source: 'Tarnwick goods receipts',
  locale: { decimal: '.', date: 'YYYY-MM-DD' },
  identity: ['Receipt'],
  entity: { column: 'Entity' },
  period: { start: from('Date') },
  tags: [ACCOUNT],
  slots: [
    oneQuantity(1, always('goods.material'), 'Weight', from('Unit'), {
      attributes: { material: from('Material'), origin: from('Origin') },
    }),
  ],
};

/** Invoices of the general ledger; a credit note is a negative amount. */
const spend: DemoMapping = {
  source: 'Tarnwick general ledger',
  locale: { decimal: '.', group: ',', date: 'YYYY-MM-DD' },
  identity: ['Document', 'Item'],
  entity: { column: 'Entity' },
  period: { start: from('Posting date') },
  tags: [COST_CENTRE, ACCOUNT, PROJECT, BUDGET, CAPEX],
  slots: [
    oneQuantity(1, always('spend.goods'), 'Net amount', from('Currency'), {
      attributes: { sector: from('Sector'), price_year: from('Price year') },
      supplier: from('Vendor'),
    }),
  ],
};

export const SUPPLY_MAPPINGS: Readonly<Record<string, DemoMapping>> = { travel, freight, waste, materials, spend };
