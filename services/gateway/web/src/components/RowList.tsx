/** A card of rows in columns, each of which leads somewhere. What stands in the columns belongs to the screen. */
import { Card, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";

import classes from "./RowList.module.css";

interface Props {
  /** A class that sets `--row-columns`, and `--row-space` if it is another one. */
  columns: string | undefined;
  /** What is being waited for, while the rows only stand for others. */
  busy?: string;
  children: ReactNode;
}

export function RowList({ columns, busy, children }: Props) {
  return (
    <Card p={0} aria-busy={busy !== undefined} aria-label={busy}>
      <ul className={[classes["list"], columns].filter(Boolean).join(" ")}>{children}</ul>
    </Card>
  );
}

export function Row({ children }: { children: ReactNode }) {
  return <li className={classes["row"]}>{children}</li>;
}

/** The name, whose link is as large as its row, and below it what is said of it in small letters. */
export function RowName({ to, name, children }: { to: string; name: string; children: ReactNode }) {
  return (
    <div className={classes["name"]}>
      <Link to={to} className={classes["link"]}>{name}</Link>
      <Text size="xs" c="dimmed">{children}</Text>
    </div>
  );
}
