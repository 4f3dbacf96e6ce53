import type { PoolClient } from 'pg';
import { READ_FACTOR_TERMS, READ_FACTOR_TERMS_FROM, SIMILAR_WORDS } from '#postgres';
import { BLOCK, Numbers } from './postings';
import { COMPARED_LETTERS_MIN, PREFIX_MAX, PREFIX_MIN, type Term } from './terms';

/** What a set brings to a search; the order in which sets are given decides between factors of one rank. */
export interface SearchedSet {
  readonly tenantId: string;
  readonly id: string;
  readonly factors: number;
}

export interface Wish {
  /** Each of them must lead to a factor. */
  readonly words: readonly string[];
  /** Properties that it must have. */
  readonly properties: readonly Term[];
  /** A property that raises it above all that lack it. */
  readonly preferred: Term | null;
}

/** A factor that was found; `rank` is higher the better it fits. */
export interface Hit {
  readonly rank: number;
  /** Place of its set among those that were searched. */
  readonly set: number;
  readonly number: number;
}

// How well a word fits counts word by word: standing in the code or the type, standing in the text, beginning a word of it, or being like one.
const STRONG = 300;
const WORD = 200;
const PREFIX = 100;
const ALIKE = 99;
const PREFERRED = 30_000;
/** Two swapped letters in a word of six leave a little more of its trigrams. */
const SIMILARITY_MIN = 0.25;
const SIMILAR_MAX = 5;

/** Where a term leads, per set and block. */
type Postings = Map<string, Numbers>;
interface Tier {
  readonly points: number;
  readonly postings: Postings;
}
interface PostingRow {
  readonly factor_set_id: string;
  readonly block: number;
  readonly numbers: Buffer;
}

const placeOf = (setId: string, block: number): string => `${block} ${setId}`;

/** The factors of some sets that a wish leads to, by the terms that are kept with each set: look-ups alone, no factor is read. */
export class Search {
  private readonly tenants: string[];
  private readonly ids: string[];

  constructor(
    private readonly client: PoolClient,
    private readonly sets: readonly SearchedSet[],
  ) {
    this.tenants = [...new Set(sets.map(({ tenantId }) => tenantId))];
    this.ids = sets.map(({ id }) => id);
  }

  /** The first `limit` of them behind a place, in their order: by rank, then as the sets were given, then by number. */
  async hits(wish: Wish, behind: Hit | null, limit: number): Promise<Hit[]> {
    const asked = await this.asked(wish);
    const first = new FirstOfRanks(behind, limit);
    this.sets.forEach(({ id, factors }, set) => {
      for (let block = 0; block * BLOCK < factors; block += 1)
        rankBlock(placeOf(id, block), Math.min(factors - block * BLOCK, BLOCK), asked, (rank, number) =>
          first.note(rank, set, block * BLOCK + number),
        );
    });
    return first.inOrder();
  }

  private async asked({ words, properties, preferred }: Wish): Promise<Asked> {
    const distinct = [...new Set(words)];
    const found = await this.read([...properties, ...(preferred ? [preferred] : []), ...distinct.flatMap(exactTerms)]);
    const of = (term: Term): Postings => found.get(nameOfTerm(term)) ?? new Map<string, Numbers>();
    const tiers: (readonly Tier[])[] = [];
    for (const word of distinct) tiers.push(await this.tiersOf(word, found));
    return { required: properties.map(of), tiers, raised: preferred && of(preferred) };
  }

  /** How a word can lead to a factor, the best way first; where no factor has it, the words that are most like it do. */
  private async tiersOf(word: string, found: ReadonlyMap<string, Postings>): Promise<readonly Tier[]> {
    const of = (field: Term['field']): Postings => found.get(nameOfTerm({ field, term: word })) ?? new Map<string, Numbers>();
    const tiers = [
      { points: STRONG, postings: of('strong') },
      { points: WORD, postings: of('word') },
      { points: PREFIX, postings: word.length > PREFIX_MAX ? await this.beginningWith(word) : of('prefix') },
    ];
    return tiers.some(({ postings }) => postings.size > 0) ? tiers : this.alike(word);
  }

  private async alike(word: string): Promise<readonly Tier[]> {
    if (word.length < COMPARED_LETTERS_MIN) return [];
    const { rows } = await this.client.query<{ word: string; similarity: number }>(SIMILAR_WORDS, [
      this.tenants,
      word,
      SIMILARITY_MIN,
      SIMILAR_MAX,
    ]);
    const found = await this.read(rows.flatMap((row) => exactTerms(row.word)));
    return rows.flatMap((row) =>
      exactTerms(row.word).flatMap((term) => {
        const postings = found.get(nameOfTerm(term));
        return postings && term.field !== 'prefix' ? [{ points: Math.max(1, Math.round(row.similarity * ALIKE)), postings }] : [];
      }),
    );
  }

