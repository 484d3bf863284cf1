import { LAB_VERSION } from './version.ts';

export interface Citation {
  /** As a line of text. */
  readonly text: string;
  readonly bibtex: string;
}

/** The two papers and the lab, as CITATION.cff names them. */
export const CITATIONS: readonly Citation[] = [
  {
    text: 'S. Sahoo, V. Jain, D. Chaudhary and A. Chadha. I Can’t Believe It’s Not Robust: Catastrophic Collapse of Safety Classifiers under Embedding Drift. arXiv 2603.01297, 2026.',
    bibtex: `@misc{sahoo2026robust,
  title = {I Can't Believe It's Not Robust: Catastrophic Collapse of Safety Classifiers under Embedding Drift},
  author = {Sahoo, Subramanyam and Jain, Vinija and Chaudhary, Divya and Chadha, Aman},
  year = {2026},
  eprint = {2603.01297},
  archiveprefix = {arXiv},
  url = {https://arxiv.org/abs/2603.01297}
}`,
  },
  {
    text: 'J. W. Leong. Online Shift Detection and Conformal Adaptation for Deployed Safety Classifiers. arXiv 2606.11949, 2026.',
    bibtex: `@misc{leong2026online,
  title = {Online Shift Detection and Conformal Adaptation for Deployed Safety Classifiers},
  author = {Leong, J. W.},
  year = {2026},
  eprint = {2606.11949},
  archiveprefix = {arXiv},
  url = {https://arxiv.org/abs/2606.11949}
}`,
  },
  {
    text: `Silent Failure Lab contributors. Silent Failure Lab, version ${LAB_VERSION}.`,
    bibtex: `@software{silentfailurelab,
  title = {Silent Failure Lab},
  author = {{Silent Failure Lab contributors}},
  version = {${LAB_VERSION}},
  license = {MIT}
}`,
  },
];

export const BIBTEX = `${CITATIONS.map(({ bibtex }) => bibtex).join('\n\n')}\n`;
