import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { factorSetBody, Refused, unreadableCharacterAt } from '#contracts';
import { validateFactorSet, type FactorSet } from '#ghg';
import { inTenant } from '#postgres';
import type { FileStore } from '#platform';
import type { PinnedGasRegister } from '../shared/gas-register';
import type { FactorSetRow } from '../shared/rows';
import { FILE_STORE, GAS_REGISTER } from '../shared/tokens';
import { FileReader } from './file-reader';
import type { FactorFileReport } from './read-publishers-file';
import { storeFactorSet, type StoredFactorSet } from './store-factor-set';

const PLACES_MAX = 100;

export interface Upload {
  readonly fileId: string;
  /** Given: a publisher's own file; else a factor set in our form. */
  readonly fileName?: string | undefined;
  readonly licence?: string | undefined;
}

export interface ReceivedFactorSet extends StoredFactorSet {
  /** Beside the first: parts of a publisher's file that stand on another GWP set. */
  readonly further: readonly FactorSetRow[];
  readonly report: FactorFileReport | null;
}

@Injectable()
export class ReceiveFactorSetService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reader: FileReader,
    @Inject(FILE_STORE) private readonly files: FileStore,
    @Inject(GAS_REGISTER) private readonly gases: PinnedGasRegister,
  ) {}

  /**
   * Reads an uploaded set from the file store and keeps it whole or not at all. Refuses: `factor_file_refused` (with sheet, row and column),
   * `factor_set_invalid` (with places), `factor_set_exists`.
   */
  async receive(tenantId: string, { fileId, fileName, licence }: Upload): Promise<ReceivedFactorSet> {
    const bytes = await this.bytes(fileId);
    if (fileName === undefined) return { ...(await this.keep(tenantId, parseFactorSet(bytes.toString('utf8')), [])), report: null };
    const { set, further, report } = await this.reader.read({ file: { name: fileName, bytes }, licence, gases: this.gases.register });
    return { ...(await this.keep(tenantId, checkedForm(set), further.map(checkedForm))), report };
  }

  /** All sets of one upload, or none. */
  private keep(tenantId: string, set: FactorSet, further: readonly FactorSet[]): Promise<Omit<ReceivedFactorSet, 'report'>> {
    for (const each of [set, ...further]) this.check(each);
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const stored = await storeFactorSet(transaction, set);
      const rows: FactorSetRow[] = [];
      for (const each of further) rows.push((await storeFactorSet(transaction, each)).row);
      return { ...stored, further: rows };
    });
  }

  private check(set: FactorSet): void {
    const problems = validateFactorSet(set, this.gases.register);
    if (problems.length > 0) {
      const places = problems
        .slice(0, PLACES_MAX)
        .map(({ at, problem, factor, detail }) => ({ at, code: problem, detail: factor ? `${factor}: ${detail}` : detail }));
      throw new Refused('factor_set_invalid', `${problems.length} things in the factor set cannot be used.`, places);
    }
  }

  private async bytes(fileId: string): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.files.read(fileId)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
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
  return checkedForm(value);
}

/** A set of the documented form, with nothing in it that cannot be stored; refuses `factor_set_invalid` otherwise. */
function checkedForm(value: unknown): FactorSet {
  const unreadable = unreadableCharacterAt(value, 'body');
  if (unreadable !== undefined) throw new Refused('factor_set_invalid', `${unreadable} holds a character that cannot be stored.`);
  const parsed = factorSetBody.safeParse(value);
  if (parsed.success) return parsed.data as FactorSet;
  const places = parsed.error.issues
    .slice(0, PLACES_MAX)
    .map((issue) => ({ at: issue.path.join('.'), code: issue.code, detail: issue.message }));
  throw new Refused('factor_set_invalid', 'The file does not have the form of a factor set.', places);
}
