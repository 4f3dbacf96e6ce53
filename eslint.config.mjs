import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.scopebook/', 'apps/api-gateway/generated/', 'coverage/'] },
  eslint.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
    },
  },
  {
    // Amounts are exact decimals: no floating point in the kernel.
    files: ['libs/ghg/src/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'parseFloat', message: 'Amounts are exact decimals: use Decimal.' }],
      'no-restricted-syntax': [
        'error',
        { selector: "CallExpression[callee.object.name='Math']", message: 'Amounts are exact decimals: use Decimal.' },
        {
          selector: "CallExpression[callee.property.name='toFixed'][callee.object.type='Literal']",
          message: 'Amounts are exact decimals.',
        },
      ],
    },
  },
  { files: ['**/*.spec.ts', '**/*.db-spec.ts', '**/*.e2e-spec.ts'], rules: { 'max-lines-per-function': 'off' } },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        AbortSignal: 'readonly',
        require: 'readonly',
        module: 'writable',
        __dirname: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  // Nest's dependency injection reads constructor parameter types at run time: an `import type` would erase them.
  {
    files: ['apps/**/*.ts', 'libs/{messaging,postgres,clickhouse,platform}/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
);
