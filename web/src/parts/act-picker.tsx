/* Choose an act from the list, by words of its name or of what it covers. */
export function ActPicker(_: { value: string; choose: (code: string) => void; label?: string }) {
  return null;
}
