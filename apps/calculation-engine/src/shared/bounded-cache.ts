/** Keeps what was used last, up to a weight in all; what is heavier than that by itself is not kept. Only for what can be made again from its name. */
export class BoundedCache<V> {
  private readonly kept = new Map<string, { readonly value: V; readonly weight: number }>();
  private weight = 0;

  constructor(
    private readonly weightMax: number,
    private readonly weightOf: (value: V) => number,
  ) {}

  get(name: string): V | undefined {
    const found = this.kept.get(name);
    if (!found) return undefined;
    this.kept.delete(name);
    this.kept.set(name, found);
    return found.value;
  }

  set(name: string, value: V): void {
    const weight = this.weightOf(value);
    this.delete(name);
    if (weight > this.weightMax) return;
    this.kept.set(name, { value, weight });
    this.weight += weight;
    for (const oldest of this.kept.keys()) {
      if (this.weight <= this.weightMax) return;
      this.delete(oldest);
    }
  }

  async getOr(name: string, make: () => Promise<V>): Promise<V> {
    const found = this.get(name);
    if (found !== undefined) return found;
    const made = await make();
    this.set(name, made);
    return made;
  }

  private delete(name: string): void {
    const found = this.kept.get(name);
    if (!found) return;
    this.kept.delete(name);
    this.weight -= found.weight;
  }
}
