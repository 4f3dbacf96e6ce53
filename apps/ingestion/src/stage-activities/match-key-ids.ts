import { DataSource } from 'typeorm';
import { matchKeyText, type MatchKey } from '#ghg';
import { sha256Uuid } from '#platform';
import { ADD_MATCH_KEYS, inTenant, READ_MATCH_KEY_IDS } from '#postgres';

/** Files hold thousands of keys; one that holds more pays with a second look-up, not with memory. */
const KEPT_MAX = 200_000;

/** The ids of match keys, for one import. */
export class MatchKeyIds {
  private readonly ids = new Map<string, string>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly tenantId: string,
  ) {}

  /**
   * Finds or adds these keys and returns what tells the id of each. New keys are added in a short transaction of their own: a chunk would hold
   * them locked for seconds, and every other import that has the same ones would wait.
   */
  async of(keys: readonly MatchKey[]): Promise<(key: MatchKey) => string> {
    if (this.ids.size > KEPT_MAX) this.ids.clear();
    const fresh = new Map<string, MatchKey>();
    for (const key of keys) {
      const name = nameOf(key);
      if (!this.ids.has(name)) fresh.set(name, key);
    }
    if (fresh.size > 0) await this.add([...fresh.values()]);
    return (key) => this.ids.get(nameOf(key))!;
  }

  private async add(fresh: readonly MatchKey[]): Promise<void> {
    const rows = fresh.map((key) => ({ digest: sha256Uuid(matchKeyText(key)), ...key }));
    const digests = rows.map(({ digest }) => digest);
    const ids = await inTenant(this.dataSource, this.tenantId, async ({ client }) => {
      await client.query(ADD_MATCH_KEYS, [this.tenantId, JSON.stringify(rows)]);
      // A statement of its own: it sees what others have committed while the insert waited for them.
      const known = await client.query<{ digest: string; id: string }>(READ_MATCH_KEY_IDS, [this.tenantId, digests]);
      return new Map(known.rows.map(({ digest, id }) => [digest, id]));
    });
    fresh.forEach((key, i) => this.ids.set(nameOf(key), ids.get(digests[i]!)!));
  }
}

/** Tells keys apart within one import, at a fraction of the cost of their canonical text. */
function nameOf({ activityType, unit, year, reportingYear, country, region, supplier, attributes }: MatchKey): string {
  return JSON.stringify([activityType, unit, year, reportingYear ?? year, country, region, supplier, attributes]);
}
