/** Heights of many rows, in whole pixels: where a row begins and which row is at a height, in logarithmic time (a Fenwick tree). */

export class Heights {
  private readonly tree: Uint32Array;
  private readonly heights: Uint32Array;

  /** `estimate` answers for rows that were not measured yet. */
  constructor(
    readonly count: number,
    estimate: (row: number) => number,
  ) {
    this.heights = new Uint32Array(count);
    this.tree = new Uint32Array(count + 1);
    for (let row = 0; row < count; row += 1) this.heights[row] = estimate(row);
    for (let node = 1; node <= count; node += 1) {
      this.tree[node] = (this.tree[node] ?? 0) + (this.heights[node - 1] ?? 0);
      const above = node + (node & -node);
      if (above <= count) this.tree[above] = (this.tree[above] ?? 0) + (this.tree[node] ?? 0);
    }
  }

  get total(): number {
    return this.top(this.count);
  }

  height(row: number): number {
    return this.heights[row] ?? 0;
  }

  /** Where a row begins. */
  top(row: number): number {
    let sum = 0;
    for (let node = Math.min(row, this.count); node > 0; node -= node & -node) sum += this.tree[node] ?? 0;
    return sum;
  }

  /** Takes a measured height; how much higher the row is than was thought. */
  set(row: number, height: number): number {
    const change = height - this.height(row);
    if (change === 0 || row < 0 || row >= this.count) return 0;
    this.heights[row] = height;
    for (let node = row + 1; node <= this.count; node += node & -node) this.tree[node] = (this.tree[node] ?? 0) + change;
    return change;
  }

  /** The row that covers a height; the first or the last beyond the ends. */
  at(height: number): number {
    let row = 0;
    let left = Math.max(0, height);
    for (let step = 2 ** Math.floor(Math.log2(Math.max(1, this.count))); step >= 1; step /= 2) {
      const next = row + step;
      if (next > this.count || (this.tree[next] ?? 0) > left) continue;
      row = next;
      left -= this.tree[next] ?? 0;
    }
    return Math.min(row, Math.max(0, this.count - 1));
  }
}
