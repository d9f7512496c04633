/** Providers around the routes. */
import { MantineProvider, mergeThemeOverrides } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { RouterProvider } from "react-router/dom";

import { queries } from "../api/queries";
import { router } from "./router";
import { theme } from "./theme";

import "@mantine/notifications/styles.css";

export function App() {
  const { t } = useTranslation();
  const close = t("common.close");
  const named = useMemo(() => mergeThemeOverrides(theme, { components: { Notification: { defaultProps: { closeButtonProps: { "aria-label": close } } } } }), [close]);
  return (
    <MantineProvider theme={named} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <Notifications position="top-center" autoClose={5000} />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
