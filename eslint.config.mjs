import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/**', '.*.partial/**', 'cdk.out/**', 'coverage/**', 'node_modules/**'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A construct's effect is its construction: `new X(this, …)` without a variable is the CDK's own idiom.
      'no-new': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'max-lines': ['error', { max: 300 }],
    },
  },
  {
    files: ['{schema,environments,constructs,infra,assurance,services,cli}/**/*.{ts,cjs}'],
    rules: {
      // The alphabet of whoever runs it would order what is written: Estonian has z before t, Turkish another capital of i.
      'no-restricted-properties': [
        'error',
        ...['localeCompare', 'toLocaleLowerCase', 'toLocaleUpperCase'].map((property) => ({
          property,
          message: 'It depends on the locale: use compare of schema/faults.ts, toLowerCase or toUpperCase.',
        })),
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    ignores: ['test/support/app.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          name: 'aws-cdk-lib',
          importNames: ['App'],
          allowTypeImports: true,
          message: 'Its output would stay in the temporary folder: use testApp of test/support/app.ts.',
        },
      ],
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { require: 'readonly', module: 'writable', process: 'readonly' } },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', fetch: 'readonly' } },
  },
);
