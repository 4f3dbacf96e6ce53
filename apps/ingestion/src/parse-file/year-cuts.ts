import { cutAtYearEnds, type DateSpan, type ReportingCalendar, type Segment } from '#ghg';

type Quantity = Segment['quantity'];

/** Periods of one file repeat; its memory of them is bounded. */
const KNOWN_MAX = 20_000;

/** Cuts records as the kernel does; what it need not cut is remembered, since most periods of a file lie in one year. */
export class YearCuts {
  private readonly uncut = new Map<string, Segment>();

  constructor(private readonly calendar: ReportingCalendar) {}

  of({ start, end }: DateSpan, quantity: Quantity): readonly Segment[] {
    const name = `${start}${end}`;
    const known = this.uncut.get(name);
    if (known) return [{ ...known, quantity }];
    const segments = cutAtYearEnds({ start, end, quantity }, this.calendar);
    const [only] = segments;
    if (only && segments.length === 1) {
      if (this.uncut.size >= KNOWN_MAX) this.uncut.clear();
      this.uncut.set(name, only);
    }
    return segments;
  }
}
