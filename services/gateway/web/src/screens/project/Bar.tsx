/** A named amount as a bar. */
import type { ReactNode } from "react";

import { formatNumber } from "../../components/format";
import classes from "./Dashboard.module.css";

interface Props {
  name: string;
  value: number;
  largest: number;
  color: string;
  note?: ReactNode;
}

export function Bar({ name, value, largest, color, note }: Props) {
  const width = largest > 0 ? `${Math.max(value > 0 ? 1.5 : 0, (value / largest) * 100)}%` : "0%";
  return (
    <li className={classes["bar"]}>
      <span className={classes["barName"]} title={name}>{name}</span>
      <span className={classes["track"]} aria-hidden><span className={classes["fill"]} style={{ display: "block", width, background: color }} /></span>
      <span className={`${classes["count"] ?? ""} numbers`}>{formatNumber(value)}{note}</span>
    </li>
  );
}
