/** The version that a real update leads to: the wanted one where it is among those offered, else the first of them. */
export function newVersion(offered: readonly { readonly id: string }[], wanted: string | null): string | null {
  return offered.some(({ id }) => id === wanted) ? wanted : (offered[0]?.id ?? null);
}
