/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // They need a server: `npm run test:services` asks for them.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/services/real/'],
  transform: {
    '^.+\\.[tj]s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } },
    ],
  },
  // Published as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!@marcbachmann/|jose/)'],
  maxWorkers: 2,
  workerIdleMemoryLimit: '2GB',
  testTimeout: 120000,
};
