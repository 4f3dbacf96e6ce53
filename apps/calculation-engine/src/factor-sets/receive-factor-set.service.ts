import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { factorSetBody, Refused, unreadableCharacterAt } from '#contracts';
import { validateFactorSet, type FactorSet } from '#ghg';
import { inTenant } from '#postgres';
import type { FileStore } from '#platform';
import type { PinnedGasRegister } from '../shared/gas-register';
import { FILE_STORE, GAS_REGISTER } from '../shared/tokens';
import { storeFactorSet, type StoredFactorSet } from './store-factor-set';

const PLACES_MAX = 100;

@Injectable()
export class ReceiveFactorSetService {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(FILE_STORE) private readonly files: FileStore,
    @Inject(GAS_REGISTER) private readonly gases: PinnedGasRegister,
  ) {}

  /** Reads an uploaded set from the file store and keeps it whole or not at all. Refuses: `factor_set_invalid` (with places), `factor_set_exists`. */
  async receive(tenantId: string, fileId: string): Promise<StoredFactorSet> {
    const set = parseFactorSet(await this.text(fileId));
    const problems = validateFactorSet(set, this.gases.register);
    if (problems.length > 0) {
      const places = problems
        .slice(0, PLACES_MAX)
        .map(({ at, problem, factor, detail }) => ({ at, code: problem, detail: factor ? `${factor}: ${detail}` : detail }));
      throw new Refused('factor_set_invalid', `${problems.length} things in the factor set cannot be used.`, places);
    }
    return inTenant(this.dataSource, tenantId, (transaction) => storeFactorSet(transaction, set));
  }

  private async text(fileId: string): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.files.read(fileId)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  }
}

/** From JSON text to a set of the documented form; refuses `factor_set_invalid` otherwise. */
export function parseFactorSet(text: string): FactorSet {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Refused('factor_set_invalid', `The file is no JSON: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
  const unreadable = unreadableCharacterAt(value, 'body');
  if (unreadable !== undefined) throw new Refused('factor_set_invalid', `${unreadable} holds a character that cannot be stored.`);
  const parsed = factorSetBody.safeParse(value);
  if (parsed.success) return parsed.data as FactorSet;
  const places = parsed.error.issues
    .slice(0, PLACES_MAX)
    .map((issue) => ({ at: issue.path.join('.'), code: issue.code, detail: issue.message }));
  throw new Refused('factor_set_invalid', 'The file does not have the form of a factor set.', places);
}
