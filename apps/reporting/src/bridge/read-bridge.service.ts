import { Inject, Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Clickhouse } from '#clickhouse';
import { Refused, type BridgeView, type readBridge } from '#contracts';
import {
  bridge,
  CAUSES,
  Decimal,
  isRefusal,
  joinBridges,
  methodPackHead,
  readState,
  sumOfFigures,
  type Bridge,
  type BridgedFigure,
  type BridgeChoice,
  type BridgeOrder,
  type GasRegister,
  type GwpSetId,
  type InventoryState,
  type StateReading,
} from '#ghg';
import { inTenant } from '#postgres';
import { readYearOfBook } from '../shared/book-reading';
import { changingEntities, readOrganisation, refusedReading } from '../shared/organisation';
import { orderOf, pinnedPack } from '../shared/pinned-pack';
import { projectedBook, type ProjectedBook } from '../shared/projected-book';
import { GAS_REGISTER } from '../shared/tokens';
import { shownReading, type Scaling } from '../shared/withheld';
import { requireEntries } from '../shared/year-with-entries';

type Question = z.infer<typeof readBridge.request>;

/** A reply is one message of at most 1 MB; a source takes some 400 bytes of it. */
const SOURCES_MAX = 1_000;

interface YearWish {
  readonly asOf: ProjectedBook['asOf'];
  readonly year: number;
  readonly gwp: GwpSetId;
  readonly otherGwp: GwpSetId;
}

/** Reads two years of a book and what led from the one to the other. */
@Injectable()
export class ReadBridgeService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clickhouse: Clickhouse,
    @Inject(GAS_REGISTER) private readonly gases: GasRegister,
  ) {}

  /**
   * Refuses: `book_unknown`, `nothing_calculated`, `run_unknown` (a seal that the book does not have yet), `method_pack_unknown`, `holding_conflict`,
   * `lease_conflict`, `year_without_entries` (either year, as of the last seal), `approach_not_in_pack`, `gwp_set_not_in_pack`, `entity_unknown`.
   */
  read(question: Question): Promise<BridgeView> {
    const { tenantId, from, to, approach } = question;
    return inTenant(this.dataSource, tenantId, async ({ client }) => {
      const book = await projectedBook(client, tenantId, question.book);
      const fromRun = question.fromRun ?? book.run.ordinal;
      if (fromRun > book.run.ordinal) throw new Refused('run_unknown', `The last seal that can be read is ${book.run.ordinal}.`);
      const gwp = question.gwp ?? book.gwpSet;
      const fromGwp = question.fromGwp ?? gwp;
      const pack = pinnedPack(book);
      const order = orderOf(pack);
      const organisation = await readOrganisation(client, tenantId);
      const { calendar } = book;
      const changing = changingEntities(organisation, calendar, from, to);
      const then = { year: from, gwp: fromGwp, otherGwp: gwp };
      const shown = new ShownSources();
      const view = await shownReading(async (scaling) => {
        const stateOf = (wish: YearWish) =>
          this.stateOf(client, { pack, organisation, calendar, approach }, wish, changing, book.run.ordinal, scaling);
        const before = await stateOf({ asOf: book.asOf, ...then });
        const after = await stateOf({ asOf: book.asOf, year: to, gwp, otherGwp: fromGwp });
        const steps: Step[] = [{ comparison: 'years', bridge: between(before, after, { ...question, comparison: 'years', order }) }];
        if (fromRun < book.run.ordinal) {
          const stated = await stateOf({ asOf: { ...book.asOf, runOrdinal: fromRun }, ...then });
          steps.unshift({ comparison: 'restatement', bridge: between(stated, before, { ...question, comparison: 'restatement', order }) });
        }
        return viewOf(question, steps, order, shown);
      });
      const periodOf = (year: number) => ({ from: calendar.startOf(year), to: calendar.endOf(year) });
      const head = { editions: book.editions, fromPeriod: periodOf(from), toPeriod: periodOf(to) };
      return {
        ...view,
        ...head,
        methodPack: methodPackHead(pack),
        gwp,
        fromGwp,
        asOfRun: book.run.ordinal,
        fromRun,
      };
    });
  }

  private async stateOf(
    client: PoolClient,
    choice: Pick<Required<StateReading>, 'pack' | 'organisation' | 'calendar' | 'approach'>,
    { asOf, ...wish }: YearWish,
    changing: readonly string[],
    lastRun: number,
    scaling: Scaling,
  ): Promise<InventoryState> {
    const reading = await readYearOfBook(this.clickhouse, client, asOf, wish.year, changing, scaling);
    if (asOf.runOrdinal === lastRun) await requireEntries(this.clickhouse, asOf, wish.year, reading.cells);
    const state = readState({ ...choice, ...reading, ...wish, gases: this.gases });
    if (isRefusal(state)) throw refusedReading(state);
    return state;
  }
}

interface Step {
  readonly comparison: BridgeChoice['comparison'];
  readonly bridge: Bridge;
}

function between(
  from: InventoryState,
  to: InventoryState,
  { comparison, reading, scope3, order }: Question & Pick<Required<BridgeChoice>, 'comparison' | 'order'>,
): Bridge {
  return bridge(from, to, { comparison, reading, scope3, order });
}

type Labels = 'methodPack' | 'editions' | 'fromPeriod' | 'toPeriod' | 'gwp' | 'fromGwp' | 'asOfRun' | 'fromRun';

function viewOf(
  { book, from, to, approach, reading, scope3 }: Question,
  steps: readonly Step[],
  { causes }: BridgeOrder,
  shown: ShownSources,
): Omit<BridgeView, Labels> {
  const whole = steps.map((step) => step.bridge).reduce(joinBridges);
  const [sources, others] = shown.of(whole.sources);
  return {
    book,
    fromYear: from,
    toYear: to,
    approach,
    reading,
    scope3,
    order: whole.order,
    orderOfCauses: causes.map((cause) => ({ cause, meaning: CAUSES[cause] })),
    unit: 'tCO2e',
    ...figureOf(whole),
    steps: steps.map((step) => ({ comparison: step.comparison, ...figureOf(step.bridge) })),
    lines: [...whole.lines],
    sources,
    otherSources: { sources: others.length, ...sumOfFigures(others) },
  };
}

/** Those that moved most, as the first reading has them: one that is made again to see what its figures rest on shows the same. */
class ShownSources {
  private names: ReadonlySet<string> | null = null;

  of(all: Bridge['sources']): [shown: Bridge['sources'][number][], others: Bridge['sources'][number][]] {
    const bySize = [...all].sort((a, b) => moved(b).comparedTo(moved(a)));
    const names = (this.names ??= new Set(bySize.slice(0, SOURCES_MAX).map(nameOf)));
    return [bySize.filter((source) => names.has(nameOf(source))), bySize.filter((source) => !names.has(nameOf(source)))];
  }
}

const nameOf = ({ entity, activityType }: Bridge['sources'][number]): string => `${entity} ${activityType}`;

function figureOf({ from, to, causes }: BridgedFigure): { from: string; to: string; causes: BridgedFigure['causes'] } {
  return { from, to, causes };
}

/** How much a source moved, by the sizes of its causes: two that cancel have moved it too. */
function moved({ causes }: BridgedFigure): Decimal {
  return Object.values(causes).reduce((sum, tco2e) => sum.add(new Decimal(tco2e).abs()), new Decimal(0));
}
