import { openFile } from '../open-file';
import { isFileRefusal } from '../factor-file';
import { factorCoded, leftOut, readBy } from '../../../../test/support/factor-reading';
import { ademe } from './ademe';

const HEADER = [
  'Type Ligne',
  "Identifiant de l'élément",
  "Statut de l'élément",
  'Nom base français',
  'Nom attribut français',
  'Nom frontière français',
  'Code de la catégorie',
  'Unité français',
  'Localisation géographique',
  'Date de modification',
  'Période de validité',
  'Type poste',
  'Nom poste français',
  'Total poste non décomposé',
  'CO2f',
  'CH4f',
  'CH4b',
  'N2O',
  'CO2b',
];

type Line = Partial<Record<'type' | 'status' | 'attribute' | 'boundary' | 'place' | 'post' | 'gases' | 'validity', string>>;

function line(id: string, base: string, category: string, unit: string, total: string, more: Line = {}): string {
  const {
    type = 'Elément',
    status = 'Valide générique',
    attribute = '',
    boundary = '',
    place = 'France continentale',
    post = '',
    gases = ';;;;',
    validity = '',
  } = more;
  return [
    type,
    id,
    status,
    base,
    attribute,
    boundary,
    category,
    `kgCO2e/${unit}`,
    place,
    '20/10/2014',
    validity,
    post,
    '',
    total,
    gases,
  ].join(';');
}
const post = (id: string, base: string, category: string, unit: string, total: string, kind: string, gases = ';;;;'): string =>
  line(id, base, category, unit, total, { type: 'Poste', post: kind, gases });

const FUEL = 'Combustibles > Fossiles > Liquides';
const WOOD = 'Combustibles > Organiques > Solides';
const GRID = 'Electricité > Mix réseau électrique > France continentale > Moyen';

/** As the publisher writes it: ISO-8859-1. */
const bytes = Buffer.from(
  [
    HEADER.join(';'),
    line('1', 'Fioul domestique', FUEL, 'litre', '3,25', { gases: '3,18;0,05;0;0,0145;0' }),
    post('1', 'Fioul domestique', FUEL, 'litre', '2,68', 'Combustion', '2,66;1,98E-3;0;0,0145;0'),
    post('1', 'Fioul domestique', FUEL, 'litre', '0,567', 'Amont'),
    line('2', 'Imprimante', 'Achats de biens > Machines', 'unité', '88,2', { attribute: "jet d'encre" }),
    post('2', 'Imprimante', 'Achats de biens > Machines', 'unité', '61,2', 'Intrants'),
    line('3', 'Plaquettes forestières', WOOD, 'kg', '0,0503'),
    post('3', 'Plaquettes forestières', WOOD, 'kg', '0', 'Combustion', '0;0;0;0;1,35797546'),
    line('4', 'Electricité', GRID, 'kWh', '0,052', { validity: 'Année 2022' }),
    post('4', 'Electricité', GRID, 'kWh', '0,0338', 'Combustion à la centrale'),
    post('4', 'Electricité', GRID, 'kWh', '4,74E-3', 'Transport et distribution'),
    line('5', 'électricité', 'Electricité > Moyen de production > Renouvelables', 'kWh', '0,0323', { attribute: 'photovoltaïque' }),
    line('6', 'Papier', 'Traitement des déchets > Archive', 'tonne', '300', { status: 'Archivé', boundary: 'Incinération' }),
    line('7', 'Service', 'Achats de services > Ratios monétaires', 'keuro', '560'),
    line('8', 'Avion passagers', 'Transport de personnes > Aérien', 'peq.km', '0,259'),
    line('9', 'HCFC-22', 'Process et émissions fugitives > PRG', 'kg', '1960', { place: 'Monde' }),
    line('10', 'Acier', 'Achats de biens > Métaux', 'tonne', '2211', { place: 'Atlantide' }),
    line('11', 'Carton', 'Achats de biens > Papier', 'tonne', ''),
    post('12', 'Sans total', 'Achats de biens > Papier', 'tonne', '1', 'Amont'),
  ].join('\r\n'),
  'latin1',
);
const file = openFile({ name: 'Base_Carbone.csv', bytes });
if (isFileRefusal(file)) throw new Error(file.detail);
const reading = readBy(ademe, file, 'Licence Ouverte');

describe('an extract of Base Carbone', () => {
  it('has the posts of a fuel as legs, in place of their total', () => {
    expect(factorCoded(reading, '1-combustion')).toMatchObject({
      activityType: 'fuel.stationary',
      attributes: { fuel: 'fioul-domestique' },
      unit: 'L',
      kgco2e: '2.68',
      source: { printed: '2,68 kgCO2e/litre (3,25 in all)' },
    });
    expect(factorCoded(reading, '1-upstream').kgco2e).toBe('0.567');
    expect(reading.set.factors.some(({ kgco2e }) => kgco2e === '3.25')).toBe(false);
  });
  it('has gases as CO2e already, methane by its origin', () =>
    expect(factorCoded(reading, '1-combustion').gases).toEqual([
      { gas: 'CO2', kgco2e: '2.66' },
      { gas: 'CH4_fossil', kgco2e: '0.00198' },
      { gas: 'CH4_nonfossil', kgco2e: '0' },
      { gas: 'N2O', kgco2e: '0.0145' },
    ]));
  it('has a product whole, its posts within', () =>
    expect(factorCoded(reading, '2')).toMatchObject({
      activityType: 'goods.item',
      unit: 'item',
      kgco2e: '88.2',
      region: 'FR',
      year: 2014,
    }));
  it('has biogenic CO2 beside a true zero', () => {
    expect(factorCoded(reading, '3-combustion')).toMatchObject({ attributes: { fuel: 'wood-chips' }, kgco2e: '0' });
    expect(factorCoded(reading, '3-biogenic').gases).toEqual([{ gas: 'CO2_biogenic', kg: '1.35797546' }]);
  });
  it('has generation and losses of the mean grid apart', () => {
    expect(factorCoded(reading, '4-generation')).toMatchObject({ activityType: 'electricity.grid', kgco2e: '0.0338', year: 2022 });
    expect(factorCoded(reading, '4-losses').kgco2e).toBe('0.00474');
  });
  it('names what it leaves out', () =>
    expect(leftOut(reading)).toEqual([
      [6, 'split_of_total'],
      [12, 'life_cycle_not_for_scope_2'],
      [13, 'withdrawn'],
      [14, 'condition_not_covered'],
      [15, 'unit_unknown'],
      [16, 'gwp_of_register'],
      [17, 'region_unknown'],
      [18, 'value_blank'],
      [19, 'total_missing'],
    ]));
  it('states no licence', () => expect(() => readBy(ademe, file)).toThrow('licence_missing'));
});
