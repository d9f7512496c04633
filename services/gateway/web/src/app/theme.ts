/** Colours, type and defaults of the whole UI. Names components only by string, so that no page loads one that it does not show. */
import { createTheme, type MantineColorsTuple } from "@mantine/core";

const indigo: MantineColorsTuple = [
  "#eef2ff", "#dfe6ff", "#bccaff", "#93a9fb", "#6d88f5", "#4f6def", "#3f5ce0", "#334cc4", "#2b40a0", "#24367f",
];
const slate: MantineColorsTuple = [
  "#c9ced8", "#a9b0bd", "#8b93a2", "#5f6878", "#3c4453", "#2d3442", "#232936", "#1a1f2a", "#141821", "#0f1219",
];

export const theme = createTheme({
  primaryColor: "indigo",
  primaryShade: { light: 6, dark: 6 },
  colors: { indigo, dark: slate },
  defaultRadius: "md",
  fontFamily: "Inter, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  headings: { fontWeight: "620", sizes: { h1: { fontSize: "1.5rem", lineHeight: "1.3" }, h2: { fontSize: "1.05rem", lineHeight: "1.4" } } },
  cursorType: "pointer",
  components: {
    Card: { defaultProps: { withBorder: true, padding: "lg", radius: "lg" } },
    Modal: { defaultProps: { centered: true, radius: "lg", overlayProps: { backgroundOpacity: 0.45, blur: 2 }, transitionProps: { duration: 120 } } },
    Badge: { defaultProps: { variant: "light", radius: "sm" }, styles: { root: { textTransform: "none", fontWeight: 560 } } },
    Button: { styles: { root: { flexShrink: 0 }, label: { fontWeight: 560 } } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true } },
    Skeleton: { defaultProps: { radius: "md" } },
  },
});
