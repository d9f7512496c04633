/** How many images on a page (F125). */
import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { IconGrid3x3, IconLayoutGrid, IconSquare, type IconProps } from "@tabler/icons-react";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";

import { type Layout, LAYOUTS } from "../../annotator/layout";
import { IconSix } from "./IconSix";

const ICONS: Record<Layout, ComponentType<IconProps>> = { 1: IconSquare, 4: IconLayoutGrid, 6: IconSix, 9: IconGrid3x3 };
const NAMES = { 1: "one", 4: "four", 6: "six", 9: "nine" } as const;

export function LayoutPicker({ layout, onChange }: { layout: Layout; onChange: (layout: Layout) => void }) {
  const { t } = useTranslation();
  return (
    <Group gap={2} role="radiogroup" aria-label={t("labeling.layout")} wrap="nowrap">
      {LAYOUTS.map((one) => {
        const Icon = ICONS[one];
        const name = t(`labeling.layouts.${NAMES[one]}`);
        return (
          <Tooltip key={one} label={name}>
            <ActionIcon
              role="radio"
              aria-checked={layout === one}
              aria-label={name}
              size={32}
              variant={layout === one ? "light" : "subtle"}
              color={layout === one ? "indigo" : "gray"}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChange(one)}
            >
              <Icon size={18} stroke={1.7} aria-hidden />
            </ActionIcon>
          </Tooltip>
        );
      })}
    </Group>
  );
}
