/** The version of this package, as in package.json (a test compares them): read from a constant, a cold start is short. */
export const version = '0.1.0';
