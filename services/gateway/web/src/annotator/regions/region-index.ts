/** The regions of one item with an R-tree over them, so that a hit test among thousands takes microseconds. */
import RBush, { type BBox } from "rbush";

import { boundsOf } from "../geometry/bounds";
import { type Box, type Point } from "../geometry/point";
import { hits } from "../geometry/hit";
import type { Region } from "./region";

interface Entry extends BBox {
  readonly region: Region;
  /** Place in the drawing order. */
  place: number;
}

/** What an update changed. */
export interface Changes {
  readonly gone: readonly Region[];
  readonly come: readonly Region[];
}

function entryOf(region: Region, place: number): Entry {
  const { x0, y0, x1, y1 } = boundsOf(region.points);
  return { minX: x0, minY: y0, maxX: x1, maxY: y1, region, place };
}

export class RegionIndex {
  private tree = new RBush<Entry>();
  private entries = new Map<string, Entry>();
  private list: readonly Region[] = [];

  /** In drawing order: later ones lie above. */
  get all(): readonly Region[] {
    return this.list;
  }

  get(id: string | null): Region | null {
    return id === null ? null : (this.entries.get(id)?.region ?? null);
  }

  /** Takes over another list; only what differs from the one before costs anything in the tree. */
  update(regions: readonly Region[]): Changes {
    if (regions === this.list) return { gone: [], come: [] };
    const before = this.entries;
    this.entries = new Map();
    this.list = regions;
    const come: Entry[] = [];
    regions.forEach((region, place) => {
      const known = before.get(region.id);
      const entry = known?.region === region ? known : entryOf(region, place);
      if (entry !== known) come.push(entry);
      entry.place = place;
      this.entries.set(region.id, entry);
    });
    const gone = [...before.values()].filter((entry) => this.entries.get(entry.region.id) !== entry);
    for (const entry of gone) this.tree.remove(entry);
    this.tree.load(come);
    return { gone: gone.map((entry) => entry.region), come: come.map((entry) => entry.region) };
  }

  /** The one after or before another in drawing order, round and round; the first or last without another. */
  beside(id: string | null, by: 1 | -1, shown: (region: Region) => boolean): Region | null {
    const list = this.list.filter(shown);
    const at = list.findIndex((region) => region.id === id);
    return list.at(at < 0 ? Math.min(0, by) : (at + by) % list.length) ?? null;
  }

  /** Regions whose bounds touch the box, in drawing order. */
  within({ x0, y0, x1, y1 }: Box): Region[] {
    const found = this.tree.search({ minX: x0, minY: y0, maxX: x1, maxY: y1 });
    return found.sort((a, b) => a.place - b.place).map((entry) => entry.region);
  }

  /** The topmost region that holds the point or has its outline within `reach`; hidden ones are passed over. */
  at(point: Point, reach: number, shown: (region: Region) => boolean = () => true): Region | null {
    const near = this.within({ x0: point.x - reach, y0: point.y - reach, x1: point.x + reach, y1: point.y + reach });
    return near.findLast((region) => shown(region) && hits(region, point, reach)) ?? null;
  }
}
