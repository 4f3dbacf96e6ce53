import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { profileBody, profileView, Refused } from '#contracts';
import { canonicalJson, hoursOfYear, isRefusal } from '#ghg';
import { GET_PROFILE, inTenant, LIST_INSTRUMENTS, PUT_PROFILE, UNKNOWN_ENTITIES, type TenantTransaction } from '#postgres';
import { sha256Hex } from '#platform';
import { reportingCalendarOf } from '../shared/reporting-calendar';

type ProfileView = z.infer<typeof profileView>;

export interface ProfilePlace {
  readonly of: 'entity' | 'instrument';
  readonly code: string;
  readonly year: number;
}

interface ProfileRow {
  readonly of_kind: 'entity' | 'instrument';
  readonly of_code: string;
  readonly year: number;
  readonly version: number;
  readonly time_zone: string;
  readonly kwh: string[];
}

/** Hourly shapes of consumption and supply. A new profile is a new version; a run pins versions. */
@Injectable()
export class ProfilesService {
  constructor(private readonly dataSource: DataSource) {}

  /** Refuses, in this order: `entity_unknown` or `instrument_unknown`, `profile_invalid`. */
  put(tenantId: string, { of, code, year }: ProfilePlace, profile: z.infer<typeof profileBody>): Promise<ProfileView> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      await refuseUnknown(transaction, of, code);
      const hours = hoursOfYear(year, profile.timeZone, await reportingCalendarOf(transaction));
      if (isRefusal(hours)) throw new Refused('profile_invalid', `"${profile.timeZone}" is no time zone.`);
      if (profile.kwh.length !== hours.hours)
        throw new Refused('profile_invalid', `${year} has ${hours.hours} hours, the profile ${profile.kwh.length}.`);
      // One after the other: two new versions at once would bear one number.
      await transaction.client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `profile ${tenantId} ${of} ${code} ${year}`,
      ]);
      const digest = sha256Hex(canonicalJson(profile));
      const values = [tenantId, of, code, year, profile.timeZone, JSON.stringify(profile.kwh), digest];
      await transaction.client.query(PUT_PROFILE, values);
      return one(transaction, { of, code, year });
    });
  }

  /** Refuses: `profile_unknown`. */
  get(tenantId: string, place: ProfilePlace): Promise<ProfileView> {
    return inTenant(this.dataSource, tenantId, (transaction) => one(transaction, place));
  }
}

async function one({ client, tenantId }: TenantTransaction, { of, code, year }: ProfilePlace): Promise<ProfileView> {
  const { rows } = await client.query<ProfileRow>(GET_PROFILE, [tenantId, of, code, year]);
  const row = rows[0];
  if (!row) throw new Refused('profile_unknown');
  return { of: row.of_kind, code: row.of_code, year: row.year, version: row.version, timeZone: row.time_zone, kwh: row.kwh };
}

async function refuseUnknown({ client, tenantId }: TenantTransaction, of: ProfilePlace['of'], code: string): Promise<void> {
  if (of === 'entity') {
    const { rowCount } = await client.query(UNKNOWN_ENTITIES, [tenantId, [code]]);
    if (rowCount !== 0) throw new Refused('entity_unknown', `No entity has the code ${code}.`);
    return;
  }
  const { rowCount } = await client.query(LIST_INSTRUMENTS, [tenantId, code, '', 1]);
  if (rowCount === 0) throw new Refused('instrument_unknown');
}