  private async read(terms: readonly Term[]): Promise<Map<string, Postings>> {
    const { rows } = await this.client.query<PostingRow & { n: number }>(READ_FACTOR_TERMS, [
      this.tenants,
      this.ids,
      terms.map(({ field }) => field),
      terms.map(({ term }) => term),
    ]);
    const found = new Map<string, Postings>();
    for (const row of rows)
      join(
        child(found, nameOfTerm(terms[row.n - 1]!), () => new Map<string, Numbers>()),
        row,
      );
    return found;
  }

  private async beginningWith(word: string): Promise<Postings> {
    const postings: Postings = new Map();
    for (const field of ['strong', 'word'] satisfies Term['field'][]) {
      const { rows } = await this.client.query<PostingRow>(READ_FACTOR_TERMS_FROM, [
        this.tenants,
        this.ids,
        field,
        word,
        `${word}\u{10FFFF}`,
      ]);
      for (const row of rows) join(postings, row);
    }
    return postings;
  }
}

/** The ways in which a word itself can be looked up. */
function exactTerms(term: string): Term[] {
  const fields = ['strong', 'word', ...(term.length >= PREFIX_MIN && term.length <= PREFIX_MAX ? (['prefix'] as const) : [])] as const;
  return fields.map((field) => ({ field, term }));
}

const nameOfTerm = ({ field, term }: Term): string => `${field} ${term}`;

function join(postings: Postings, { factor_set_id, block, numbers }: PostingRow): void {
  child(postings, placeOf(factor_set_id, block), () => Numbers.none()).join(Numbers.read(numbers));
}

interface Asked {
  readonly required: readonly Postings[];
  readonly tiers: readonly (readonly Tier[])[];
  readonly raised: Postings | null;
}

/** Tells each factor of a block that fits, in ascending order, with its rank. */
function rankBlock(place: string, count: number, { required, tiers, raised }: Asked, tell: (rank: number, number: number) => void): void {
  const candidates = Numbers.first(count);
  for (const postings of required) candidates.keep(postings.get(place) ?? Numbers.none());
  const inPlace = tiers.map((ofWord) => ofWord.flatMap(({ points, postings }) => tierIn(points, postings.get(place))));
  for (const ofWord of inPlace) {
    const any = Numbers.none();
    for (const { numbers } of ofWord) any.join(numbers);
    candidates.keep(any);
  }
  const preferred = raised?.get(place);
  candidates.forEach((number) => {
    let rank = preferred?.has(number) ? PREFERRED : 0;
    for (const ofWord of inPlace) rank += pointsOf(ofWord, number);
    tell(rank, number);
  });
}

/** The best way in which a word leads to a factor. */
function pointsOf(tiers: readonly { readonly points: number; readonly numbers: Numbers }[], number: number): number {
  for (const { points, numbers } of tiers) if (numbers.has(number)) return points;
  return 0;
}

/** Of factors that come set by set and number by number, the first ones by rank. Of each rank no more are kept than are asked for. */
class FirstOfRanks {
  private readonly kept = new Map<number, Hit[]>();

  constructor(
    private readonly behind: Hit | null,
    private readonly limit: number,
  ) {}

  note(rank: number, set: number, number: number): void {
    if (this.behind !== null && !isBehind(this.behind, rank, set, number)) return;
    let ofRank = this.kept.get(rank);
    if (ofRank === undefined) this.kept.set(rank, (ofRank = []));
    if (ofRank.length < this.limit) ofRank.push({ rank, set, number });
  }

  inOrder(): Hit[] {
    const ranks = [...this.kept.keys()].sort((a, b) => b - a);
    return ranks.flatMap((rank) => this.kept.get(rank)!).slice(0, this.limit);
  }
}

function isBehind(last: Hit, rank: number, set: number, number: number): boolean {
  if (rank !== last.rank) return rank < last.rank;
  return set > last.set || (set === last.set && number > last.number);
}

function tierIn(points: number, numbers: Numbers | undefined): { points: number; numbers: Numbers }[] {
  return numbers === undefined ? [] : [{ points, numbers }];
}

function child<V>(parent: Map<string, V>, name: string, create: () => V): V {
  const found = parent.get(name) ?? create();
  parent.set(name, found);
  return found;
}
