import type { Layout } from './factor-file';
import { ademe } from './publishers/ademe';
import { aibResidualMix } from './publishers/aib-residual-mix';
import { consumerPrices, exchangeRates, industryPrices } from './publishers/economics';
import { egrid } from './publishers/egrid';
import { epaSupplyChain } from './publishers/epa-supply-chain';
import { ghgProtocolTool } from './publishers/ghg-protocol-tool';
import { ifiGrid } from './publishers/ifi-grid';
import { ipccEfdb } from './publishers/ipcc-efdb';
import { electricityMapsDirect, electricityMapsYearly, emberLatest, owidIntensity } from './publishers/life-cycle-electricity';
import { openFactors } from './publishers/open-factors';
import { ownCsv } from './publishers/own-csv';
import { pact } from './publishers/pact';
import { ukDesnzFlatFile } from './publishers/uk-desnz';
import { ukEts } from './publishers/uk-ets';
import { usEpaHub } from './publishers/us-epa-hub';

/** Every layout that is known. The order means nothing: exactly one must recognise a file. */
export const LAYOUTS: readonly Layout[] = [
  ademe,
  aibResidualMix,
  consumerPrices,
  egrid,
  electricityMapsDirect,
  electricityMapsYearly,
  emberLatest,
  epaSupplyChain,
  exchangeRates,
  ghgProtocolTool,
  ifiGrid,
  industryPrices,
  ipccEfdb,
  openFactors,
  ownCsv,
  owidIntensity,
  pact,
  ukDesnzFlatFile,
  ukEts,
  usEpaHub,
];
