import { useState } from 'react';
import { useStatus } from '../../session.tsx';

/** Multiplications that measuring the kinds with a D × D matrix may take unasked: about two seconds. */
const MOST_PRODUCTS = 2e9;

/** Whether to measure rotations and the subspace mix too: as a person says, else where they take no long time. */
export function useMatrices(): readonly [matrices: boolean, dims: number | null, choose: (matrices: boolean) => void] {
  const [wanted, choose] = useState<boolean | null>(null);
  const dims = useStatus((status) => status.context?.data.dims ?? null);
  const rows = useStatus((status) => status.context?.splitRows.test ?? 0);
  return [wanted ?? (dims !== null && (rows + dims) * dims ** 2 <= MOST_PRODUCTS), dims, choose];
}
