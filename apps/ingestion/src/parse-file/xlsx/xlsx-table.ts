import { textOf, type FileLine } from '../../shared/cells';
import { FileRefused } from '../../shared/records';
import type { FileBytes } from '../file-bytes';
import type { FileCheck, FileTable, Header } from '../file-table';
import { isText, shownName } from '../is-text';
import { LIMITS } from '../limits';
import { WorkbookArchive } from './archive';
import { elementsOf } from './elements';
import { CellFault, rowCells, type SheetCell, type SheetContext } from './sheet-cells';
import { dateStyles } from './styles';
import { attribute, itemText, tagsOf } from './xml';

/** A row of a sheet; null where a cell of it is more than a cell can be. */
interface SheetRow {
  readonly row: number;
  readonly cells: SheetCell[] | null;
}

/**
 * A sheet of a workbook (ECMA-376), row by row as it is unpacked: of the workbook only the list of texts is in memory. Lines are the rows of the
 * sheet; the first that is not empty names the columns.
 */
export class XlsxTable implements FileTable {
  private constructor(
    private readonly archive: WorkbookArchive,
    readonly sheet: string,
    private readonly part: string,
    private readonly context: SheetContext,
    readonly close: () => Promise<void>,
  ) {}

  /** Refuses: `file_unreadable`, `file_too_large`, `file_not_of_stated_kind` (a ZIP archive of something else), `sheet_missing`. */
  static async open(bytes: FileBytes, wanted: string | null, close: () => Promise<void>): Promise<XlsxTable> {
    const archive = await WorkbookArchive.open(bytes);
    const workbook = await archive.whole('xl/workbook.xml');
    if (workbook === null) throw new FileRefused('file_not_of_stated_kind', 'The file is a ZIP archive that is no .xlsx workbook.', 0);
    const sheets = tagsOf(workbook, 'sheet').map((tag) => ({
      name: attribute(tag, 'name') ?? '',
      id: attribute(tag, 'id') ?? '',
      state: attribute(tag, 'state'),
    }));
    const unreadable = sheets.find(({ name }) => !isText(name));
    if (unreadable)
      throw new FileRefused('file_unreadable', `The name of the sheet "${shownName(unreadable.name)}" has a character that is none.`, 0);
    const sheet = chosenSheet(sheets, wanted);
    const relations = tagsOf((await archive.whole('xl/_rels/workbook.xml.rels')) ?? '', 'Relationship');
    const relation = relations.find((tag) => attribute(tag, 'Id') === sheet.id);
    const part = partOf((relation && attribute(relation, 'Target')) ?? '');
    if (!isText(part) || !archive.has(part))
      throw new FileRefused('file_unreadable', `The workbook does not hold its sheet "${sheet.name}".`, 0);
    const since1904 = tagsOf(workbook, 'workbookPr').some((tag) => /^(1|true)$/.test(attribute(tag, 'date1904') ?? ''));
    const context = { texts: await sharedTexts(archive), dateStyles: dateStyles(await archive.whole('xl/styles.xml')), since1904 };
    return new XlsxTable(archive, sheet.name, part, context, close);
  }

  async header(): Promise<Header> {
    for await (const rows of this.rows()) {
      for (const { row, cells } of rows) {
        if (cells === null)
          throw new FileRefused('file_too_large', `Row ${row} has a cell that is damaged, or more than a cell can be.`, row);
        const names = Array.from(cells, (cell, i) => nameOf(cell, i, row));
        while (names.length > 0 && names.at(-1)?.trim() === '') names.pop();
        if (names.length > 0) return { names, line: row };
      }
    }
    throw new FileRefused('file_empty', `The sheet "${this.sheet}" has no row.`, 0);
  }

  /** Unpacks and reads all of the sheet. */
  async check(): Promise<FileCheck> {
    let filled = 0;
    for await (const rows of this.rows()) for (const { cells } of rows) if (!isEmpty(cells)) filled += 1;
    return { hasData: filled > 1, quoted: false };
  }

  async *lines({ names, line }: Header, read: ReadonlySet<string>): AsyncGenerator<readonly FileLine[]> {
    for await (const rows of this.rows())
      yield rows.flatMap(({ row, cells }) => (row <= line || isEmpty(cells) ? [] : [lineOf(row, cells, names, read)]));
  }

