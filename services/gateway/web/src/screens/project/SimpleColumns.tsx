/** Two columns of cards, one on a small screen. */
import type { ReactNode } from "react";

export function SimpleColumns({ children }: { children: ReactNode }) {
  return <div style={{ display: "grid", gap: 16, gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 440px), 1fr))", alignItems: "start" }}>{children}</div>;
}
