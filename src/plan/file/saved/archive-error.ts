/** Thrown when an archive is not as Go's writer makes it. The message is a clause about "it". */
export class ArchiveError extends Error {}
