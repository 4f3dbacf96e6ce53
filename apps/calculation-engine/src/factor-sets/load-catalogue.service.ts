import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { validateFactorSet } from '#ghg';
import { CATALOGUE_TENANT, inTenant } from '#postgres';
import type { EngineConfig } from '../shared/config';
import type { PinnedGasRegister } from '../shared/gas-register';
import { CONFIG, GAS_REGISTER } from '../shared/tokens';
import { parseFactorSet } from './receive-factor-set.service';
import { storeFactorSet } from './store-factor-set';

/** Stores the starter catalogue at start, under the tenant that everybody may read. What is there already is recognised by its digest. */
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
    for (const file of readdirSync(directory)
      .filter((name) => name.endsWith('.json'))
      .sort()) {
      const set = parseFactorSet(readFileSync(path.join(directory, file), 'utf8'));
      const [problem] = validateFactorSet(set, this.gases.register);
      if (problem) throw new Error(`catalogue/factor-sets/${file}: ${problem.at}: ${problem.problem}: ${problem.detail}`);
      const { repeated } = await inTenant(this.dataSource, CATALOGUE_TENANT, (transaction) => storeFactorSet(transaction, set));
      this.logger.log(`${file}: ${set.factors.length} factors${repeated ? ', known' : ' stored'}`);
    }
  }
}
