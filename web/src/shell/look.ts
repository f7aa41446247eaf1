/* Light or dark: as the system has it, unless this browser was told otherwise. */
import { makeStore } from "../store";

export type Look = "system" | "light" | "dark";
const KEPT = "attest-look";

function kept(): Look {
  const value = localStorage.getItem(KEPT);
  return value === "light" || value === "dark" ? value : "system";
}

export const look = makeStore<Look>(kept());

export function applyLook(): void {
  const value = look.now();

  if (value === "system") delete document.documentElement.dataset.look;
  else document.documentElement.dataset.look = value;
}

export function setLook(value: Look): void {
  localStorage.setItem(KEPT, value);
  look.put(value);
  applyLook();
}
