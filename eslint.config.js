import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Each room and the rooms above it, which it must not import. Imports point downward only. */
const ORDER = [['core'], ['data', 'spec'], ['engine'], ['state', 'charts'], ['labs', 'lessons'], ['app']];
const LIBRARIES = ['react', 'react-dom', '@tensorflow/*', 'comlink', 'zustand', 'd3-*'];
/** The libraries that a room may use; every other one of LIBRARIES is an error there. */
const MAY_USE = {
  core: [],
  data: [],
  spec: [],
  engine: ['comlink'],
  state: ['zustand', 'react'],
  charts: ['react', 'd3-*'],
  labs: ['react', 'zustand'],
  lessons: ['react'],
  app: ['react', 'react-dom', 'zustand'],
};

const rooms = ORDER.flatMap((level, depth) =>
  level.map((room) => {
    const above = ORDER.slice(depth + 1).flat();
    const beside = level.filter((other) => other !== room);
    const banned = [...above, ...beside];
    const libraries = LIBRARIES.filter((name) => !MAY_USE[room].includes(name));
    return {
      files: [`src/${room}/**/*.{ts,tsx}`],
      ignores: ['src/engine/webgpu/**'],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              ...(banned.length > 0
                ? [
                    {
                      regex: `^(\\.\\./)+(${banned.join('|')})(/|$)`,
                      message: `Imports point downward only: ${room} may not import ${banned.join(', ')}.`,
                    },
                  ]
                : []),
              ...(libraries.length > 0
                ? [
                    {
                      group: libraries.flatMap((name) => [name, `${name}/*`]),
                      message: `${room} does without this library.`,
                    },
                  ]
                : []),
            ],
          },
        ],
      },
    };
  }),
);

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'public', 'test-results', 'playwright-report'] },
  ...tseslint.configs.recommended,
  {
    plugins: { 'react-hooks': hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  ...rooms,
  {
    files: ['src/core/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', 'window', 'document', 'performance', 'fetch', 'self', 'Date'],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Use src/core/random.' }],
    },
  },
);
