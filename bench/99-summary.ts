import { takeFigures, verdictOf } from './support/figures.ts';
import { options } from './support/options.ts';
import { note, printTable } from './support/table.ts';

const figures = takeFigures();
console.log('All figures');
if (figures.length === 0) note('No benchmark of this run left a figure.');
else {
  printTable(
    ['figure', 'to hold', 'measured', 'verdict'],
    figures.map((figure) => [figure.name, figure.hold, figure.measured, verdictOf(figure)]),
  );
  if (options.quick) note('A quick look: few repeats, so a figure near its bound may fall on either side.');
}
