/** Parts of a whole as a ring. Each part says its number on hover; the whole says itself to a screen reader. */
import type { ReactNode } from "react";

const SIZE = 176;
const WIDTH = 20;
const RADIUS = (SIZE - WIDTH) / 2;
const LENGTH = 2 * Math.PI * RADIUS;

interface Part {
  name: string;
  value: number;
  color: string;
}

interface Props {
  parts: readonly Part[];
  total: number;
  words: string;
  children: ReactNode;
}

export function Donut({ parts, total, words, children }: Props) {
  const before = (index: number): number => parts.slice(0, index).reduce((sum, part) => sum + part.value, 0);
  return (
    <div style={{ position: "relative", width: SIZE, height: SIZE }}>
      <svg width={SIZE} height={SIZE} role="img" aria-label={words} style={{ transform: "rotate(-90deg)" }}>
        <circle cx={SIZE / 2} cy={SIZE / 2} r={RADIUS} fill="none" stroke="var(--line)" strokeWidth={WIDTH} />
        {total > 0 && parts.map((part, index) => (
          <circle
            key={part.name}
            cx={SIZE / 2}
            cy={SIZE / 2}
            r={RADIUS}
            fill="none"
            stroke={part.color}
            strokeWidth={WIDTH}
            strokeDasharray={`${(part.value / total) * LENGTH} ${LENGTH}`}
            strokeDashoffset={-(before(index) / total) * LENGTH}
            style={{ transition: "stroke-dasharray 300ms, stroke-dashoffset 300ms" }}
          >
            <title>{`${part.name}: ${part.value}`}</title>
          </circle>
        ))}
      </svg>
      <div style={{ position: "absolute", inset: 0, display: "grid", placeContent: "center", textAlign: "center", pointerEvents: "none" }}>{children}</div>
    </div>
  );
}
