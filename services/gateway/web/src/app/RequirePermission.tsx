/** Lets through who has a permission in the deployment; everybody else goes to the list of projects. */
import { Navigate, Outlet } from "react-router";

import { useMay } from "../api/session";
import type { Permission } from "../api/types";

export function RequirePermission({ permission }: { permission: Permission }) {
  return useMay(permission) ? <Outlet /> : <Navigate to="/projects" replace />;
}
