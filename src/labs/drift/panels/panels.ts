import type { ComponentType } from 'react';
import type { PanelId } from '../../../spec/types.ts';
import { part } from '../../retry.tsx';

export interface PanelInfo {
  readonly id: PanelId;
  readonly title: string;
  /** The question that it answers, in one short sentence. */
  readonly question: string;
  readonly Body: ComponentType;
}

export interface PanelGroup {
  readonly id: string;
  readonly title: string;
  readonly panels: readonly PanelInfo[];
}

const panel = (title: string, load: () => Promise<{ readonly default: ComponentType }>) =>
  part(`The panel “${title}”`, load, 'Loading…');

/** The panels by what they are for, in the order in which they are offered; each is loaded when it is first opened. */
export const PANEL_GROUPS: readonly PanelGroup[] = [
  {
    id: 'understand',
    title: 'Understand',
    panels: [
      {
        id: 'cliffWalk',
        title: 'Walk to the cliff',
        question: 'When does a small drift do nothing, and what makes it a collapse?',
        Body: panel('Walk to the cliff', () => import('./cliffWalk/CliffWalkPanel.tsx')),
      },
      {
        id: 'geometry',
        title: 'Geometry',
        question: 'Where do the rows go?',
        Body: panel('Geometry', () => import('./geometry/GeometryPanel.tsx')),
      },
      {
        id: 'certified',
        title: 'Certified angle',
        question: 'How far may a row turn before its answer can flip?',
        Body: panel('Certified angle', () => import('./certified/CertifiedPanel.tsx')),
      },
      {
        id: 'algebra',
        title: 'Drift algebra',
        question: 'Why do some drifts touch only AUC, and others only calibration?',
        Body: panel('Drift algebra', () => import('./algebra/AlgebraPanel.tsx')),
      },
    ],
  },
  {
    id: 'measure',
    title: 'Measure',
    panels: [
      {
        id: 'separability',
        title: 'Separability',
        question: 'How far apart are the classes, by each of the usual measures?',
        Body: panel('Separability', () => import('./separability/SeparabilityPanel.tsx')),
      },
      {
        id: 'comparison',
        title: 'A against B',
        question: 'How does the state on screen differ from the one that you pinned, and is it more than chance?',
        Body: panel('A against B', () => import('./comparison/ComparisonPanel.tsx')),
      },
      {
        id: 'mechanisms',
        title: 'Mechanisms',
        question: 'Do all mechanisms do the same harm at equal strength?',
        Body: panel('Mechanisms', () => import('./mechanisms/MechanismsPanel.tsx')),
      },
    ],
  },
  {
    id: 'paper',
    title: 'The paper and repairs',
    panels: [
      {
        id: 'figures',
        title: 'The paper’s three figures',
        question: 'What comes out when the published figures are run again, under each reading?',
        Body: panel('The paper’s three figures', () => import('./figures/FiguresPanel.tsx')),
      },
      {
        id: 'walk',
        title: 'Repeated updates, and the way back',
        question: 'What do many updates in a row do, and does it come back?',
        Body: panel('Repeated updates, and the way back', () => import('./walk/WalkPanel.tsx')),
      },
      {
        id: 'training',
        title: 'Training',
        question: 'How did the network learn?',
        Body: panel('Training', () => import('./training/TrainingPanel.tsx')),
      },
    ],
  },
];
