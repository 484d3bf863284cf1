/** Of package.json; version.test.ts holds it. */
export const LAB_VERSION = '0.1.0';
