import type { Factor } from '#ghg';
import { meaningOf } from './figures';
import type { Place, RowAccount } from './row-account';

/**
 * Factors as they are found, each meaning and each code once: what a later row says again cannot be matched, and is omitted by name. Where it says
 * it with another figure, the two contradict each other and the first stands.
 */
export class FactorList {
  readonly factors: Factor[] = [];
  readonly places = new Map<string, Place>();
  private readonly meanings = new Map<string, Factor>();

  constructor(private readonly account: RowAccount) {}

  add(factor: Factor, place: Place): boolean {
    const { sheet, row } = place;
    const earlier = this.meanings.get(meaningOf(factor));
    if (earlier) {
      const isSame = figuresOf(earlier) === figuresOf(factor);
      const detail = `${earlier.code} means the same${isSame ? '' : ' and has another figure'}: ${earlier.source.row}`;
      this.account.omit(sheet, row, isSame ? 'superseded_in_file' : 'contradiction', detail);
      return false;
    }
    if (this.places.has(factor.code)) {
      this.account.omit(sheet, row, 'duplicate_id', factor.code);
      return false;
    }
    this.meanings.set(meaningOf(factor), factor);
    this.places.set(factor.code, place);
    this.factors.push(factor);
    this.account.use(sheet, row);
    return true;
  }
}

const figuresOf = ({ kgco2e, gases }: Factor): string => JSON.stringify([kgco2e ?? null, gases]);
