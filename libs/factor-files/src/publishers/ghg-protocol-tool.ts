import type { FuelProperty } from '#ghg';
import type { Layout, OpenedFile } from '../factor-file';
import { readElectricityElsewhere, readElectricityUs } from './ghg-protocol/electricity';
import { readMobileDistance, readMobileFuel } from './ghg-protocol/mobile';
import { readStationary } from './ghg-protocol/stationary';
import type { ToolSheet } from './ghg-protocol/tool';
import { readFreight, readPublic } from './ghg-protocol/transport';
import { FactorList } from './shared/factor-list';
import { licenceOf, readingOf, textOf } from './shared/figures';
import { RowAccount } from './shared/row-account';

const PUBLISHER = 'GHG Protocol (WRI/WBCSD)';
const NEWEST_KNOWN = '2.0';
const HISTORY = 'Revision History';

const READERS: Readonly<Record<string, (tool: ToolSheet) => void>> = {
  'Stationary Combustion': readStationary,
  'Mobile Combustion - Fuel Use': readMobileFuel,
  'Mobile Combustion - Distance': readMobileDistance,
  'Electricity US': readElectricityUs,
  'Electricity CN, TW, BR, TH, UK': readElectricityElsewhere,
  'Mobile Combustion - Freight': readFreight,
  'Mobile Combustion - Public': readPublic,
};

/** The last version that the history of revisions names. */
function versionOf(file: OpenedFile): string {
  if (!file.sheetNames.includes(HISTORY)) return 'unknown';
  const versions = file.sheet(HISTORY).rows.map((cells) => textOf(cells, 1));
  return versions.filter((text) => /^\d+(\.\d+)*$/.test(text)).at(-1) ?? 'unknown';
}

/**
 * Emission Factors from Cross-Sector Tools, V2.0 of March 2024. Factors of the IPCC stand on net calorific value; the tool's litre of gas/diesel oil
 * is 2.91 kg CO2 at a density of 0.913 kg/L, where UK DESNZ has 2.63 and US EPA 2.70: the sets are not interchangeable. Gases are masses throughout.
 * The file states no licence.
 */
export const ghgProtocolTool: Layout = {
  id: 'ghg-protocol-cross-sector-tool',
  publisher: PUBLISHER,
  recognise: (file) => {
    const isTool = ['Stationary Combustion', 'Mobile Combustion - Fuel Use', 'Mobile Combustion - Freight'].every((name) =>
      file.sheetNames.includes(name),
    );
    if (!isTool) return null;
    const version = versionOf(file);
    return { publisher: PUBLISHER, edition: 'Cross-Sector Tools', version, newerThanKnown: version !== NEWEST_KNOWN && version !== '1.0' };
  },
  read: (file, recognised, options) => {
    const licence = licenceOf(options, PUBLISHER);
    if (typeof licence !== 'string') return licence;
    const missing = Object.keys(READERS).find((name) => !file.sheetNames.includes(name));
    if (missing !== undefined && !recognised.newerThanKnown)
      return { refused: 'sheet_missing', detail: `the edition has a sheet "${missing}"`, sheet: missing };
    const account = new RowAccount();
    const list = new FactorList(account);
    const properties: FuelProperty[] = [];
    for (const name of file.sheetNames) {
      const sheet = file.sheet(name);
      account.open(sheet);
      const read = READERS[name];
      if (read) read({ sheet, account, list, properties });
      else sheet.rows.forEach((_, i) => account.isOpen(name, i + 1) && account.omit(name, i + 1, 'note', `no table of factors: ${name}`));
    }
    return readingOf(
      recognised,
      {
        title: 'GHG Protocol, Emission Factors from Cross-Sector Tools',
        licence,
        attribution: 'Greenhouse Gas Protocol, World Resources Institute and World Business Council for Sustainable Development',
        gwpSet: 'AR5',
      },
      { factors: list.factors, properties },
      account,
      list.places,
    );
  },
};
