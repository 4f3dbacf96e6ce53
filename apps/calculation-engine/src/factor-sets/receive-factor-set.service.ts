import { Inject, Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { z } from 'zod';
import { factorSetBody, Refused, unreadableCharacterAt, type receivedFlags } from '#contracts';
import type { Places } from '#factor-files';
import { validateFactorSet, type FactorSet } from '#ghg';
import { inTenant, type TenantTransaction } from '#postgres';
import type { FileStore } from '#platform';
import type { PinnedGasRegister } from '../shared/gas-register';
import { FactorSetRow } from '../shared/rows';
import { FILE_STORE, GAS_REGISTER } from '../shared/tokens';
import { FileReader } from './file-reader';
import type { FactorFileReport } from './read-publishers-file';
import { flagSet, receivedFlagsOf, refuseFlagged } from './set-flags';
import { storeFactorSet, type ReadFrom, type StoredFactorSet } from './store-factor-set';

const PLACES_MAX = 100;

export interface Upload {
  readonly fileId: string;
  /** Given: a publisher's own file; else a factor set in our form. */
  readonly fileName?: string | undefined;
  readonly licence?: string | undefined;
  /** Of a publisher's file: whether its licence lets its values be shown. */
  readonly values?: 'shown' | 'withheld' | undefined;
  /** Nothing is stored if a figure stands out against the edition before. */
  readonly refuseFlagged: boolean;
}

export interface ReceivedFactorSet extends StoredFactorSet {
  /** Beside the first: parts of a publisher's file that stand on another GWP set. */
  readonly further: readonly FactorSetRow[];
  readonly report: FactorFileReport | null;
  readonly flags: z.infer<typeof receivedFlags>;
}

/** How an upload is kept. */
interface Keeping extends Partial<Pick<ReadFrom, 'report' | 'omissions'>> {
  readonly refuseFlagged: boolean;
  readonly places?: Places;
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
   * `factor_set_invalid` (with places), `factor_set_flagged` (with the figures), `factor_set_exists`.
   */
  async receive(tenantId: string, { fileId, fileName, licence, values, refuseFlagged }: Upload): Promise<ReceivedFactorSet> {
    const bytes = await this.bytes(fileId);
    if (fileName === undefined)
      return { ...(await this.keep(tenantId, parseFactorSet(bytes.toString('utf8')), [], { refuseFlagged })), report: null };
    const { set, further, report, omissions, places } = await this.reader.read({
      file: { name: fileName, bytes },
      licence,
      values,
      gases: this.gases.register,
    });
    const read = [set, ...further].map((each) => checkedForm({ ...each, values }));
    return {
      ...(await this.keep(tenantId, read[0]!, read.slice(1), { report: countsOf(report), omissions, places, refuseFlagged })),
      report,
    };
  }

  /** All sets of one upload, or none. */
  private keep(
    tenantId: string,
    set: FactorSet,
    further: readonly FactorSet[],
    { report = null, omissions = [], ...keeping }: Keeping,
  ): Promise<Omit<ReceivedFactorSet, 'report'>> {
    for (const each of [set, ...further]) this.check(each);
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const stored = await this.store(transaction, set, { report, omissions, readWith: null }, keeping);
      const rows: FactorSetRow[] = [];
      const beside = { report: null, omissions: [], readWith: stored.row.id };
      for (const each of further) rows.push((await this.store(transaction, each, beside, keeping)).row);
      const flags = await flagsOf(transaction, [stored.row, ...rows]);
      return { ...stored, further: rows, flags };
    });
  }

  private async store(transaction: TenantTransaction, set: FactorSet, from: ReadFrom, keeping: Keeping): Promise<StoredFactorSet> {
    const flagged = await flagSet(transaction, set, this.gases.register, keeping.places);
    if (keeping.refuseFlagged) refuseFlagged(flagged);
    return storeFactorSet(transaction, set, from, flagged);
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

/** As they are stored: what came before is held against what stood before it then. */
async function flagsOf({ manager, tenantId }: TenantTransaction, rows: readonly FactorSetRow[]): Promise<ReceivedFactorSet['flags']> {
  const sets = await manager
    .createQueryBuilder(FactorSetRow, 's')
    .addSelect('s.flags')
    .where({ tenantId, id: In(rows.map(({ id }) => id)) })
    .getMany();
  return rows.flatMap(({ id }) => sets.filter((set) => set.id === id).map(receivedFlagsOf));
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
  if (parsed.success) return withoutDefault(parsed.data) as FactorSet;
  const places = parsed.error.issues
    .slice(0, PLACES_MAX)
    .map((issue) => ({ at: issue.path.join('.'), code: issue.code, detail: issue.message }));
  throw new Refused('factor_set_invalid', 'The file does not have the form of a factor set.', places);
}

/** What is kept of a report: its examples stand among the omissions. */
function countsOf({ recognised, rowsRead, rowsUsed, omitted }: FactorFileReport): object {
  return { recognised, rowsRead, rowsUsed, omitted };
}

/** Values are shown unless the set says otherwise: saying so makes no other set of it. */
function withoutDefault({ values, ...set }: z.infer<typeof factorSetBody>): object {
  return values === 'withheld' ? { ...set, values } : set;
}
