/** The file belongs to a newer version: `message` says what to do. */
export class UnusableDatabase extends Error {}
