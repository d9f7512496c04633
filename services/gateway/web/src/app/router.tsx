/** Every address of the UI. Screens are loaded when first opened. */
import { createBrowserRouter, Navigate, type RouteObject } from "react-router";

import { RequirePermission } from "./RequirePermission";
import { RequireSession } from "./RequireSession";
import { RouteFailure } from "./RouteFailure";
import { Shell } from "./Shell";

const routes: RouteObject[] = [
  { path: "/sign-in", hydrateFallbackElement: <></>, lazy: async () => ({ Component: (await import("../screens/signin/SignInPage")).SignInPage }) },
  {
    element: <RequireSession />,
    hydrateFallbackElement: <></>,
    errorElement: <RouteFailure />,
    children: [
      {
        element: <Shell />,
        children: [
          {
            errorElement: <RouteFailure />,
            children: [
              { path: "/", element: <Navigate to="/projects" replace /> },
              { path: "/projects", lazy: async () => ({ Component: (await import("../screens/projects/ProjectsPage")).ProjectsPage }) },
              {
                element: <RequirePermission permission="projects/create" />,
                children: [{ path: "/projects/new", lazy: async () => ({ Component: (await import("../screens/wizard/WizardPage")).WizardPage }) }],
              },
              {
                path: "/projects/:id",
                lazy: async () => ({ Component: (await import("../screens/project/ProjectPage")).ProjectPage }),
                children: [
                  { index: true, lazy: async () => ({ Component: (await import("../screens/project/DashboardTab")).DashboardTab }) },
                  { path: "details", lazy: async () => ({ Component: (await import("../screens/project/DetailsTab")).DetailsTab }) },
                  { path: "exports", lazy: async () => ({ Component: (await import("../screens/exports/ExportsTab")).ExportsTab }) },
                  { path: "exports/:export", lazy: async () => ({ Component: (await import("../screens/exports/ExportPage")).ExportPage }) },
                  { path: "members", lazy: async () => ({ Component: (await import("../screens/project/MembersTab")).MembersTab }) },
                  { path: "messages", lazy: async () => ({ Component: (await import("../screens/project/MessagesTab")).MessagesTab }) },
                ],
              },
              {
                path: "/projects/:id/instructions",
                lazy: async () => ({ Component: (await import("../screens/labeling/InstructionsPage")).InstructionsPage }),
              },
              {
                element: <RequirePermission permission="datasets/read" />,
                children: [
                  { path: "/datasets", lazy: async () => ({ Component: (await import("../screens/datasets/DatasetsPage")).DatasetsPage }) },
                  { path: "/datasets/stores", lazy: async () => ({ Component: (await import("../screens/datasets/StoresPage")).StoresPage }) },
                  { path: "/datasets/new", lazy: async () => ({ Component: (await import("../screens/datasets/NewDatasetPage")).NewDatasetPage }) },
                  { path: "/datasets/:id", lazy: async () => ({ Component: (await import("../screens/datasets/DatasetPage")).DatasetPage }) },
                  { path: "/datasets/:id/new", lazy: async () => ({ Component: (await import("../screens/datasets/NewVersionPage")).NewVersionPage }) },
                ],
              },
              {
                element: <RequirePermission permission="members/write" />,
                children: [{ path: "/people", lazy: async () => ({ Component: (await import("../screens/people/PeoplePage")).PeoplePage }) }],
              },
              { path: "/settings", lazy: async () => ({ Component: (await import("../screens/settings/SettingsPage")).SettingsPage }) },
              { path: "*", lazy: async () => ({ Component: (await import("./NotFound")).NotFound }) },
            ],
          },
        ],
      },
      {
        path: "/projects/:id/label",
        errorElement: <RouteFailure />,
        lazy: async () => ({ Component: (await import("../screens/labeling/LabelingPage")).LabelingPage }),
      },
    ],
  },
];

export const router = createBrowserRouter(routes);
