/** Sizes that every reader may rely on and every writer keeps. */
export const segmentLimits = {
  /** `txt` and `kw` together, and each `vec` part. */
  bytes: 8 * 1024 * 1024,
  rows: 16_384,
  /** Canonical JSON of a manifest. */
  manifestBytes: 2 * 1024 * 1024,
  /** NDJSON in one gzip member. */
  memberTextBytes: 1024 * 1024,
  /** One gzip member as stored: deflate can grow what it cannot shrink by a few bytes. */
  memberBytes: 1024 * 1024 + 4096,
} as const;

/** What writers aim at: a segment is closed when it reaches any of these. */
export const segmentTargets = {
  rows: 2048,
  /** NDJSON before compression. */
  textBytes: 3 * 1024 * 1024,
  /** JSON of its documents' descriptions. */
  documentBytes: 512 * 1024,
  /** A member is closed once it holds this much NDJSON, so that reading one passage inflates little. */
  memberTextBytes: 16 * 1024,
} as const;
