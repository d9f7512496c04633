/** Whether the instructions of a project were shown on this device. */
const key = (project: string): string => `labelbus.instructions.${project}`;

export const instructionsSeen = (project: string): boolean => localStorage.getItem(key(project)) !== null;
export const rememberInstructions = (project: string): void => localStorage.setItem(key(project), "seen");
