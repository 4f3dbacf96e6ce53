import type { OpenedFile } from '../../libs/factor-files/src/factor-file';
import { openedFile, type TestCell } from './factor-files';

export type Rows = readonly (readonly TestCell[])[];
const _ = null;

/** A hub with a row or two of each table, laid out as US EPA does: titles in B, labels in C, figures from D. */
export const TABLES: Readonly<Record<number, Rows>> = {
  1: [
    [_, 'Table 1', '   Stationary Combustion'],
    [],
    [_, _, 'Fuel Type', 'Heat Content (HHV)', 'CO2 Factor', 'CH4 Factor', 'N2O Factor', 'CO2 Factor', 'CH4 Factor', 'N2O Factor'],
    [
      _,
      _,
      _,
      'mmBtu per short ton',
      'kg CO2 per mmBtu',
      'g CH4 per mmBtu',
      'g N2O per mmBtu',
      'kg CO2 per short ton',
      'g CH4 per short ton',
      'g N2O per short ton',
    ],
    [_, _, 'Coal and Coke'],
    [_, _, 'Anthracite', 25.09, 103.69, 11, 1.6, 2602, 276, 40],
    [_, _, 'Biomass Fuels - Solid'],
    [_, _, 'Peat', 8, 111.84, 32, 4.2, 895, 256, 34],
    [_, _, 'Residue of Algae', 10.39, 105.51, 32, 4.2, 1096, 332, 44],
    [_, _, 'Wood and Wood Residuals', 17.48, 93.8, 7.2, 3.6, 1640, 126, 63],
    [
      _,
      _,
      _,
      'mmBtu per gallon',
      'kg CO2 per mmBtu',
      'g CH4 per mmBtu',
      'g N2O per mmBtu',
      'kg CO2 per gallon',
      'g CH4 per gallon',
      'g N2O per gallon',
    ],
    [_, _, 'Petroleum Products'],
    [_, _, 'Propane', 0.091, 62.87, 3, 0.6, 5.72, 0.27, 0.05],
    [_, _, 'Motor Gasoline', 0.125, 70.22, 3, 0.6, 8.78, 0.38, 0.08],
    [_, _, 'Biomass Fuels - Liquid'],
    [_, _, 'Biodiesel (100%)', 0.128, 73.84, 1.1, 0.11, 9.45, 0.14, 0.01],
    [_, _, 'Notes: heat is on the higher heating value'],
  ],
  2: [
    [_, 'Table 2', '   Mobile Combustion CO2'],
    [_, _, 'Fuel Type', 'kg CO2 per unit', 'Unit'],
    [_, _, 'Biodiesel (100%)', 9.45, 'gallon'],
    [_, _, 'Compressed Natural Gas (CNG)', 0.05444, 'scf'],
    [_, _, 'Diesel Fuel', 10.21, 'gallon'],
    [_, _, 'Kerosene-Type Jet Fuel', 9.75, 'gallon'],
    [_, _, 'Motor Gasoline', 8.78, 'gallon'],
  ],
  3: [
    [_, 'Table 3', '   Mobile Combustion CH4 and N2O for On-Road Gasoline Vehicles'],
    [_, _, 'Vehicle Type', 'Model Year', 'CH4 Factor \n(g CH4 / vehicle-mile)', 'N2O Factor \n(g N2O / vehicle-mile)'],
    [_, _, 'Gasoline Passenger Cars', '1973-1974', 0.1696, 0.0197],
    [_, _, _, 1975, 0.1423, 0.0443],
    [_, _, 'Gasoline Light-Duty Trucks', '1973-74', 0.1908, 0.0218],
    [_, _, '(Vans, Pickup Trucks, SUVs)', 1975, 0.1634, 0.0513],
    [_, _, 'Gasoline Heavy-Duty Vehicles', ' ≤1980', 0.4604, 0.0497],
    [_, _, 'Gasoline Motorcycles', ' 1996-1997 ', '0 ', '0 '],
  ],
  4: [
    [_, 'Table 4', '    Mobile Combustion CH4 and N2O for On-Road Diesel and Alternative Fuel Vehicles'],
    [_, _, 'Vehicle Type', 'Fuel Type', 'Model Year', 'CH4 Factor \n(g CH4 / vehicle-mile)', 'N2O Factor \n(g N2O / vehicle-mile)'],
    [_, _, 'Passenger Cars', 'Diesel', '1983-1984', 0.0005, 0.001],
    [_, _, _, _, '2007-2008', 0.0302, 0.0192],
    [_, _, 'Buses', 'Hydrazine', _, 0.19, 0.029],
    [_, _, _, 'CNG', _, 2.719, 0.017],
  ],
  5: [
    [_, 'Table 5', '    Mobile Combustion CH4 and N2O for Non-Road Vehicles'],
    [_, _, 'Vehicle Type', 'Fuel Type', 'CH4 Factor \n(g CH4 / gallon) ', 'N2O Factor \n(g N2O / gallon) '],
    [_, _, 'Ships and Boats', 'Diesel', 6.51, 0.17],
    [_, _, 'Aircraft', 'Jet Fuel', '0 ', 0.3],
    [_, _, 'Agricultural EquipmentA', 'LPG', 0.33, 0.94],
  ],
  6: [
    [_, 'Table 6', '   Electricity'],
    [_, _, _, _, 'Total Output Emission Factors', _, _, 'Non-Baseload Emission Factors'],
    [
      _,
      _,
      'eGRID Subregion Acronym',
      'eGRID Subregion Name',
      'CO2 Factor',
      'CH4 Factor',
      'N2O Factor',
      'CO2 Factor',
      'CH4 Factor',
      'N2O Factor',
      'Grid Gross Loss (%)',
    ],
    [_, _, _, _, '(lb CO2 / MWh)', '(lb CH4 / MWh)', '(lb N2O / MWh)', '(lb CO2 / MWh)', '(lb CH4 / MWh)', '(lb N2O / MWh)'],
    [_, _, 'CAMX', 'WECC California', 436.655, 0.025, 0.003, 1033.985, 0.051, 0.007, 0.041],
    [_, _, 'PRMS', 'Puerto Rico Miscellaneous', 1542.952, 0.077, 0.012, 1636.738, 0.072, 0.012],
    [_, _, 'US Average', 'US Average', 771.523, 0.057, 0.008, 1393.7, 0.104, 0.015, 0.042],
    [_, _, 'Source: EPA eGRID2023, January 2025'],
  ],
  7: [
    [_, 'Table 7', 'Steam and Heat'],
    [_, _, _, 'CO2 Factor \n(kg CO2 / mmBtu)', 'CH4 Factor \n(g CH4 / mmBtu) ', 'N2O Factor \n(g N2O / mmBtu) '],
    [_, _, 'Steam and Heat', 66.33, 1.25, 0.125],
    [_, 'Scope 3 Emission Factors'],
  ],
  8: [
    [_, 'Table 8', '   Scope 3 Category 4 and Category 9'],
    [_, _, 'Vehicle Type', 'CO2 Factor \n(kg CO2 / unit)', 'CH4 Factor \n(g CH4 / unit)', 'N2O Factor \n(g N2O / unit)', 'Units'],
    [_, _, 'Medium- and Heavy-Duty Truck', 1.298, 0.0115, 0.0376, 'vehicle-mile'],
    [_, _, 'Medium- and Heavy-Duty TruckC', 0.186, 0.0016, 0.0054, 'short ton-mile'],
    [_, _, 'Aircraft', 1.086, 0, 0.0334, 'short ton-mile'],
  ],
  9: [
    [_, 'Table 9', 'Scope 3 Category 5 and Category 12'],
    [_, _, _, 'Metric Tons CO2e / Short Ton Material'],
    [_, _, 'Material', 'RecycledA', 'LandfilledB', 'CombustedC', 'CompostedD', 'Anaerobically Digested (Dry Digestate with Curing)'],
    [_, _, 'Glass', 0.05, 0.02, 0.01, 'NA', 'NA'],
    [_, _, 'Food Waste', 'NA', 0.68, 0.05, 0.11, 0.14],
    [_, _, 'Notes: AR4 GWP values are used to convert all waste emission factors into CO2e.'],
  ],
  10: [
    [_, 'Table 10', 'Scope 3 Category 6 and Category 7'],
    [_, _, 'Vehicle Type', 'CO2 Factor \n(kg CO2 / unit)', 'CH4 Factor \n(g CH4 / unit)', 'N2O Factor \n(g N2O / unit)', 'Units'],
    [_, _, 'Passenger Car A', 0.297, 0.0059, 0.0053, 'vehicle-mile'],
    [_, _, 'Intercity Rail - Northeast Corridor C', 0.023, 0.001, 0.0001, 'passenger-mile'],
    [_, _, 'Air Travel - Long Haul (>= 2300 miles) ', 0.163, 0.0006, 0.0052, 'passenger-mile'],
  ],
  11: [
    [_, 'Table 11', '   Global Warming Potential (GWP)'],
    [_, _, 'Industrial Designation or \nCommon Name ', 'Chemical Formula ', '100-Year GWP'],
    [_, _, 'HFC-125', 'CHF2CF3', 3170],
    [_, _, 'HFC-134a', 'CH2FCF3  ', 1300],
  ],
  12: [
    [_, 'Table 12', 'Global Warming Potential (GWP) for Blended Refrigerants'],
    [_, _, 'ASHRAE #', '100-year GWP', 'Blend Composition'],
    [_, _, 'R-424A', 3104, '50.5% HFC-125 , 47% HFC-134a , 1% butane , 0.9% isobutane , 0.6% isopentane'],
    [_, _, 'R-409A', 0, '60% HCFC-22 , 25% HCFC-124 , 15% HCFC-142b'],
  ],
};

/** Above table 1. */
export const FRONT: Rows = [
  [],
  [_, 'Emission Factors for Greenhouse Gas Inventories'],
  [_, _, _, _, _, 'Last Modified: January 15, 2025'],
  [_, _, 'Blue text indicates an update from the 2024 version of this document.'],
  [_, _, 'Gas', '100-Year GWP'],
  [_, _, 'CH4', 28],
  [_, _, 'N2O', 265],
];

/** The hub with other tables or another front. */
export function hub(changes: Readonly<Record<number, Rows>> = {}, front: Rows = FRONT): OpenedFile {
  const tables = { ...TABLES, ...changes };
  return openedFile({ 'Emission Factors Hub': [...front, ...Object.values(tables).flat()] });
}
