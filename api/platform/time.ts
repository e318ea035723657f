/** Milliseconds since 1970, UTC. */
export type Instant = number;

/** The time, asked for at the edge and handed inwards. */
export type Clock = () => Instant;

/** New random ids (UUIDv7), made at the edge and handed inwards. */
export type Ids = () => string;
