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
   * The ids of these keys by their canonical text; keys that are new are added, in a short transaction of their own: a chunk would hold them
   * locked for seconds, and every other import that has the same ones would wait.
   */
  async of(keys: readonly MatchKey[]): Promise<ReadonlyMap<string, string>> {
    const wanted = new Map(keys.map((key) => [matchKeyText(key), key]));
    if (this.ids.size > KEPT_MAX) this.ids.clear();
    const fresh = [...wanted].filter(([text]) => !this.ids.has(text)).map(([text, key]) => ({ text, digest: sha256Uuid(text), ...key }));
    if (fresh.length > 0) {
      const byDigest = await inTenant(this.dataSource, this.tenantId, async ({ client }) => {
        await client.query(ADD_MATCH_KEYS, [this.tenantId, JSON.stringify(fresh)]);
        // A statement of its own: it sees what others have committed while the insert waited for them.
        const { rows } = await client.query<{ digest: string; id: string }>(READ_MATCH_KEY_IDS, [
          this.tenantId,
          fresh.map(({ digest }) => digest),
        ]);
        return new Map(rows.map(({ digest, id }) => [digest, id]));
      });
      for (const { text, digest } of fresh) this.ids.set(text, byDigest.get(digest)!);
    }
    return this.ids;
  }
}
