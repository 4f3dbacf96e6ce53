import { rmSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { timed } from '../machine';

/**
 * What somebody would write who needs the figure once: DuckDB on disk reads the CSV, joins the rates and keeps the amounts, with the same decimals
 * and without tenancy, lineage, refusals or a ledger. `rates`: a CSV of sector, year, country and kgCO2e per unit.
 */
export async function duckdbFloor(directory: string, file: string, rates: string): Promise<number> {
  const database = path.join(directory, 'duck.db');
  rmSync(database, { force: true });
  const instance = await DuckDBInstance.create(database, { threads: '2' });
  const connection = await instance.connect();
  try {
    return await timed(async () => {
      await connection.run(`create table rates as select * from read_csv('${rates}', header = true,
        columns = {sector: 'VARCHAR', year: 'INTEGER', company: 'VARCHAR', kgco2e: 'DECIMAL(19, 18)'})`);
      await connection.run(`create table activities as select * from read_csv('${file}', header = true,
        columns = {voucher: 'VARCHAR', company: 'VARCHAR', day: 'DATE', account: 'VARCHAR', sector: 'VARCHAR', price_year: 'INTEGER',
                   amount: 'DECIMAL(18, 2)', cost_centre: 'VARCHAR', text: 'VARCHAR'})`);
      await connection.run(`create table entries as
        select a.voucher, a.company, a.day, a.sector, a.amount, a.amount * r.kgco2e as kgco2e
        from activities a join rates r on r.sector = a.sector and r.year = a.price_year and r.company = a.company`);
      await connection.run('select sum(kgco2e), count(*) from entries');
      await connection.run('checkpoint');
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
