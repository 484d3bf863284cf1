/**
 * NumPy's three tables of the normal's ziggurat, found again from how they were made: f[i] = f[i+1] + v / x[i+1] with
 * x = √(−2 ln f), in float64 as there, and then a correction of a few units in the last place per entry. A fortieth of
 * what the tables themselves weigh. Only +, −, ×, ÷ and √ are used, so every browser finds the same bits.
 * Source, licence and notice stand in normalTables.ts; normalTables.test.ts holds that both are the same.
 */
import { log1p } from './log1p.ts';

/** Where the tail of the normal begins (ziggurat_nor_r), and its inverse (ziggurat_nor_inv_r). */
export const NORMAL_TAIL = 3.654152885361009;
export const NORMAL_TAIL_INVERSE = 0.2736612373297583;

const LAYERS = 256;
/** The area of every layer, and the density (1 at 0) where the tail begins. */
const AREA = 0.00492867323397465;
const DENSITY_AT_TAIL = 0.001260285930498598;
/** Of the mantissa: |r| has 52 bits. */
const ONE = 2 ** 52;

/** What each entry lies off, as letters around this one: in units in the last place, for KI_DOUBLE in whole numbers. */
const NONE = 'm';
const OFF_WI =
  'pmmmmmmmmmmmmmmmmmmmmmmmnmmmmmmmmmmmmmnmmmmlmmmmmmmmmmmmmmmmmmmmmmmmmnmmmnmlmmmmmmmmlnmlmnlmmmnmmmmmmmmnmmmlmm' +
  'nlmmlmmmmmmlmmmmlmmlmmmlmlmmmmmmmmmlmmmlmmmmmmnnmllmnmlnlnmmnnnmmmmllllnnmmlnmlnmmmlmnmmnlmmlmmlmmnnmmnmmmmmnm' +
  'nmmmmmmmmnmlmnlnmmnnnlmmoolonqjhpmbm';
const OFF_FI =
  'mmmmmmmmmmmmmmmmmmmmmmmmnmmmmmmmmmmmmmnmmmmmmmmmmmmmmlmmnmmmnmmmmmmmmnmmnnmlmmmnmlmmnnnlnnmnnlmlnnlmmlmnlmmlmm' +
  'mnnnmnnlnlnnnmlnlmmnmmlmmnllnlklnnnmmpmmonmnnomommkmnnmmlnlnonoomnklkkmlnlnknmmmmmmmhnnhqhmmmjomooolnqoikpoplj' +
  'onrjmllmnmlpjojknprrrqlqokkmojmpqkgm';
const OFF_KI =
  'mmmmmnmnnnnnmmnmmnmmmnmnmmmmmmmnmmmnmmmmmnmmmmmmmmmnmmnmmnmnmmmmmmmmmnmmnmnmmmmmmmmmmmnnmnmmnnnmmmmmnmmnmmmmmm' +
  'nmmmmmmmmmmmmmnmmmnmmmmmnmnmmnmmnnmmmmmnnmnmnmmnnmmmnmmnnnnmnmmmmmmnnmmmmmmmmmmmmnmnnmmmmmmnmmnmmmmmmmmmmnmmmm' +
  'mnmnmmmmmmnnmmnmmmmmmnmmmmnmmmmnnnmm';

const off = (letters: string, i: number): number => letters.charCodeAt(i) - NONE.charCodeAt(0);

const float = new Float64Array(1);
const whole = new BigInt64Array(float.buffer);

/** The positive float64 that lies `units` in the last place above `value`. */
function nudged(value: number, units: number): number {
  float[0] = value;
  whole[0] += BigInt(units);
  return float[0];
}

export const KI_DOUBLE = new Float64Array(LAYERS);
export const WI_DOUBLE = new Float64Array(LAYERS);
export const FI_DOUBLE = new Float64Array(LAYERS);

for (let i = LAYERS - 1, f = DENSITY_AT_TAIL; i >= 0; i--) {
  FI_DOUBLE[i] = nudged(f, off(OFF_FI, i));
  const x = i === LAYERS - 1 ? NORMAL_TAIL : i > 0 ? Math.sqrt(-2 * log1p(FI_DOUBLE[i] - 1)) : AREA / DENSITY_AT_TAIL;
  const edge = nudged(x, off(OFF_WI, i));
  WI_DOUBLE[i] = edge / ONE;
  f = i > 1 ? FI_DOUBLE[i] + AREA / edge : 1;
}
for (let i = 0; i < LAYERS; i++) {
  const share = i === 1 ? 0 : i > 1 ? (WI_DOUBLE[i - 1] / WI_DOUBLE[i]) * ONE : NORMAL_TAIL / WI_DOUBLE[0];
  KI_DOUBLE[i] = Math.floor(share) + off(OFF_KI, i);
}
