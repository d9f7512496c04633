/** Two rows of three: the icon set has none. */
import type { IconProps } from "@tabler/icons-react";

export function IconSix({ size = 24, stroke = 2 }: IconProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={stroke} strokeLinejoin="round" aria-hidden>
      {[3, 10, 17].flatMap((x) => [6, 14].map((y) => <rect key={`${x} ${y}`} x={x} y={y} width="4.500" height="4.500" rx="1" />))}
    </svg>
  );
}
