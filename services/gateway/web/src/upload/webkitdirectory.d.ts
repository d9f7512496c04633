/** React knows the attribute that lets an input choose folders only with this. */
import "react";

declare module "react" {
  interface InputHTMLAttributes<T> {
    webkitdirectory?: T extends HTMLInputElement ? string : never;
  }
}