  private async *rows(): AsyncGenerator<readonly SheetRow[]> {
    let row = 0;
    for await (const elements of elementsOf(this.archive.text(this.part), 'sheetData', 'row')) {
      yield elements.map(({ attributes, inner }) => {
        const stated = Number(attribute(attributes, 'r'));
        row = stated > row ? stated : row + 1;
        return { row, cells: rowCells(inner, this.context) };
      });
    }
  }
}

interface Sheet {
  readonly name: string;
  readonly id: string;
  /** Undefined, or `visible`: whoever opens the workbook sees it. */
  readonly state: string | undefined;
}

/** Without a name, the first sheet that a person sees: what is hidden is seldom what was meant. Refuses: `sheet_missing`. */
function chosenSheet(sheets: readonly Sheet[], wanted: string | null): Sheet {
  const sheet = sheets.find(({ name, state }) => (wanted === null ? state === undefined || state === 'visible' : name === wanted));
  if (sheet) return sheet;
  const none = wanted === null ? 'none of them is visible: the mapping must name the one to read' : `no sheet "${wanted}"`;
  throw new FileRefused('sheet_missing', `The workbook has ${sheetNames(sheets)}, and ${none}.`, 0);
}

const SHEETS_SHOWN = 20;

function sheetNames(sheets: readonly { name: string }[]): string {
  return sheets.length === 0
    ? 'no sheets'
    : sheets
        .slice(0, SHEETS_SHOWN)
        .map(({ name }) => `"${name}"`)
        .join(', ');
}

function partOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^(\.\/)+/, '')}`;
}

/** Refuses: `file_too_large`, `file_unreadable`. */
async function sharedTexts(archive: WorkbookArchive): Promise<readonly string[]> {
  const part = 'xl/sharedStrings.xml';
  const texts: string[] = [];
  if (!archive.has(part)) return texts;
  let characters = 0;
  for await (const items of elementsOf(archive.text(part), 'sst', 'si')) {
    for (const { inner } of items) {
      if (inner.includes('<!')) throw new FileRefused('file_unreadable', 'The workbook declares what no workbook needs.', 0);
      const text = itemText(inner);
      characters += text.length;
      if (text.length > LIMITS.cellCharacters)
        throw new FileRefused('file_too_large', `A cell of the workbook has more than ${LIMITS.cellCharacters} characters.`, 0);
      texts.push(text);
    }
    if (characters > LIMITS.sharedTextCharacters || texts.length > LIMITS.sharedTexts)
      throw new FileRefused('file_too_large', 'The workbook has more different texts than are taken; save its sheet as CSV.', 0);
  }
  return texts;
}

/** Refuses: `file_unreadable`. */
function nameOf(cell: SheetCell, column: number, row: number): string {
  if (cell instanceof CellFault)
    throw new FileRefused('file_unreadable', `In row ${row}, which names the columns, cell ${column + 1} ${cell.detail}.`, row);
  return textOf(cell);
}

function isFilled(cell: SheetCell): boolean {
  return cell instanceof CellFault || textOf(cell).trim() !== '';
}

function isEmpty(cells: SheetRow['cells']): boolean {
  return cells !== null && !cells.some(isFilled);
}

/** A fault in a column that nobody reads costs nothing. */
function lineOf(row: number, cells: SheetRow['cells'], names: readonly string[], read: ReadonlySet<string>): FileLine {
  if (cells === null) return { line: row, malformed: 'the row has a cell that is damaged, or more than a cell can be' };
  const faulty = cells.findIndex((cell, i) => cell instanceof CellFault && read.has(names[i]?.trim() ?? ''));
  const fault = cells[faulty];
  if (fault instanceof CellFault) return { line: row, malformed: `column "${shownName(names[faulty]!.trim())}" ${fault.detail}` };
  const fields = Array.from({ length: Math.max(names.length, cells.findLastIndex(isFilled) + 1) }, (_, i) => {
    const cell = cells[i];
    return cell === undefined || cell instanceof CellFault ? '' : cell;
  });
  return { line: row, fields };
}
