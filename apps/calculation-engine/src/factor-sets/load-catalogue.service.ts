import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, IsNull, Not } from 'typeorm';
import { validateFactorSet } from '#ghg';
import { sha256Hex } from '#platform';
import { CATALOGUE_TENANT, inTenant } from '#postgres';
import type { EngineConfig } from '../shared/config';
import type { PinnedGasRegister } from '../shared/gas-register';
import { FactorSetRow } from '../shared/rows';
import { CONFIG, GAS_REGISTER } from '../shared/tokens';
import { parseFactorSet } from './receive-factor-set.service';
import { FROM_NO_FILE, storeFactorSet } from './store-factor-set';

/**
 * Stores the starter catalogue at start, under the tenant that everybody may read. A file that was stored before is known by the digest of its bytes
 * and not read again: the catalogue is some megabytes, and a started engine is not to hold them.
 */
@Injectable()
export class LoadCatalogueService implements OnApplicationBootstrap {
  private readonly logger = new Logger('catalogue');

  constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIG) private readonly config: EngineConfig,
    @Inject(GAS_REGISTER) private readonly gases: PinnedGasRegister,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const directory = path.join(this.config.CATALOGUE_DIR, 'factor-sets');
    const known = await this.knownFiles();
    for (const file of readdirSync(directory)
      .filter((name) => name.endsWith('.json'))
      .sort()) {
      const bytes = readFileSync(path.join(directory, file));
      const fileDigest = sha256Hex(`${this.gases.digest} ${sha256Hex(bytes)}`);
      if (known.has(fileDigest)) this.logger.log(`${file}: known`);
      else await this.load(file, bytes.toString('utf8'), fileDigest);
    }
  }

  private async knownFiles(): Promise<ReadonlySet<string | null>> {
    const rows = await inTenant(this.dataSource, CATALOGUE_TENANT, ({ manager }) =>
      manager.find(FactorSetRow, {
        select: { id: true, fileDigest: true },
        where: { tenantId: CATALOGUE_TENANT, fileDigest: Not(IsNull()) },
      }),
    );
    return new Set(rows.map(({ fileDigest }) => fileDigest));
  }

  private async load(file: string, text: string, fileDigest: string): Promise<void> {
    const set = parseFactorSet(text);
    const [problem] = validateFactorSet(set, this.gases.register);
    if (problem) throw new Error(`catalogue/factor-sets/${file}: ${problem.at}: ${problem.problem}: ${problem.detail}`);
    const { repeated } = await inTenant(this.dataSource, CATALOGUE_TENANT, (transaction) =>
      storeFactorSet(transaction, set, { ...FROM_NO_FILE, fileDigest }),
    );
    this.logger.log(`${file}: ${set.factors.length} factors${repeated ? ', known' : ' stored'}`);
  }
}
