import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, type MappingSpec } from '#contracts';
import { canonicalJson } from '#ghg';
import { sha256Hex } from '#platform';
import { inTenant, LOCK_UNTIL_COMMIT, type TenantTransaction } from '#postgres';
import { MappingRow, TagRow } from '../shared/rows';
import { checkMapping } from './check-mapping';

const PLACES_MAX = 100;

export interface KeptMapping {
  readonly name: string;
  readonly version: number;
  /** False: the latest version says the same, and stays. */
  readonly created: boolean;
}

@Injectable()
export class KeepMappingService {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Keeps a mapping as the next version of its name; earlier versions stay, since imports were read with them.
   * Refuses: `mapping_invalid`, `tag_type_conflict` (both with places).
   */
  async put(tenantId: string, name: string, spec: MappingSpec): Promise<KeptMapping> {
    const places = checkMapping(spec);
    if (places.length > 0)
      throw new Refused('mapping_invalid', `${places.length} places contradict the vocabulary.`, places.slice(0, PLACES_MAX));
    const digest = sha256Hex(canonicalJson(spec));
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const { client, manager } = transaction;
      await client.query(LOCK_UNTIL_COMMIT, [`mapping|${tenantId}|${name}`]);
      const latest = await manager.findOne(MappingRow, { where: { tenantId, name }, order: { version: 'desc' } });
      if (latest?.digest === digest) return { name, version: latest.version, created: false };
      await declareTags(transaction, spec);
      const version = (latest?.version ?? 0) + 1;
      await manager.insert(MappingRow, { tenantId, name, version, spec: spec as object, digest });
      return { name, version, created: true };
    });
  }
}

/** The first mapping that declares a tag fixes its type. In the order of names, so that two mappings at once cannot deadlock. */
async function declareTags({ manager, tenantId }: TenantTransaction, { tags }: MappingSpec): Promise<void> {
  if (tags.length === 0) return;
  const declared = tags.map(({ tag, type }) => ({ tenantId, name: tag, type })).sort((a, b) => (a.name < b.name ? -1 : 1));
  await manager.createQueryBuilder().insert().into(TagRow).values(declared).orIgnore().execute();
  const known = new Map((await manager.findBy(TagRow, { tenantId })).map(({ name, type }) => [name, type]));
  const places = tags.flatMap(({ tag, type }, i) =>
    known.get(tag) === type
      ? []
      : [{ at: `tags.${i}.type`, code: 'tag_type_conflict', detail: `"${tag}" is ${known.get(tag)}, not ${type}` }],
  );
  if (places.length > 0) throw new Refused('tag_type_conflict', places.map(({ detail }) => detail).join('; '), places);
}
