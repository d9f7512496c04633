/** Files that were chosen and not sent yet: they outlive a step of the wizard, not a reload. */
import { addFiles, type LocalFile } from "./files";

class ChosenFiles {
  files: readonly LocalFile[] = [];
  private readonly listeners = new Set<() => void>();

  readonly onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  add(more: readonly LocalFile[]): void {
    this.become(addFiles(this.files, more));
  }

  clear(): void {
    this.become([]);
  }

  private become(files: readonly LocalFile[]): void {
    this.files = files;
    for (const listener of this.listeners) listener();
  }
}

export const chosenFiles = new ChosenFiles();
