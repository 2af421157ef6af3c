/** The kit cannot be used: the message tells each problem with its line, path and reason. */
export class UnusableKit extends Error {}
