/** Thrown when an archive is not as Go's writer makes it; never guessed at. The message says what is wrong with "it". */
export class ArchiveError extends Error {}
